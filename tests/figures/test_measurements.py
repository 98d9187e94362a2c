"""Measured data files are complete, and a measurement that is worth nothing leaves them alone."""

from __future__ import annotations

import ast
import datetime
import re
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from figures import paths
from figures.measurement import HEADER, MeasurementError, read
from figures.measurements import decode_attention, harness
from figures.measurements.harness import RefusedError, Sample

DATA = sorted(paths.FIGURES.rglob("*.csv"))
MODULES = {file.stem: file.read_text() for file in (paths.FIGURES / "measurements").glob("*.py")}
CALM = Sample(median=1.0, q1=0.95, q3=1.05)


@pytest.mark.parametrize("file", DATA, ids=lambda file: str(file.relative_to(paths.FIGURES)))
def test_every_data_file_says_how_it_was_made(file: Path) -> None:
    measurement = read(file)  # header complete, cells numeric, at least one row
    assert datetime.date.fromisoformat(measurement.header["date"]) <= datetime.date.today()
    assert re.fullmatch(r"[0-9a-f]{12}", measurement.header["commit"])
    command = re.fullmatch(r"(nice -n -?\d+ )?python3 -m figures\.measurements\.(\w+)", measurement.header["command"])
    assert command, measurement.header["command"]
    assert file.name in MODULES[command[2]], "the script named in the header does not write this file"
    assert file.stat().st_size < 1_000_000
    for row in measurement.rows:
        assert all(np.isfinite(value) for value in row.values())
        if "median_s" in row:
            assert 0 < row["q1_s"] <= row["median_s"] <= row["q3_s"]


