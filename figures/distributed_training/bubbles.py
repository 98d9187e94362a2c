"""Bubble rate over micro-batches: simulated schedules on the curves of their closed forms."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.formulas.pipeline_bubbles import bubble_overhead, bubble_rate
from figures.measurement import read
from figures.measurements.pipeline_schedules import (
    DEVICES,
    DUALPIPE,
    FOLDER,
    INTERLEAVED_4,
    MICROS,
    PLAIN,
    ZB_H1,
)

TITLE = "Bubble rate against micro-batches, eight devices"

CURVES = ((PLAIN, 1.0, "GPipe, 1F1B", "rose"), (INTERLEAVED_4, 1 / 4, "interleaved, 4", "blue"))
POINTS = ((ZB_H1, 1 / 3, "ZB-H1", "green"), (DUALPIPE, 2 / 7, "DualPipe", "purple"))


def draw() -> Figure:
    """Idle share of a step with a flush, in per cent."""
    data = read(FOLDER / "schedules.csv")
    fig = style.figure(270)
    ax = style.axes(fig, x="Micro-batches of a step", y="Idle share of a step (%)", right=96)
    ends = []
    for schedule, factor, words, role in (*CURVES, *POINTS):
        xs = [16 * 8 ** (step / 60) for step in range(61)]
        if schedule == DUALPIPE:
            ys = [100 * bubble_rate(6 / (3 * x)) for x in xs]
        else:
            ys = [100 * bubble_rate(factor * bubble_overhead(DEVICES, 1, 1) / x) for x in xs]
        ax.plot(xs, ys, color=style.color(role))
        found = [100 * data.cell("flushed_rate", schedule=schedule, micros=micros) for micros in MICROS]
        ax.plot(MICROS, found, "o", color=style.color(role), markersize=4.5)
        ends.append((ys[-1], words, role))
    ax.set_xscale("log", base=2)
    ax.set_xlim(15, 135)
    ax.set_ylim(0, 32)
    style.ticks(ax, "x", (16, 32, 64, 128), ("16", "32", "64", "128"))
    style.ticks(ax, "y", (0, 10, 20, 30), ("0", "10", "20", "30"))
    style.end_labels(ax, ends)
    return fig
