"""Peak memory by the ledger against what was measured."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import data, style
from figures.distributed_training import results_memory as results
from figures.measurements.pipeline_schedules import CASES

TITLE = "Peak memory: ledger against measurement"


def draw() -> Figure:
    """1F1B and a schedule with twice its activations; the line is equality."""
    fig = style.figure(270)
    ax = style.axes(fig, x="By the ledger (GB)", y="Measured peak (GB)", right=30)
    ax.plot([20, 85], [20, 85], color=style.color("muted"), linewidth=1.1)
    for name, factor, words, role, spot in (
        ("plain_memory", results.one, "1F1B", "blue", (43, 43)),
        ("doubled_memory", results.two, "ZB-2p", "rose", (71.9, 74)),
    ):
        xs = [results.pipeline_peak(case, factor).value / 1e9 for case in CASES]
        ys = [data.value("pipelines", case, name).value for case in CASES]
        ax.plot(xs, ys, "o", color=style.color(role), markersize=6)
        style.label(ax, spot, words, role, offset=(-8, 8), ha="right")
    ax.set_xlim(20, 85)
    ax.set_ylim(20, 85)
    style.ticks(ax, "x", (20, 40, 60, 80), ("20", "40", "60", "80"))
    style.ticks(ax, "y", (20, 40, 60, 80), ("20", "40", "60", "80"))
    return fig
