"""Scripts for a GPU: refusals, counts, sensors and tables. What needs torch runs, on its CPU device, where torch is."""

from __future__ import annotations

import itertools
import time
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from figures.measurements import gpu, gpu_experts, gpu_links, gpu_power, gpu_roofs, gpu_steps
from figures.measurements.gpu_decoder import LLAMA_8B, GpuDecoder
from figures.measurements.gpu_power import Reading, Recorder, alternating, load, run_for
from figures.measurements.harness import GIB, RefusedError
from figures.measurements.random_decoder import Cache, RandomDecoder, Size

SIZE = Size(layers=2, width=32, heads=4, kv_heads=2, inner=48, vocabulary=50)


def cuda(available: bool, free: int = 0) -> Any:
    return SimpleNamespace(
        cuda=SimpleNamespace(is_available=lambda: available, mem_get_info=lambda: (free, 80 * GIB)), device=str
    )


def test_a_machine_without_a_gpu_or_with_too_small_a_one_is_refused() -> None:
    with pytest.raises(RefusedError, match="needs an NVIDIA GPU, and torch finds none"):
        gpu.find(cuda(available=False), GIB)
    with pytest.raises(RefusedError, match=r"needs 12 GiB of free GPU memory and 3 GiB are free"):
        gpu.find(cuda(available=True, free=3 * GIB), 12 * GIB)
    assert gpu.find(cuda(available=True, free=12 * GIB), 12 * GIB) == "cuda"


def test_missing_libraries_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("importlib.import_module", absent)
    with pytest.raises(RefusedError, match="needs torch, which is not installed: run `pip install torch"):
        gpu.load()
    with pytest.raises(RefusedError, match="sensors through NVML: run `pip install torch nvidia-ml-py`"):
        gpu.management()


def test_the_header_says_how_the_gpu_was_found() -> None:
    answers = {
        "nvmlDeviceGetMemoryInfo": SimpleNamespace(total=80 * GIB),
        "nvmlDeviceGetPowerManagementLimit": 700_000,
        "nvmlDeviceGetMaxClockInfo": 1980,
        "nvmlDeviceGetClockInfo": 2619,
        "nvmlDeviceGetTemperature": 41,
        "nvmlDeviceGetName": "NVIDIA X",
        "nvmlSystemGetDriverVersion": "580.1",
    }
    nvml: Any = SimpleNamespace(
        nvmlInit=lambda: None, nvmlDeviceGetHandleByIndex=lambda number: number,
        NVML_CLOCK_SM=1, NVML_CLOCK_MEM=2, NVML_TEMPERATURE_GPU=0,
        **{name: lambda *_, answer=answer: answer for name, answer in answers.items()},
    )  # fmt: skip
    found = gpu.notes(SimpleNamespace(cuda=SimpleNamespace(current_device=lambda: 0)), nvml)
    assert found["gpu"] == "NVIDIA X, 80 GiB, driver 580.1"
    assert found["gpu settings"] == "as found: power limit 700 W, SM clock up to 1980 MHz, memory clock 2619 MHz"
    assert found["gpu temperature"] == "41 °C at the end"


def test_only_steps_whose_caches_fit_are_made() -> None:
    size = LLAMA_8B
    assert size.parameters == pytest.approx(7.5e9, rel=0.01)  # 8.03 billion without one of two vocabulary matrices
    elements = 40 * 2**30 // 2
    found = gpu_steps.cases(size, elements)
    assert len(found) == len(set(found))
    assert all(size.cached_elements * batch * (context + new) <= elements for batch, context, new in found)
    assert (1, 131072, 1) in found and (512, 1024, 1) not in found and (1, 0, 32768) in found  # 17, 69 and 4.3 GB


def test_every_token_takes_different_experts_and_a_power_law_favours_the_first() -> None:
    even, skewed = (gpu_experts.routed(4000, exponent, 16, 4) for exponent in (0.0, 1.0))
    assert even.sum() == skewed.sum() == 16_000
    assert max(even.max(), skewed.max()) <= 4000
    np.testing.assert_allclose(even, 1000, rtol=0.1)
    assert skewed[0] > 3000 > 1000 > skewed[-1]
    assert gpu_experts.routed(1, 0.0, 8, 8).tolist() == [1] * 8


class FakeSensors:
    """A counter that rises by 50 J with every look, and a sensor that reads 300 W, then 400 W, again and again."""

    def __init__(self) -> None:
        self.watts = itertools.cycle((300.0, 400.0))
        self.counter = itertools.count(0, 50)

    def read(self) -> Reading:
        return Reading(time.perf_counter(), next(self.watts), 1500, 60)

    def joules(self) -> float:
        return float(next(self.counter))


def test_a_load_is_counted_after_it_has_settled() -> None:
    calls = itertools.count()

    def call() -> None:
        next(calls)
        time.sleep(0.001)

    found = load(FakeSensors(), call, time.perf_counter, 0.05, 0.3)  # type: ignore[arg-type]
    assert 20 <= found["calls"] < next(calls)
    assert found["joules"] == 50 and found["seconds"] >= 0.3
    assert (found["watts_least"], found["watts_most"]) == (300, 400) and 300 < found["watts_mean"] < 400
    assert (found["megahertz"], found["celsius"]) == (1500, 60)


