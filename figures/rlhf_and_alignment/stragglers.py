"""Time of a batch of answers against the spread of their lengths, for three samplers."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import paths, style
from figures.measurement import read

TITLE = "Time of a batch over that of a stream against the spread of the lengths, for two samplers that wait"


def draw() -> Figure:
    """In units of the stream's time."""
    rows = read(paths.FIGURES / "rlhf_and_alignment" / "stragglers.csv").rows
    spread = [row["variation"] for row in rows]
    fig = style.figure(270)
    ax = style.axes(fig, x="Spread of the lengths (deviation over mean)", y="Time over that of a stream", right=16)
    for name, role in (("together", "orange"), ("oversampled", "purple")):
        ax.plot(spread, [row[f"{name}_time"] / row["streamed_time"] for row in rows], "o-", color=style.color(role))
    used = [row["oversampled_used"] for row in rows]
    ax.plot(spread, used, "s--", color=style.color("purple"), markersize=4.5, linewidth=1.1)
    ax.axhline(1, color=style.color("ink"), linewidth=1)
    ax.set_xlim(0.2, 1.3)
    ax.set_ylim(0, 5.2)
    style.ticks(ax, "x", (0.25, 0.5, 0.75, 1, 1.25), ("0.25", "0.5", "0.75", "1", "1.25"))
    style.ticks(ax, "y", (0, 1, 2, 3, 4, 5), ("0", "1", "2", "3", "4", "5"))
    style.label(ax, (0.24, 4.9), "all started together", "orange", offset=(0, 0))
    style.label(ax, (0.24, 4.5), "a quarter more started than used", "purple", offset=(0, 0))
    style.label(ax, (0.24, 4.1), "dashed: mean length used over asked", "purple", offset=(0, 0))
    return fig
