"""Idle time and activations of pipeline schedules: equal passes over many micro-batches, and published times.

A simulation, not a measurement of a machine: the same versions give the same numbers everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from figures import data, paths
from figures.lab import pipeline
from figures.lab.pipeline import Schedule, Times
from figures.measurements import harness

Row = dict[str, float]

GPIPE, PLAIN, INTERLEAVED_2, INTERLEAVED_4, ZB_H1, ZB_H2, ZB_V, DUALPIPE = range(1, 9)
MAKERS: dict[int, Callable[[int, int], Schedule]] = {
    GPIPE: pipeline.gpipe,
    PLAIN: pipeline.one_forward_one_backward,
    INTERLEAVED_2: partial(pipeline.interleaved, chunks=2),
    INTERLEAVED_4: partial(pipeline.interleaved, chunks=4),
    ZB_H1: pipeline.zb_h1,
    ZB_H2: pipeline.zb_h2,
    ZB_V: pipeline.zb_v,
    DUALPIPE: pipeline.dualpipe,
}
DEVICES = 8
MICROS = (16, 24, 32, 48, 64, 128)
CASES = ("qi2023_1_5b", "qi2023_6_2b", "qi2023_14_6b", "qi2023_28_3b")
FOLDER = paths.FIGURES / "distributed_training"


def ideal() -> list[Row]:
    """Every schedule with equal passes and no time for transfers."""
    rows = []
    for number, make in MAKERS.items():
        for micros in MICROS:
            run = pipeline.simulate(make(DEVICES, micros), Times())
            rows.append(
                {
                    "schedule": number,
                    "micros": micros,
                    "idle": round(run.idle(), 6),
                    "flushed_idle": round(run.flushed_idle(), 6),
                    "rate": round(run.bubble_rate(), 6),
                    "flushed_rate": round(run.flushed_rate(), 6),
                    "in_flight": round(run.peak(), 6),
                }
            )
    return rows


def profiled() -> list[Row]:
    """Bubble rates with the times that were profiled on GPUs; the number of a case is its place in ``CASES``."""
    rows = []
    for number, case in enumerate(CASES, start=1):

        def of(name: str, case: str = case) -> float:
            return data.value("pipelines", case, name).value

        times = Times(of("forward"), of("backward"), of("weights"), of("transfer"))
        for schedule in (PLAIN, ZB_H1, ZB_H2):
            run = pipeline.simulate(MAKERS[schedule](int(of("devices")), int(of("micros"))), times)
            rows.append({"case": number, "schedule": schedule, "rate": round(run.bubble_rate(), 6)})
    return rows


def measure(commit: str) -> None:
    """Simulate everything and write the data files."""
    names = ", ".join(f"{number} {make(DEVICES, MICROS[0]).name}" for number, make in MAKERS.items())
    harness.write(
        {FOLDER / "schedules.csv": ideal(), FOLDER / "profiled_rates.csv": profiled()},
        module=__spec__.name,
        commit=commit,
        libraries="none",
        repetitions=1,
        warm_up=0,
        statistic="exact: nothing is drawn",
        notes={
            "kind": "simulation",
            "schedule": f"{names}; {INTERLEAVED_2} with two stages per device, {INTERLEAVED_4} with four",
            "setting": f"schedules.csv: {DEVICES} devices, forward pass, backward pass for inputs and for weights one "
            "unit of time each, transfers none; profiled_rates.csv: times of figures/data/pipelines.toml",
            "case": ", ".join(f"{number} {case}" for number, case in enumerate(CASES, start=1)),
            "columns": "idle: largest idle time between a device's first and last pass; flushed_idle: the same until "
            "the last device has ended; rate, flushed_rate: as shares; in_flight: most micro-batches whose "
            "activations a device keeps, in units of all its layers",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
