"""What requests to a small engine took, predicted by the simulator and measured, from arrival to last token."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.measurement import read
from figures.measurements.batching_loop import APART, CHUNKED
from figures.measurements.loop_prediction import FOLDER

TITLE = "Time of each request to a small engine, from arrival to last token: predicted and measured"


def draw() -> Figure:
    """A dot per request, both rates; on the line the prediction is right."""
    fig = style.figure(300)
    ax = style.axes(fig, x="Predicted by the simulator (s)", y="Measured, from arrival to last token (s)", right=24)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ends = (0.1, 20)
    ax.plot(ends, ends, color=style.color("muted"), linewidth=1.1, linestyle=(0, (4, 2)))
    rows = read(FOLDER / "batching_loop_predicted.csv").rows
    for policy, role, marker in ((APART, "orange", "o"), (CHUNKED, "blue", "s")):
        chosen = [row for row in rows if row["policy"] == policy]
        ax.plot(
            [row["predicted_ttft_s"] + row["predicted_lasting_s"] for row in chosen],
            [row["ttft_s"] + row["lasting_s"] for row in chosen],
            marker,
            color=style.color(role),
            markersize=4,
            markerfacecolor="none",
        )
    ax.set_xlim(*ends)
    ax.set_ylim(*ends)
    for axis in ("x", "y"):
        style.ticks(ax, axis, (0.1, 0.3, 1, 3, 10), ("0.1", "0.3", "1", "3", "10"))
    style.label(ax, (0.14, 12), "prompts apart", "orange", offset=(0, 0))
    style.label(ax, (0.14, 7.6), "chunked", "blue", offset=(0, 0))
    return fig
