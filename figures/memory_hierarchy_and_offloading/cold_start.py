"""Time until 140 GB of weights are in the GPU, by where they come from."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style, units
from figures.formulas import roofline
from figures.memory_hierarchy_and_offloading.results_levels import nic_rate, nvme_rate, weights_70b
from figures.memory_hierarchy_and_offloading.results_streaming import (
    cold_dram_70b,
    cold_nvme_70b,
    cold_pipelined_70b,
    cold_staged_70b,
    nvme_write_rate,
)

TITLE = "Time to load 140 GB of weights, by source and schedule"

ROWS = (
    ("host memory, PCIe 5", cold_dram_70b.value),
    ("four drives", cold_nvme_70b.value),
    ("store, all at once", cold_pipelined_70b.value),
    ("store, in stages", cold_staged_70b.value),
)
STAGES = ((nic_rate, "download", "blue"), (nvme_write_rate, "write", "orange"), (nvme_rate, "read", "green"))


def draw() -> Figure:
    """A bar per way; the staged one in its three parts."""
    fig = style.figure(190)
    ax = style.axes(fig, x="Seconds", y="", left=142, right=34, top=14, bottom=40)
    ax.set_xlim(0, 32)
    ax.set_ylim(len(ROWS) - 0.4, -0.6)
    ax.grid(False, axis="y")
    ax.grid(True, axis="x", color=style.color("muted"), alpha=style.GRID_ALPHA, linewidth=0.7)
    ax.set_yticks(range(len(ROWS)), labels=[words for words, _ in ROWS])
    ax.tick_params(axis="y", length=0)
    for row, (_, seconds) in enumerate(ROWS[:-1]):
        ax.barh(row, seconds, height=0.5, color=style.color("blue" if row == 2 else "purple" if row == 0 else "green"))
        style.label(ax, (seconds, row), f"{seconds:.1f}", "ink", offset=(5, 0))
    start = 0.0
    row = len(ROWS) - 1
    for rate, words, role in STAGES:
        seconds = roofline.transfer_time(weights_70b.value, units.convert(rate.value, rate.unit, "B/s"))
        ax.barh(row, seconds, left=start, height=0.5, color=style.color(role))
        style.label(ax, (start + seconds / 2, row), words, role, offset=(0, 17), ha="center")
        start += seconds
    style.label(ax, (start, row), f"{start:.1f}", "ink", offset=(5, 0))
    style.ticks(ax, "x", (0, 10, 20, 30), ("0", "10", "20", "30"))
    return fig
