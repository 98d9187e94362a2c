"""The committed simulations of pipelines and checkpoints: fresh runs give their rows, and they meet the literature."""

from __future__ import annotations

import pytest

from figures import data
from figures.formulas import failures, pipeline_bubbles
from figures.measurement import read
from figures.measurements import checkpoint_goodput, pipeline_schedules
from figures.measurements.pipeline_schedules import CASES, INTERLEAVED_4, PLAIN, ZB_H1, ZB_H2

SCHEDULES = read(pipeline_schedules.FOLDER / "schedules.csv")
RATES = read(pipeline_schedules.FOLDER / "profiled_rates.csv")
GOODPUT = read(checkpoint_goodput.FOLDER / "checkpoint_goodput.csv")


def test_committed_rows_are_a_fresh_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline_schedules, "MICROS", (16,))
    assert [dict(row) for row in SCHEDULES.rows if row["micros"] == 16] == pipeline_schedules.ideal()
    assert [dict(row) for row in RATES.rows] == pipeline_schedules.profiled()
    monkeypatch.setattr(checkpoint_goodput, "GPUS", (16_384,))
    for row in checkpoint_goodput.rows():
        where = {"gpus": row["gpus"], "interval_min": row["interval_min"]}
        assert GOODPUT.cell("kept", **where) == pytest.approx(row["kept"], abs=1e-4)


def test_bubble_rates_equal_the_published_ones() -> None:
    for number, case in enumerate(CASES, start=1):
        for schedule, name in ((PLAIN, "plain_rate"), (ZB_H1, "h1_rate"), (ZB_H2, "h2_rate")):
            published = data.value("pipelines", case, name).value
            assert RATES.cell("rate", case=number, schedule=schedule) == pytest.approx(published, abs=5e-5)


def test_closed_forms() -> None:
    for micros in pipeline_schedules.MICROS:
        for schedule, chunks in ((PLAIN, 1), (INTERLEAVED_4, 4)):
            overhead = pipeline_bubbles.bubble_overhead(8, micros, chunks)
            rate = SCHEDULES.cell("flushed_rate", schedule=schedule, micros=micros)
            assert rate == pytest.approx(pipeline_bubbles.bubble_rate(overhead), abs=1e-5)


def test_goodput_follows_its_formula() -> None:
    for row in GOODPUT.rows:
        between = failures.job_failure_time(checkpoint_goodput.device_minutes(), row["gpus"])
        settings = (checkpoint_goodput.SAVE, checkpoint_goodput.RESTART, between)
        assert row["kept"] == pytest.approx(failures.goodput(row["interval_min"], *settings), rel=0.02, abs=1e-3)
