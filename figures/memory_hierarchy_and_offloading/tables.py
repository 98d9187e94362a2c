"""Tables of the article on the memory hierarchy."""

from __future__ import annotations

from figures.data import value
from figures.memory_hierarchy_and_offloading.results_levels import LEVELS, Level, of, sweep
from figures.memory_hierarchy_and_offloading.results_streaming import (
    glm_bound,
    glm_ratio,
    kt_bound,
    kt_bound_two,
    kt_share,
    kt_share_two,
    nvme_bound_gen4,
    nvme_bound_gen5,
    nvme_bound_gen5x8,
    zero_share_gen4,
    zero_share_gen5,
    zero_share_gen5x8,
)
from figures.results import Source
from figures.tables import Cell, Column, Table, Value

MISSING = "not stated"
# The unit in which each level is printed: capacity, bandwidth, latency.
UNITS = {
    "sram": ("MiB", "TB/s", "ns"),
    "l2": ("MiB", "TB/s", "ns"),
    "hbm": ("GB", "TB/s", "ns"),
    "c2c": ("GB", "GB/s", "ns"),
    "dram": ("GB", "GB/s", "ns"),
    "pcie": ("GB", "GB/s", "ns"),
    "cxl": ("GB", "GB/s", "ns"),
    "nvme": ("TB", "GB/s", "µs"),
    "network": ("GB", "GB/s", "µs"),
    "object_store": ("GB", "MB/s", "ms"),
}
MEASURED = {
    "l2": of("l2", "bandwidth"),
    "hbm": of("hbm", "reached"),
    "c2c": of("c2c", "reached"),
    "pcie": of("pcie", "reached"),
}


def _cell(source: Source | None, unit: str, digits: int = 3) -> Cell:
    return MISSING if source is None else Value(source, unit, digits)


def _row(key: str, level: Level) -> tuple[Cell, ...]:
    capacity, bandwidth, latency = UNITS[key]
    stated = None if MEASURED.get(key) is level.bandwidth else level.bandwidth
    return (
        level.name,
        _cell(level.capacity, capacity, 4),
        _cell(stated, bandwidth),
        _cell(MEASURED.get(key), bandwidth),
        _cell(level.latency, latency),
    )


hierarchy = Table(
    columns=("Level", "Capacity", "Bandwidth", "Reached", "Latency"),
    rows=[_row(key, level) for key, level in LEVELS.items()],
)

SWEEPS = {"sram": "µs", "l2": "µs", "hbm": "ms", "c2c": "s", "nvme": "min"}
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


def _of(entry: str, field: str) -> Source:
    return value("offloading", entry, field)


bounds = Table(
    columns=(
        "System",
        Column("Bound", unit="token/s", digits=3),
        Column("Reached", unit="token/s"),
        Column("Share", unit="%", digits=2),
    ),
    rows=[
        ("Llama 3 70B, four PCIe 4.0 drives", nvme_bound_gen4, _of("deepnvme", "four_gen4_rate"), zero_share_gen4),
        ("the same, four PCIe 5.0 drives", nvme_bound_gen5, _of("deepnvme", "four_gen5_rate"), zero_share_gen5),
        ("the same, eight PCIe 5.0 drives", nvme_bound_gen5x8, _of("deepnvme", "eight_gen5_rate"), zero_share_gen5x8),
        ("GLM-5.2, two GH200", glm_bound, _of("glm_gh200", "rate"), glm_ratio),
        ("DeepSeek-V3, one socket", kt_bound, _of("ktransformers_v3", "one_socket"), kt_share),
        ("DeepSeek-V3, two sockets", kt_bound_two, _of("ktransformers_v3", "two_sockets"), kt_share_two),
    ],
)