def test_a_sensor_that_says_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Recorder, "_run", lambda self: None)
    with pytest.raises(RefusedError, match="power sensor gave no reading"):
        load(FakeSensors(), lambda: None, time.perf_counter, 0.0, 0.01)  # type: ignore[arg-type]


def test_a_load_lasts_as_long_as_asked() -> None:
    ticks = itertools.count()
    assert run_for(5, lambda: None, lambda: float(next(ticks))) == (4, 5.0)


def test_a_trace_says_which_load_ran_when() -> None:
    rest = partial(time.sleep, 0.005)
    rows = alternating(FakeSensors(), (rest, rest), time.perf_counter, 0.2, 4)  # type: ignore[arg-type]
    assert len(rows) > 20
    for row in rows:
        if min(row["seconds"] % 0.2, 0.2 - row["seconds"] % 0.2) > 0.03:
            assert row["phase"] == int(row["seconds"] / 0.2) % 2


@pytest.fixture
def torch() -> Any:
    return pytest.importorskip("torch", reason="torch is not installed")


@pytest.fixture
def device(torch: Any) -> Any:
    torch.manual_seed(1)
    return torch.device("cpu")


def test_a_cached_decoder_continues_as_the_prompt_alone_would(torch: Any, device: Any) -> None:
    model = GpuDecoder(torch, device, SIZE, SIZE.cached_elements * 3 * 12)
    model.memory = model.memory.float()
    for part in (*model.layers, {"embedding": model.embedding, "table": model.table, "gain": model.gain}):
        for name, matrix in part.items():
            part[name] = matrix.float()
    model.embedding, model.table, model.gain = model.embedding.float(), model.table.float(), model.gain.float()
    tokens = torch.randint(0, SIZE.vocabulary, (3, 12))
    whole = model.step(tokens, 0)
    for first in (11, 9, 4):
        model.step(tokens[:, :first], 0)
        kept = [held.clone() for held in model.caches(3, first)]
        for held, past in zip(model.caches(3, 12), kept, strict=True):
            held[..., :first, :] = past
        torch.testing.assert_close(model.step(tokens[:, first:], first), whole, rtol=1e-3, atol=1e-3)


def test_the_decoder_in_torch_gives_what_that_in_numpy_gives(torch: Any, device: Any) -> None:
    other = RandomDecoder(SIZE, np.random.default_rng(3))
    model = GpuDecoder(torch, device, SIZE, SIZE.cached_elements * 9)
    model.memory = model.memory.float()
    model.gain = torch.from_numpy(other.gain)
    model.embedding = torch.from_numpy(other.embedding)
    model.table = model.embedding.t().contiguous()
    for mine, theirs in zip(model.layers, other.layers, strict=True):
        mine["qkv"] = torch.from_numpy(np.concatenate([theirs["query"], theirs["key"], theirs["value"]], axis=1))
        mine["gate_up"] = torch.from_numpy(np.concatenate([theirs["gate"], theirs["up"]], axis=1))
        mine["output"], mine["down"] = torch.from_numpy(theirs["output"]), torch.from_numpy(theirs["down"])
    tokens = np.arange(9) * 5
    found = model.step(torch.from_numpy(tokens)[None], 0)[0].numpy()
    np.testing.assert_allclose(found, other.step([(Cache(SIZE, 9), tokens)])[0], rtol=1e-3, atol=1e-4)


def test_tables_of_ceilings_links_and_steps(torch: Any, device: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (gpu_roofs, gpu_links):
        monkeypatch.setattr(module, "MOST", 2)
    tables = [
        gpu_roofs.copies(torch, device, (64, 4096)),
        gpu_roofs.products(torch, device, (16, 32), 16),
        gpu_links.transfers(torch, device, (64, 4096)),
        gpu_links.overlap(torch, device, (4096,), 32),
        gpu_steps.both(torch, device, SIZE, SIZE.cached_elements * 3000, [(2, 5, 1)]),
        gpu_experts.rows(torch, device, (1, 9), 8, 2, 16, 24),
    ]
    assert [len(table) for table in tables[:4]] == [2, 2, 8, 1]
    for table in tables:
        assert all(row.keys() == table[0].keys() and 0 < row["q1_s"] <= row["median_s"] <= row["q3_s"] for row in table)
    step = next(row for row in tables[4] if row["layers"] == 1)
    assert (step["batch"], step["cache_bytes"]) == (2, 2 * 2 * 5 * 2 * 2 * 8)  # keys and values of 2 heads of 8
    assert {row["touched"] for row in tables[5] if row["tokens"] == 1} == {2}


def test_grouped_experts_compute_what_one_after_another_does(torch: Any, device: Any) -> None:
    counts = np.array([3, 0, 5, 1])
    torch.manual_seed(5)
    found = gpu_experts.calls(torch, device, counts, 16, 32)
    if gpu_experts.GROUPED not in found:
        pytest.skip("this torch has no grouped product")
    torch.testing.assert_close(found[gpu_experts.GROUPED](), found[gpu_experts.ONE_BY_ONE](), rtol=2e-2, atol=2e-2)


def test_matrices_whose_products_take_different_power(torch: Any, device: Any) -> None:
    found = gpu_power.operands(torch, device, 8)
    assert not found[gpu_power.ZEROS].any()
    assert (found[gpu_power.SORTED].diff(dim=-1) >= 0).all()
    assert (found[gpu_power.SPARSE] == 0).sum() == 32
