"""Tables of the article: two constants for each series, and one set of three constants for all of them."""

from __future__ import annotations

from figures import data
from figures.power_and_thermal_management.results_parts import FITTED, PREDICTED, off, points
from figures.power_and_thermal_management.results_tokens import fitted
from figures.results import Assumed, Source
from figures.tables import Cell, Column, Table

_KEYS = (
    "llama31_8b_h100",
    "llama31_70b_h100",
    "llama31_405b_h100",
    "qwen3_8b_h100",
    "qwen3_32b_h100",
    "qwen3_8b_gpqa_h100",
    "qwen3_32b_gpqa_h100",
    "llama31_70b_b200",
)
_BATCHES = (8, 64)


def _name(key: str) -> str:
    return str(data.load("token_energies")[key]["name"])


def _predictions(case: tuple[str, str, Assumed]) -> list[tuple[Cell, ...]]:
    """Rows of a series: at the batches that all series have."""
    rows: list[tuple[Cell, ...]] = []
    for point in points(*case):
        if int(point.energy.path.rpartition("_")[2]) in _BATCHES:
            residual = off(point)
            predicted = residual.inputs["predicted"]
            assert not isinstance(predicted, tuple)
            formula: Source = predicted
            rows.append((_name(case[0]), point.batch, point.energy, formula, residual))
    return rows


fits = Table(
    columns=(
        "Model and GPUs",
        Column("Shared by a step", unit="J/token", digits=3),
        Column("Of each token", unit="J/token", digits=3),
        Column("Largest misfit", unit="%", digits=2),
    ),
    rows=[(_name(key), *fitted(key)) for key in _KEYS],
)

predicted = Table(
    columns=(
        "Model and GPUs",
        Column("Batch", digits=2),
        Column("Published", unit="J/token", digits=3),
        Column("Formula", unit="J/token", digits=3),
        Column("Off by", unit="%", digits=2),
    ),
    rows=[row for case in (*FITTED, *PREDICTED) for row in _predictions(case)],
)
