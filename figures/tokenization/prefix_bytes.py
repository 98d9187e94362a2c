"""Loss of the next byte after prompts that end inside tokens and at their ends, by three ways to ask."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.measurements.token_boundaries import EXACT, HEALED, NAIVE
from figures.tokenization.results_training import BOUNDARIES

TITLE = "Loss of the next byte where a prompt ends inside a token, and at its end"

WAYS = ((NAIVE, "last token final", "rose"), (HEALED, "last token taken back", "orange"), (EXACT, "exact sum", "blue"))
PLACES = ((0, "prompt ends inside a token"), (1, "prompt ends where a token does"))


def draw() -> Figure:
    """Two groups of three bars."""
    fig = style.figure(230)
    ax = style.axes(fig, x="Mean loss of the next byte (bits)", y="", left=12, right=30, top=8)
    ax.grid(False)
    ax.grid(True, axis="x", color=style.color("muted"), alpha=style.GRID_ALPHA, linewidth=0.7)
    row = 0.0
    for at_end, words in PLACES:
        style.label(ax, (0, row), words, "ink", offset=(2, 0))
        for way, said, role in WAYS:
            row += 1
            loss = BOUNDARIES.cell("bits", way=way, at_end=at_end)
            ax.barh(row, loss, height=0.72, color=style.color(role), alpha=0.35, linewidth=0)
            style.label(ax, (0, row), f"{loss:.1f}  {said}", role, offset=(5, 0))
        row += 1.5
    ax.set_ylim(row - 0.7, -0.7)
    ax.set_xlim(0, 11)
    style.ticks(ax, "x", (0, 2, 4, 6, 8, 10), ("0", "2", "4", "6", "8", "10"))
    style.ticks(ax, "y", (), ())
    return fig
