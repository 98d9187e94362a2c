"""The committed tables of the laboratory: fresh runs give their rows, and they say what the article says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from figures.measurement import read
from figures.measurements import alignment_laboratory as laboratory
from figures.measurements.alignment_laboratory import FOLDER, TABLES

CHEAP = [name for name in TABLES if name not in ("stale_samples.csv", "mismatch.csv", "length_drift.csv")]


@pytest.mark.parametrize("name", CHEAP)
def test_committed_rows_are_a_fresh_run(name: str) -> None:
    table: Callable[[], list[dict[str, float]]] = TABLES[name]
    fresh, committed = table(), read(FOLDER / name).rows
    assert len(fresh) == len(committed)
    for one, other in zip(fresh, committed, strict=True):
        assert dict(other) == pytest.approx(one, rel=1e-3, abs=1e-4)


def test_dear_tables_begin_like_a_fresh_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laboratory, "LAGS", (4,))
    monkeypatch.setattr(laboratory, "STEPS", 5)
    stale = read(FOLDER / "stale_samples.csv")
    for name, value in laboratory.stale()[0].items():
        assert stale.cell(name, lag=4) == pytest.approx(value, abs=2e-3)
    drift = read(FOLDER / "length_drift.csv")
    for row in laboratory.drifts():
        assert drift.cell("wrong_length", loss=row["loss"], step=row["step"]) == pytest.approx(row["wrong_length"])
    monkeypatch.setattr(laboratory, "NOISES", (0.1,))
    mismatch = read(FOLDER / "mismatch.csv")
    for row in laboratory.mismatched():
        where = {"noise": 0.1, "tokens": row["tokens"]}
        assert mismatch.cell("effective", **where) == pytest.approx(row["effective"], rel=1e-3)


def test_normal_noise_never_turns_down_and_tricks_do() -> None:
    rows = read(FOLDER / "overoptimization.csv").rows
    for world, falls in ((1, False), (2, True), (3, True)):
        golds = [row["gold"] for row in rows if row["world"] == world and row["method"] == 1]
        assert (golds[-1] < max(golds) - 0.5) == falls
