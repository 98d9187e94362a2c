"""Time of layers that stream from a drive against the batch: measured and predicted, one buffer and two."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.formulas import prefetch
from figures.measurements.weight_streaming import BATCHES
from figures.memory_hierarchy_and_offloading.results_measured import STREAMED, predicted_time

TITLE = "Layers streamed from a drive: one buffer against two, measured and predicted"

WAYS = (
    ("serial", "one buffer", prefetch.single_buffer_time, "rose", "o"),
    ("overlapped", "two buffers", prefetch.double_buffer_time, "blue", "s"),
)


def draw() -> Figure:
    """Lines are predicted from reading and multiplying alone; markers, with quartiles, are measured."""
    fig = style.figure(290)
    ax = style.axes(fig, x="Batch", y="Seconds for eight layers", top=34, right=20)
    ax.set_xscale("log", base=2)
    ax.set_xlim(0.85, 330)
    ax.set_ylim(0, 2.2)
    for way, words, formula, role, marker in WAYS:
        paint = style.color(role)
        middle, low, high = (
            [STREAMED.cell(f"{way}_{name}_s", batch=batch) for batch in BATCHES] for name in ("median", "q1", "q3")
        )
        ax.plot(BATCHES, [predicted_time(formula, batch).value for batch in BATCHES], color=paint, linewidth=1.4)
        ax.vlines(BATCHES, low, high, color=paint, linewidth=1.2)
        ax.plot(BATCHES, middle, marker, color=paint, markersize=6)
        above = way == "serial"
        style.label(ax, (24, 1.42 if above else 0.56), words, role, ha="center")
    compute = [STREAMED.cell("compute_s", batch=batch) for batch in BATCHES]
    ax.plot(BATCHES, compute, color=style.color("muted"), linewidth=1.2, linestyle=(0, (4, 2)))
    style.label(ax, (5, 0.27), "multiplying alone", "muted", ha="center")
    ticks = (1, 4, 16, 64, 256)
    style.ticks(ax, "x", ticks, [str(tick) for tick in ticks])
    style.ticks(ax, "y", (0, 0.5, 1, 1.5, 2), ("0", "0.5", "1", "1.5", "2"))
    return fig