def test_reading_refuses_a_file_without_its_header(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("# command: python3\na,b\n1,2\n")
    with pytest.raises(MeasurementError, match=r"x\.csv: the header lacks commit, date, machine"):
        read(file)


class Clock:
    """Seconds that pass only as told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


def test_rounds_are_interleaved_and_warm_up_and_preparation_are_not_timed() -> None:
    clock, order, slow = Clock(), [], iter([90, 90, 1, 2, 3, 4, 5])

    def first() -> None:
        order.append("a")
        clock.advance(next(slow))

    def second() -> None:
        order.append("b")
        clock.advance(7)

    found = harness.repeat(
        {"a": first, "b": second},
        repetitions=5,
        warm_up=2,
        before=lambda: clock.advance(1000),
        clock=clock,
        others=lambda: 0.0,
    )
    assert order == ["a", "b"] * 7
    assert found == {"a": Sample(median=3, q1=2, q3=4), "b": Sample(median=7, q1=7, q3=7)}
    assert found["a"].spread == pytest.approx(2 / 3)


def test_a_repetition_that_others_disturbed_is_made_again() -> None:
    clock, others, calls = Clock(), Clock(), iter([(1, 0.0), (9, 5.0), (2, 0.01), (3, 0.0)])

    def call() -> None:
        seconds, taken = next(calls)
        clock.advance(seconds)
        others.advance(taken)

    found = harness.repeat({"a": call}, repetitions=3, warm_up=0, clock=clock, others=others)
    assert found["a"] == Sample(median=2, q1=1.5, q3=2.5)
    with pytest.raises(RefusedError, match="too busy: other processes keep running; stop them and try again"):
        harness.repeat({"a": lambda: others.advance(1)}, repetitions=1, warm_up=0, others=others, patience=0.1)


def test_the_time_of_others_leaves_out_our_own(tmp_path: Path) -> None:
    (tmp_path / "stat").write_text("cpu  3000 100 500 99999 7 10 20 70 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n")
    assert harness.others_time(tmp_path / "stat") == pytest.approx(37 - time.process_time(), abs=0.1)
    assert harness.others_time(tmp_path / "stat", processor=0) == pytest.approx(0.06 - time.process_time(), abs=0.1)


def test_a_noisy_run_is_refused_naming_the_cases() -> None:
    with pytest.raises(RefusedError, match=r"too noisy: the quartiles of b \(50%\) are more than 20% .* try again"):
        harness.require_quiet({"a": CALM, "b": Sample(1.0, 0.8, 1.3)}, 0.2)
    harness.require_quiet({"a": CALM}, 0.2)


def test_too_little_memory_is_refused(tmp_path: Path) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal: 8388608 kB\nMemAvailable:    1048576 kB\n")
    with pytest.raises(RefusedError, match=r"this needs 2\.0 GiB of free memory and 1\.0 GiB are free"):
        harness.require_memory(2 * harness.GIB, meminfo)
    harness.require_memory(harness.GIB, meminfo)


def test_another_system_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="does not say MemAvailable; measurements run on Linux"):
        harness.require_memory(1, tmp_path / "absent")


def write(tables: Mapping[Path, list[dict[str, float]]]) -> None:
    harness.write(
        tables, module="figures.measurements.x", commit="0123456789ab", libraries="numpy 2", repetitions=3,
        warm_up=1, statistic="median", notes={"caches": "warm"},
    )  # fmt: skip


def test_a_written_file_is_read_back_with_header_and_notes(tmp_path: Path) -> None:
    write({tmp_path / "x.csv": [{"context": 1024, "median_s": 0.00123456789}]})
    measurement = read(tmp_path / "x.csv")
    assert measurement.rows == ({"context": 1024, "median_s": 0.00123457},)
    assert set(measurement.header) == {*HEADER, "caches"}
    assert measurement.header["repetitions"] == "3"
    assert re.search(r"Python 3\.\d+\.\d+, numpy 2, 1 thread", measurement.header["libraries"])
    assert measurement.header["command"].endswith("python3 -m figures.measurements.x")


def test_several_files_are_written_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("old")
    with pytest.raises(ValueError, match="dict contains fields not in fieldnames"):
        write({tmp_path / "x.csv": [{"a": 1.0}], tmp_path / "y.csv": [{"a": 1.0}, {"b": 1.0}]})
    assert (tmp_path / "x.csv").read_text() == "old"
    assert not (tmp_path / "y.csv").exists()


def git(root: Path, *words: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *words], cwd=root, check=True, capture_output=True)


def test_the_commit_must_hold_the_code_that_runs(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="no git checkout: say which commit this is with --commit"):
        harness.current_commit(tmp_path)
    code = tmp_path / "figures" / "measurements" / "x.py"
    code.parent.mkdir(parents=True)
    code.write_text("1")
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "x")
    assert re.fullmatch(r"[0-9a-f]{12}", harness.current_commit(tmp_path))
    code.write_text("2")
    with pytest.raises(RefusedError, match="has changes that no commit holds: commit them, then measure"):
        harness.current_commit(tmp_path)


def test_a_refusal_ends_with_its_reason_and_touches_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.argv", ["x", "--commit", "0123456789ab"])
    monkeypatch.setattr(decode_attention, "FOLDER", tmp_path)
    monkeypatch.setattr(harness, "require_memory", lambda needed: None)
    monkeypatch.setattr(harness, "TICKS", float("inf"))  # tests do not wait for a quiet machine
    monkeypatch.setattr(harness, "LOOK", 0.0)
    monkeypatch.setattr(decode_attention, "CONTEXTS", (4, 8))
    monkeypatch.setattr(decode_attention, "STREAM", 64)
    monkeypatch.setattr(decode_attention, "EVICT", 64)
    monkeypatch.setattr(decode_attention, "GEMM", 8)
    monkeypatch.setattr(decode_attention, "SPREAD", -1.0)
    with pytest.raises(SystemExit, match=r"x: too noisy: .*\. No data file was changed\."):
        harness.main("x", decode_attention.measure)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(decode_attention, "SPREAD", float("inf"))
    harness.main("x", decode_attention.measure)
    rows = read(tmp_path / "decode_attention.csv").rows
    assert [(row["kv_heads"], row["context"]) for row in rows] == [(n, s) for n in (32, 8, 1) for s in (4, 8)]
    assert read(tmp_path / "decode_attention_roofs.csv").cell("read_median") > 0


@pytest.mark.parametrize("kv_heads", decode_attention.KV_HEADS)
def test_the_timed_step_is_attention(kv_heads: int) -> None:
    rng = np.random.default_rng(0)
    query = rng.standard_normal((kv_heads, 32 // kv_heads, 128))
    keys, values = (rng.standard_normal((kv_heads, 128, 50)) for _ in range(2))
    scores = np.einsum("hqd,hds->hqs", query, keys) / np.sqrt(128)
    weights = np.exp(scores) / np.exp(scores).sum(axis=-1, keepdims=True)
    expected = np.einsum("hqs,hds->hqd", weights, values)
    got = decode_attention.attend(*(a.astype(np.float32) for a in (query, keys, values)))
    np.testing.assert_allclose(got, expected, rtol=1e-4, atol=1e-5)


def test_scripts_need_nothing_but_numpy_or_torch() -> None:
    """They run on machines with a plain Python; what they import of ours must hold to the same."""
    import sys

    allowed = sys.stdlib_module_names | {"numpy", "torch", "figures"}
    for name, source in MODULES.items():
        found = {
            word.name.split(".")[0] if isinstance(node, ast.Import) else (node.module or "").split(".")[0]
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for word in node.names
        }
        assert found <= allowed, name
