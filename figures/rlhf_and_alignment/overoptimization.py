"""True reward against the distance that best-of-n and the tilt have gone, for three kinds of proxy."""

from __future__ import annotations

import math

from matplotlib.figure import Figure

from figures import paths, style
from figures.measurement import read

TITLE = "True reward against the square root of the KL divergence, for three proxies"

LINES = ((1, 1, "ink", "-"), (2, 1, "orange", "-"), (3, 1, "blue", "-"), (3, 2, "blue", "--"))


def draw() -> Figure:
    """Normal noise never turns down; heavy tails and tricks do."""
    rows = read(paths.FIGURES / "rlhf_and_alignment" / "overoptimization.csv").rows
    fig = style.figure(300)
    ax = style.axes(fig, x="Square root of the KL divergence from the reference", y="True reward (standard deviations)")
    for world, method, role, dashes in LINES:
        found = [row for row in rows if (row["world"], row["method"]) == (world, method)]
        distance = [math.sqrt(max(0, row["divergence"])) for row in found]
        ax.plot(distance, [row["gold"] for row in found], dashes, color=style.color(role))
    ax.set_xlim(0, 3)
    ax.set_ylim(-0.5, 3.4)
    style.ticks(ax, "x", (0, 1, 2, 3), ("0", "1", "2", "3"))
    style.ticks(ax, "y", (0, 1, 2, 3), ("0", "1", "2", "3"))
    style.label(ax, (0.12, 3.15), "best-of-n, normal noise", "ink", offset=(0, 0))
    style.label(ax, (0.12, 2.8), "best-of-n, rare tricks", "blue", offset=(0, 0))
    style.label(ax, (0.12, 2.45), "dashed: tilt, rare tricks", "blue", offset=(0, 0))
    style.label(ax, (0.12, 2.1), "best-of-n, heavy tail", "orange", offset=(0, 0))
    return fig
