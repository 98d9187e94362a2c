"""Signal over noise against stored bits as the group shrinks, for 4-bit elements and four kinds of scale."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from figures import style
from figures.measurement import Measurement, read
from figures.measurements import number_format_error as measured
from figures.measurements.number_format_error import (
    BY_E4M3,
    DOWN,
    FOUR_OR_SIX,
    FP4,
    FP16,
    INT4,
    ROUNDED,
    STUDENT,
    UP,
    WEIGHTS,
)

TITLE = "Signal over noise of 4-bit formats against stored bits, by element and scale, on real weights and inputs"

LINES = (
    (FP4, FOUR_OR_SIX, "E2M1, four over six", "green", "solid"),
    (FP4, BY_E4M3, "E2M1, E4M3 scale", "blue", "solid"),
    (FP4, FP16, "E2M1, FP16 scale", "purple", "solid"),
    (INT4, FP16, "INT4, FP16 scale", "orange", "solid"),
    (FP4, ROUNDED, "E2M1, 2ⁿ, max rounded", "rose", (0, (1, 1.5))),
    (FP4, DOWN, "E2M1, 2ⁿ, down", "rose", "solid"),
    (FP4, UP, "E2M1, 2ⁿ, up", "rose", (0, (4, 2))),
)
GROUPS = (128, 64, 32, 16)
# Source, title, range of the axis, where the name of MXFP4 stands beside its point.
PANELS = (
    (WEIGHTS, "Weights of MiniLM", (17.2, 21.9), (9, -15)),
    (STUDENT, "Heavy-tailed numbers (Student, 5)", (14.6, 21.9), (9, 13)),
)
HEIGHT, TOP, FOOT = 493.0, 30.0, 85.0
"""Of the figure, above each panel, and of the names of the lines."""


def draw() -> Figure:
    """Two panels over one axis of stored bits; each line goes from groups of 128 to groups of 16."""
    data = read(measured.FOLDER / "number_format_error.csv")
    fig = style.figure(HEIGHT)
    each = (HEIGHT - 40 - FOOT) / 2
    for number, (source, title, limits, beside) in enumerate(PANELS):
        bottom = 40 + FOOT + (1 - number) * each
        ax = style.axes(
            fig, x="Stored bits per number, scales included" if number else "", y="",
            top=HEIGHT - bottom - each + TOP, bottom=bottom + (0 if number else 14), right=14,
        )  # fmt: skip
        fig.text(4 / style.WIDTH, (bottom + each - 6) / HEIGHT, f"{title}: signal over noise (dB)", ha="left", va="top")
        _panel(ax, data, source, limits, beside)
    for place, (_, _, words, role, dash) in enumerate(LINES):
        x, y = 8 + 188 * (place // 4), 67 - 17 * (place % 4)
        ax.plot(
            (x / style.WIDTH, (x + 22) / style.WIDTH), (y / HEIGHT, y / HEIGHT), color=style.color(role),
            linestyle=dash, transform=fig.transFigure, clip_on=False,
        )  # fmt: skip
        fig.text((x + 28) / style.WIDTH, y / HEIGHT, words, color=style.color(role), ha="left", va="center_baseline")
    return fig


def _panel(ax: Axes, data: Measurement, source: int, limits: tuple[float, float], beside: tuple[float, float]) -> None:
    for element, scale, _, role, dash in LINES:
        points = []
        for group in GROUPS:
            where = {"source": source, "rotated": 0, "element": element, "group": group, "scale": scale}
            points.append((data.cell("bits_per_element", **where), data.cell("sqnr_db", **where)))
        ax.plot(*zip(*points, strict=True), color=style.color(role), linestyle=dash, marker="o", markersize=4)
    for name, group, scale, role, offset in (
        ("NVFP4", 16, BY_E4M3, "blue", (9.0, 0.0)),
        ("MXFP4", 32, DOWN, "rose", beside),
    ):
        where = {"source": source, "rotated": 0, "element": FP4, "group": group, "scale": scale}
        at = (data.cell("bits_per_element", **where), data.cell("sqnr_db", **where))
        ax.plot(*at, "o", color=style.color(role), markersize=9, markerfacecolor="none", markeredgewidth=1.6)
        style.label(ax, at, name, role, offset=offset)
    ax.set_xlim(4.03, 5.05)
    ax.set_ylim(*limits)
    style.ticks(ax, "x", (4.125, 4.25, 4.5, 4.75, 5), ("4.125", "4.25", "4.5", "4.75", "5"))
    ticks = range(int(limits[0]) + 1, int(limits[1]) + 1)
    style.ticks(ax, "y", ticks, [str(tick) for tick in ticks])
