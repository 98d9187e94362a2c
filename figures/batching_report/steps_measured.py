"""Decode steps of a small decoder on a CPU against the batch: measured, fitted, and bounded by the roofline."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.measurement import read
from figures.measurements import decoder_steps
from figures.measurements.loop_prediction import fitted

TITLE = "Time of a decode step of a small decoder on a CPU against the batch, for three contexts"

CONTEXTS = ((4096, "4k tokens", "orange"), (1024, "1k", "blue"), (256, "256", "green"))


def draw() -> Figure:
    """Dots are medians with quartiles, lines the fit, dashes the longer of both times by the roofs."""
    fig = style.figure(290)
    ax = style.axes(fig, x="Sequences in the batch", y="Time of a step (ms)", right=66)
    ax.set_xscale("log", base=2)
    ax.set_yscale("log")
    roofs = read(decoder_steps.ROOFS)
    bandwidth, peak = roofs.cell("copy"), roofs.cell("gemm")
    step = fitted()
    ends = []
    for context, words, role in CONTEXTS:
        rows = [
            row
            for row in read(decoder_steps.FILE).rows
            if (row["kv_heads"], row["context"], row["positions"]) == (decoder_steps.GQA, context, 1)
        ]
        batches = [row["batch"] for row in rows]
        medians = [1e3 * row["median_s"] for row in rows]
        around = [[1e3 * abs(row[side] - row["median_s"]) for row in rows] for side in ("q1_s", "q3_s")]
        bound = [
            1e3 * max((row["weight_bytes"] + row["cache_bytes"]) / bandwidth, decoder_steps.work(row) / peak)
            for row in rows
        ]
        sums = [1e3 * step.seconds(row["cache_bytes"], decoder_steps.work(row)) for row in rows]
        ax.errorbar(batches, medians, around, color=style.color(role), fmt="o", markersize=4, linewidth=1.3)
        ax.plot(batches, sums, color=style.color(role), linewidth=1.3)
        ax.plot(batches, bound, color=style.color(role), linewidth=1.1, linestyle=(0, (4, 2)))
        if batches[-1] == decoder_steps.BATCHES[-1]:
            ends.append((medians[-1], words, role))
        else:
            style.label(ax, (batches[-1], medians[-1]), words, role, offset=(-2, 14), ha="right")
    ax.set_xlim(0.8, 80)
    ax.set_ylim(14, 700)
    style.ticks(ax, "x", (1, 2, 4, 8, 16, 32, 64), ("1", "2", "4", "8", "16", "32", "64"))
    style.ticks(ax, "y", (20, 50, 100, 200, 500), ("20", "50", "100", "200", "500"))
    style.end_labels(ax, ends)
    style.label(ax, (76, 16.5), "dots: measured, solid: fit, dashed: roofline", "ink", offset=(0, 0), ha="right")
    return fig
