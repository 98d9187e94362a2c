"""The measurement of the memory hierarchy: its loop of machine code, its kernels, its file."""

from __future__ import annotations

import itertools
import platform
from pathlib import Path

import numpy as np
import pytest

from figures.measurement import read
from figures.measurements import harness, memory_roofline
from figures.measurements.harness import RefusedError
from figures.measurements.pointer_chase import LINE, MOST, Chain, chaser, loop

here = pytest.mark.skipif(
    platform.machine() != "x86_64" or platform.system() != "Linux", reason="machine code for Linux on x86-64"
)


def test_the_loop_is_the_code_that_an_assembler_makes() -> None:
    # mov rax, [rdi]; mov rax, [rax]; dec rsi; jnz -8; ret
    assert loop(1) == bytes.fromhex("488b4700 488b00 48ffce 75f8 c3")


def test_a_chain_is_one_cycle_through_all_lines() -> None:
    chain = Chain(64 * LINE, np.random.default_rng(0))
    assert sorted(chain.order.tolist()) == list(range(64))
    assert chain.base % LINE == 0


@here
@pytest.mark.parametrize("chains", range(1, MOST + 1))
def test_a_chase_ends_where_the_chain_says(chains: int) -> None:
    chain = Chain(1000 * LINE, np.random.default_rng(chains))
    for hops in (1, 7, 999, 1000, 2345):
        assert chaser(chain, chains, hops)() == chain.base + LINE * chain.order[hops % 1000]


def test_another_processor_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    with pytest.raises(RefusedError, match="machine code for Linux on x86-64; use such a machine"):
        chaser(Chain(4 * LINE, np.random.default_rng(0)), 1, 1)


@pytest.mark.parametrize("size", [3 * 8 * 100, 3 * 8 * (memory_roofline.PIECE + 10)])
def test_kernels_compute_what_stream_does(size: int) -> None:
    arrays = np.ones(size // 8), np.full(size // 16, 2.0), np.full(size // 24, 5.0)
    count = size // 24
    call, times = memory_roofline.stream("triad", size, arrays)
    assert times >= 1
    memory_roofline.PASSED, kept = size, memory_roofline.PASSED
    try:
        call, _ = memory_roofline.stream("triad", size, arrays)
        call()
    finally:
        memory_roofline.PASSED = kept
    assert arrays[2][:count] == pytest.approx(1.0 + 3.0 * 2.0)


@here
def test_a_run_writes_all_files_with_what_else_ran(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in {
        "FOLDER": tmp_path, "SETS": (2**14, 2**15), "CHASES": (2**14,), "SQUARES": (16,), "WIDTHS": (32,),
        "BATCHES": (1, 2), "LAYERS": 1, "WIDTH": 16, "KV_WIDTH": 8, "INNER": 32, "PASSED": 2**16, "WORKED": 2**16,
        "HOPS": 2**10, "REPETITIONS": 2, "SPREAD": float("inf"),
    }.items():  # fmt: skip
        monkeypatch.setattr(memory_roofline, name, value)
    monkeypatch.setattr(harness, "require_memory", lambda needed: None)
    monkeypatch.setattr(harness, "TICKS", float("inf"))  # tests do not wait for a quiet machine
    monkeypatch.setattr("os.sched_setaffinity", lambda process, processors: None)
    memory_roofline.measure("0123456789ab")
    stream = read(tmp_path / "memory_stream.csv")
    assert {row["kernel"] for row in stream.rows} == {1, 2, 3, 4, 5}
    assert "of the others were busy on average" in stream.header["others"]
    latency = read(tmp_path / "memory_latency.csv")
    assert [row["chains"] for row in latency.rows] == list(memory_roofline.CHAINS)
    products = read(tmp_path / "memory_products.csv").rows
    assert [(row["rows"], row["columns"]) for row in products] == [(16, 16), *itertools.product((32,), (1, 2))]
    assert read(tmp_path / "memory_step.csv").cell("weight_bytes", layers=1) == 4 * (2 * 256 + 2 * 128 + 3 * 512)
