"""Bytes per token against the size of a vocabulary that was trained on English articles."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.tokenization.results_training import CURVE

TITLE = "Bytes per token against the size of the vocabulary"

LINES = (
    ("en", "English passage", "green", "-"),
    ("article", "held-out article", "blue", "-"),
    ("python", "Python", "purple", "-"),
    ("de", "German", "orange", "-"),
    ("ru", "Russian", "rose", "-"),
)


def draw() -> Figure:
    """A line per text; none but English ones were trained on."""
    fig = style.figure(270)
    ax = style.axes(fig, x="Vocabulary (256 bytes and merges)", y="Bytes per token", right=112)
    ends = []
    for column, words, role, dash in LINES:
        values = [row[column] for row in CURVE.rows]
        ax.plot(
            [row["vocabulary"] for row in CURVE.rows], values, dash, marker="o", markersize=4, color=style.color(role)
        )
        ends.append((values[-1], words, role))
    ax.set_xscale("log", base=2)
    ax.set_xlim(245, 8900)
    ax.set_ylim(0.9, 3.7)
    style.ticks(ax, "x", (256, 512, 1024, 2048, 4096, 8192), ("256", "512", "1 Ki", "2 Ki", "4 Ki", "8 Ki"))
    style.ticks(ax, "y", (1, 1.5, 2, 2.5, 3, 3.5), ("1", "1.5", "2", "2.5", "3", "3.5"))
    style.end_labels(ax, ends)
    return fig
