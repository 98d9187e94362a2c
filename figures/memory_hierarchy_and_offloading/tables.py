"""Tables of the article on the memory hierarchy."""

from __future__ import annotations

from figures.memory_hierarchy_and_offloading.results_levels import LEVELS, sweep
from figures.results import Source
from figures.tables import Cell, Table, Value

MISSING = "not stated"
SWEEPS = {"sram": "µs", "l2": "µs", "hbm": "ms", "c2c": "s", "nvme": "min"}


def _cell(source: Source | None, unit: str) -> Cell:
    return MISSING if source is None else Value(source, unit, 3)


costs = Table(
    columns=("Level", "Time to read all", "Energy", "Price"),
    rows=[
        (
            level.name,
            _cell(sweep(level), SWEEPS.get(key, "s")),
            _cell(level.energy, "pJ/bit"),
            _cell(level.price, "USD/GB"),
        )
        for key, level in LEVELS.items()
        if level.energy or level.price
    ],
)
