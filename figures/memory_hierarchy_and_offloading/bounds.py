"""Tokens per second by the slowest level alone, beside what was reached."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.data import value
from figures.memory_hierarchy_and_offloading.results_measured import step_measured, step_predicted
from figures.memory_hierarchy_and_offloading.results_streaming import (
    glm_bound_two,
    kt_bound,
    kt_bound_two,
    nvme_bound_gen4,
    nvme_bound_gen5,
    nvme_bound_gen5x8,
)

TITLE = "Bound by the slowest level and published rate of six systems, and of this processor"


def _of(entry: str, field: str) -> float:
    return value("offloading", entry, field).value


ROWS = (
    ("70B, 4 drives, 10 GB/s", nvme_bound_gen4.value, _of("deepnvme", "four_gen4_rate")),
    ("70B, 4 drives, 27 GB/s", nvme_bound_gen5.value, _of("deepnvme", "four_gen5_rate")),
    ("70B, 8 drives, 48 GB/s", nvme_bound_gen5x8.value, _of("deepnvme", "eight_gen5_rate")),
    ("GLM-5.2, two GH200", glm_bound_two.value, _of("glm_gh200", "rate")),
    ("V3, one socket", kt_bound.value, _of("ktransformers_v3", "one_socket")),
    ("V3, two sockets", kt_bound_two.value, _of("ktransformers_v3", "two_sockets")),
    ("four layers, our core", 1 / step_predicted.value, 1 / step_measured.value),
)


def draw() -> Figure:
    """A row per system: a ring at the bound, a dot at the rate."""
    fig = style.figure(62 + 24.0 * len(ROWS))
    ax = style.axes(fig, x="Tokens per second", y="", left=150, right=22, top=26, bottom=42)
    ax.set_xscale("log")
    ax.set_xlim(5, 75)
    ax.set_ylim(len(ROWS) - 0.4, -0.6)
    ax.grid(False, axis="y")
    ax.grid(True, axis="x", color=style.color("muted"), alpha=style.GRID_ALPHA, linewidth=0.7)
    ax.set_yticks(range(len(ROWS)), labels=[words for words, _, _ in ROWS])
    ax.tick_params(axis="y", length=0)
    for row, (_, bound, reached) in enumerate(ROWS):
        ax.plot((bound, reached), (row, row), color=style.color("muted"), linewidth=1)
        ax.plot(bound, row, "o", color=style.color("orange"), markersize=8, fillstyle="none", markeredgewidth=1.6)
        ax.plot(reached, row, "o", color=style.color("blue"), markersize=6)
    style.label(ax, (ROWS[-2][1], len(ROWS) - 2), "bound", "orange", offset=(0, -13), ha="center")
    style.label(ax, (ROWS[-2][2], len(ROWS) - 2), "reached", "blue", offset=(0, -13), ha="center")
    style.ticks(ax, "x", (5, 10, 20, 50), ("5", "10", "20", "50"))
    return fig
