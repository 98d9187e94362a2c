"""Bandwidth and latency of one core against the working set."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from figures import style
from figures.measurements.memory_roofline import CHASES, SETS
from figures.memory_hierarchy_and_offloading.results_measured import KIB, LATENCY, MIB, NUMBERS, STREAM

TITLE = "Bandwidth and latency of one core against the working set"

CACHES = ((32 * KIB, "L1"), (512 * KIB, "L2"), (32 * MIB, "L3"))
KERNELS = (("add", "green"), ("read", "blue"), ("triad", "orange"))
TICKS = (16 * KIB, 256 * KIB, 4 * MIB, 64 * MIB, 512 * MIB)


def draw() -> Figure:
    """Above, three kernels with their quartiles; below, a chain of dependent loads."""
    fig = style.figure(430)
    top = style.axes(fig, x="", y="Bandwidth (GB/s)", bottom=226, top=34, right=44)
    _frame(top)
    top.set_ylim(0, 85)
    for name, role in KERNELS:
        rows = [row for row in STREAM.rows if row["kernel"] == NUMBERS[name]]
        y = [row["moved_bytes"] / row["median_s"] / 1e9 for row in rows]
        low = [row["moved_bytes"] / row["q3_s"] / 1e9 for row in rows]
        high = [row["moved_bytes"] / row["q1_s"] / 1e9 for row in rows]
        top.plot(SETS, y, "o-", color=style.color(role), markersize=4)
        top.fill_between(SETS, low, high, color=style.color(role), alpha=style.TINT_ALPHA, linewidth=0)
        at = SETS.index(256 * KIB)
        style.label(top, (SETS[at], y[at]), name, role, offset=(0, 10 if name != "triad" else -11), ha="center")
    for size, words in CACHES:
        style.label(top, (size, 83), words, "muted", offset=(4, 0))
    style.ticks(top, "x", TICKS, [""] * len(TICKS))
    fig.text(4 / style.WIDTH, 198 / 430, "Latency (ns)", ha="left", va="top")
    bottom = style.axes(fig, x="Working set", y="", top=258, right=44)
    _frame(bottom)
    bottom.set_yscale("log")
    bottom.set_ylim(1, 400)
    rows = [row for row in LATENCY.rows if row["chains"] == 1]
    y = [row["median_s"] * 1e9 for row in rows]
    bottom.plot(CHASES, y, "o-", color=style.color("rose"), markersize=4)
    low, high = ([row[name] * 1e9 for row in rows] for name in ("q1_s", "q3_s"))
    bottom.fill_between(CHASES, low, high, color=style.color("rose"), alpha=style.TINT_ALPHA, linewidth=0)
    style.ticks(bottom, "x", TICKS, ("16 KiB", "256 KiB", "4 MiB", "64 MiB", "512 MiB"))
    style.ticks(bottom, "y", (1, 10, 100), ("1", "10", "100"))
    return fig


def _frame(ax: Axes) -> None:
    ax.set_xscale("log")
    ax.set_xlim(SETS[0] / 1.3, SETS[-1] * 1.3)
    for size, _ in CACHES:
        ax.axvline(size, color=style.color("muted"), linewidth=1, linestyle=(0, (3, 2)))
