"""Embedding rows of a small model by their cosine with rows that are known to be unused."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import paths, style
from figures.measurement import read
from figures.measurements.untrained_rows import MINILM
from figures.tokenization.results_training import minilm_bound

TITLE = "Embedding rows of MiniLM by their likeness to unused ones"

ROWS = [row for row in read(paths.FIGURES / "tokenization" / "untrained_rows.csv").rows if row["model"] == MINILM]


def draw() -> Figure:
    """Two histograms with one axis of counts, logarithmic."""
    fig = style.figure(250)
    ax = style.axes(fig, x="Cosine with the mean of the unused rows", y="Rows of the embedding", left=46)
    for column, role in (("others", "blue"), ("known", "rose")):
        edges = [row["low"] for row in ROWS] + [ROWS[-1]["high"]]
        ax.stairs([max(row[column], 0.5) for row in ROWS], edges, baseline=0.5, color=style.color(role), linewidth=1.4)
    ax.axvline(minilm_bound.value, color=style.color("muted"), linewidth=0.9, linestyle=(0, (4, 2)))
    ax.set_yscale("log")
    ax.set_ylim(0.5, 30_000)
    ax.set_xlim(-0.3, 1)
    style.ticks(ax, "y", (1, 10, 100, 1000, 10_000), ("1", "10", "100", "1,000", "10,000"))
    style.ticks(ax, "x", (-0.25, 0, 0.25, 0.5, 0.75, 1), ("−0.25", "0", "0.25", "0.5", "0.75", "1"))
    style.label(ax, (0.12, 8000), "tokens with a text", "blue", offset=(6, 0))
    style.label(ax, (0.86, 1500), "[unused…]", "rose", offset=(0, 0), ha="right")
    style.label(ax, (minilm_bound.value, 12_000), "candidates", "muted", offset=(-5, 0), ha="right")
    return fig
