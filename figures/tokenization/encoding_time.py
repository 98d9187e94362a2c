"""Time to merge one piece of letters without a space, plain and with a heap."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.measurements.tokenizer_training import FAST, NAIVE
from figures.tokenization import results_training as results
from figures.tokenization.results_training import MERGING

TITLE = "Time to encode one long piece, plain and with a heap"


def draw() -> Figure:
    """Two lines with their fitted exponents."""
    fig = style.figure(250)
    ax = style.axes(fig, x="Letters of the piece", y="Processor time", left=54)
    for fast, role, mark in ((NAIVE, "rose", "o"), (FAST, "blue", "s")):
        rows = [row for row in MERGING.rows if row["fast"] == fast]
        ax.plot(
            [r["letters"] for r in rows],
            [r["median_s"] for r in rows],
            mark + "-",
            color=style.color(role),
            markersize=4.5,
        )
    ax.set_xscale("log", base=2)
    ax.set_yscale("log")
    ax.set_ylim(8e-5, 0.3)
    ax.set_xlim(56, 9400)
    style.ticks(ax, "x", (64, 256, 1024, 4096), ("64", "256", "1,024", "4,096"))
    style.ticks(ax, "y", (1e-4, 1e-3, 1e-2, 1e-1), ("0.1 ms", "1 ms", "10 ms", "0.1 s"))
    plain, fast_exponent = results.naive_encoding_exponent.value, results.fast_encoding_exponent.value
    style.label(ax, (64, 0.19), f"best pair searched each time: exponent {plain:.1f}", "rose", offset=(0, 0))
    style.label(ax, (300, 2e-4), f"linked list and heap: exponent {fast_exponent:.1f}", "blue", offset=(0, 0))
    return fig
