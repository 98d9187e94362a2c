"""The committed recall of linear memories is what the simulation gives."""

from __future__ import annotations

import pytest

from figures.measurement import read
from figures.measurements import linear_recall
from figures.measurements.linear_recall import FOLDER, PAIRS, SOLVED, SUM, WIDTH


def test_the_data_file_has_every_case() -> None:
    held = read(FOLDER / "linear_recall.csv")
    assert [(row["rule"], row["pairs"]) for row in held.rows] == [
        (rule, pairs) for rule in linear_recall.NAMES for pairs in PAIRS
    ]
    assert held.cell("error", rule=SOLVED, pairs=WIDTH) < 0.01
    assert held.cell("recalled", rule=SUM, pairs=PAIRS[0]) > 0.99


def test_a_fresh_run_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear_recall, "PAIRS", (8, 64))
    held = read(FOLDER / "linear_recall.csv")
    for row in linear_recall.tables():
        assert row["recalled"] == pytest.approx(held.cell("recalled", rule=row["rule"], pairs=row["pairs"]), abs=0.02)
