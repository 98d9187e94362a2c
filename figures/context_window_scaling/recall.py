"""What a memory of 64 by 64 numbers recalls by four rules of writing: the committed simulation."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.measurement import read
from figures.measurements.linear_recall import DELTA, FOLDER, GATED, PAIRS, SOLVED, SUM

TITLE = "Share of the values recalled from a linear memory against the pairs written into it"

RULES = (
    (SOLVED, "least squares", "ink", (0, (1, 1.2)), 256, (6, 0)),
    (SUM, "sum", "blue", "solid", 256, (6, 0)),
    (DELTA, "delta rule", "orange", "solid", 256, (6, 4)),
    (GATED, "with decay", "rose", "solid", 256, (6, -5)),
)


def draw() -> Figure:
    """All values solid; of the delta rule also its newest quarter."""
    fig = style.figure(260)
    ax = style.axes(fig, x="Pairs written (64 dimensions)", y="Share recalled", left=46, right=108)
    data = read(FOLDER / "linear_recall.csv")
    for rule, words, role, line, at, offset in RULES:
        ax.plot(
            PAIRS,
            [data.cell("recalled", rule=rule, pairs=pairs) for pairs in PAIRS],
            color=style.color(role),
            linestyle=line,
        )
        style.label(ax, (at, data.cell("recalled", rule=rule, pairs=at)), words, role, offset=offset)
    newest = [data.cell("newest", rule=DELTA, pairs=pairs) for pairs in PAIRS]
    ax.plot(PAIRS, newest, color=style.color("orange"), linestyle=(0, (4, 2)))
    style.label(ax, (140, 0.99), "delta rule, newest quarter", "orange", offset=(0, 16), ha="center")
    ax.axvline(64, color=style.color("muted"), linewidth=0.9, linestyle=(0, (2, 2)))
    style.label(ax, (64, 0.1), "64 dimensions", "muted", offset=(5, 0))
    ax.set_xlim(0, 256)
    ax.set_ylim(0, 1.13)
    style.ticks(ax, "x", (0, 64, 128, 192, 256), ("0", "64", "128", "192", "256"))
    style.ticks(ax, "y", (0, 0.25, 0.5, 0.75, 1), ("0 %", "25 %", "50 %", "75 %", "100 %"))
    return fig
