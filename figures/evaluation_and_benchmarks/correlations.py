"""Correlation of two submissions' task means on Terminal-Bench, by what the two have in common."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from figures import paths, style
from figures.measurement import read
from figures.measurements.terminal_trials import NEITHER, SAME_AGENT, SAME_MODEL

TITLE = "Correlation over tasks of the 78 pairs of thirteen submissions to Terminal-Bench"

ROWS = (
    (SAME_AGENT, "same agent", "blue"),
    (SAME_MODEL, "same model", "orange"),
    (NEITHER, "neither", "green"),
)


def draw() -> Figure:
    """A dot per pair, a line at the median of each kind."""
    rows = read(paths.FIGURES / "evaluation_and_benchmarks" / "terminal_pairs.csv").rows
    fig = style.figure(230)
    ax = style.axes(fig, x="Correlation of the task means", y="", left=84, right=14, top=12)
    for place, (kind, _, role) in enumerate(ROWS, 1):
        found = sorted(row["correlation"] for row in rows if row["relation"] == kind)
        heights = [place + (number % 5 - 2) * 0.09 for number in range(len(found))]
        ax.plot(found, heights, "o", markersize=4.5, color=style.color(role), alpha=0.75)
        middle = float(np.median(found))
        ax.plot((middle, middle), (place - 0.36, place + 0.36), color=style.color("ink"), linewidth=1.6)
    ax.set_xlim(0, 1)
    ax.set_ylim(len(ROWS) + 0.6, 0.4)
    style.ticks(ax, "x", (0, 0.2, 0.4, 0.6, 0.8, 1), ("0", "0.2", "0.4", "0.6", "0.8", "1"))
    style.ticks(ax, "y", range(1, len(ROWS) + 1), [words for _, words, _ in ROWS])
    return fig
