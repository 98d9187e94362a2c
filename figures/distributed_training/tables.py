"""Tables of the article on distributed training."""

from __future__ import annotations

from figures import data
from figures.distributed_training import results_memory, results_time
from figures.measurement import read
from figures.measurements import pipeline_schedules
from figures.measurements.pipeline_schedules import CASES, PLAIN, ZB_H1, ZB_H2
from figures.results import Computed, Measured, Source
from figures.tables import Cell, Column, Table


def _name(case: str) -> str:
    return str(data.load("pipelines")[case]["name"])


def _of(case: str, field: str) -> Source:
    return data.value("pipelines", case, field)


def _peaks(case: str) -> tuple[Cell, ...]:
    return (
        _name(case),
        results_memory.pipeline_peak(case, results_memory.one),
        _of(case, "plain_memory"),
        results_memory.pipeline_peak(case, results_memory.two),
        _of(case, "doubled_memory"),
    )


peaks = Table(
    columns=(
        "Model",
        Column("1F1B, ledger", unit="GB"),
        Column("1F1B, measured", unit="GB"),
        Column("ZB-2p, ledger", unit="GB"),
        Column("ZB-2p, measured", unit="GB"),
    ),
    rows=[_peaks(case) for case in CASES],
)


def _simulated(number: int, schedule: int) -> Measured:
    found = read(pipeline_schedules.FOLDER / "profiled_rates.csv")
    what = f"bubble rate, schedule {schedule}, case {number}"
    return Measured(found, what, found.cell("rate", case=number, schedule=schedule), "1")


rates = Table(
    columns=(
        "Model",
        Column("1F1B", unit="%", digits=4),
        Column("ZB-H1", unit="%", digits=4),
        Column("ZB-H2", unit="%", digits=3),
    ),
    rows=[
        (_name(case), *(_simulated(number, schedule) for schedule in (PLAIN, ZB_H1, ZB_H2)))
        for number, case in enumerate(CASES, start=1)
    ],
)


def _bounds(words: str, ridge: Computed) -> tuple[Cell, ...]:
    return (
        words,
        ridge,
        results_time.gathering_tokens(ridge),
        results_time.tensor_limit("llama3_1_70b", ridge),
        results_time.block(ridge),
    )


bounds = Table(
    columns=(
        "Link",
        Column("Ridge", unit="FLOP/B"),
        "Tokens per GPU for FSDP",
        "Tensor-parallel GPUs",
        "Tokens per block of a ring",
    ),
    rows=[
        _bounds("H100, NVLink", results_time.ridge_nvlink),
        _bounds("H100, 400 Gbit/s", results_time.ridge_network),
        _bounds("B200, NVLink", results_time.ridge_b200),
        _bounds("B200, 400 Gbit/s", results_time.ridge_b200_network),
        _bounds("B300, 800 Gbit/s", results_time.ridge_b300_network),
        _bounds("GB200 NVL72, NVLink", results_time.ridge_gb200),
    ],
)
