"""What a randomised Hadamard rotation gains, of whole rows and within blocks, by format and group."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from figures import style
from figures.measurement import Measurement, read
from figures.measurements import number_format_error as measured
from figures.measurements.number_format_error import (
    BY_E4M3,
    DECODER,
    DOWN,
    FP4,
    FP16,
    INT4,
    STUDENT,
    WHOLE,
    WITHIN,
)

TITLE = "Gain in signal over noise from a Hadamard rotation, by format and group"

LINES = (
    (INT4, FP16, "INT4, FP16 scale", "orange"),
    (FP4, DOWN, "E2M1, power of two", "rose"),
    (FP4, BY_E4M3, "E2M1, E4M3 scale", "blue"),
)
GROUPS = (16, 32, 64)
PANELS = ((STUDENT, "Heavy-tailed numbers (Student, 5)"), (DECODER, "Inputs of layers of SmolLM2"))
LIMITS = (-1.2, 5.6)
HEIGHT = 440.0


def draw() -> Figure:
    """A panel for each kind of numbers; below the line at zero the rotation does harm."""
    data = read(measured.FOLDER / "number_format_error.csv")
    fig = style.figure(HEIGHT)
    each = (HEIGHT - 44) / 2
    for number, (source, title) in enumerate(PANELS):
        bottom = 44 + (1 - number) * each
        ax = style.axes(
            fig, x="Numbers that share a scale" if number else "", y="", top=HEIGHT - bottom - each + 30,
            bottom=bottom + (0 if number else 14), right=128,
        )  # fmt: skip
        fig.text(4 / style.WIDTH, (bottom + each - 6) / HEIGHT, f"{title}: gain (dB)", ha="left", va="top")
        _panel(ax, data, source, named=not number)
    return fig


def _panel(ax: Axes, data: Measurement, source: int, *, named: bool) -> None:
    # Widths of the decoder are not divisible by 128.
    groups = GROUPS if source == DECODER else (*GROUPS, 128)
    ax.axhline(0, color=style.color("muted"), linewidth=1.2)
    ends = []
    for element, scale, words, role in LINES:
        where = {"source": source, "element": element, "scale": scale}
        gains: dict[int, list[float]] = {}
        for rotated, dash, size in ((WITHIN, (0, (3, 2)), 3), (WHOLE, "solid", 5)):
            gains[rotated] = [
                data.cell("sqnr_db", rotated=rotated, group=group, **where)
                - data.cell("sqnr_db", rotated=0, group=group, **where)
                for group in groups
            ]
            ax.plot(groups, gains[rotated], color=style.color(role), linestyle=dash, marker="o", markersize=size)
        ends.append((gains[WHOLE][-1], words, role))
    ax.set_xscale("log", base=2)
    ax.set_xlim(14, 140)
    ax.set_ylim(*LIMITS)
    if named:
        style.end_labels(ax, ends)
    style.ticks(ax, "x", (16, 32, 64, 128), ("16", "32", "64", "128"))
    style.ticks(ax, "y", range(-1, 6), ("−1", "0", "1", "2", "3", "4", "5"))
