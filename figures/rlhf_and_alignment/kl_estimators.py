"""Scatter of two unbiased estimates of a KL divergence against the divergence."""

from __future__ import annotations

import math

from matplotlib.figure import Figure

from figures import style
from figures.formulas import kl_estimators

TITLE = "Relative standard deviation of two estimates of a KL divergence, two normal distributions"

GRID = [10 ** (step / 40) for step in range(-120, 21)]  # nats


def draw() -> Figure:
    """The third estimate is far better near and worse beyond the crossing."""
    fig = style.figure(270)
    ax = style.axes(fig, x="KL divergence (nats)", y="Standard deviation of one sample over the divergence", right=20)
    ax.set_xscale("log")
    ax.set_yscale("log")
    for estimate, role in ((kl_estimators.first_error, "orange"), (kl_estimators.third_error, "blue")):
        ax.plot(GRID, [estimate(math.sqrt(2 * one)) for one in GRID], color=style.color(role))
    at = kl_estimators.divergence_at_error_ratio(1)
    ax.plot((at, at), (0.5, kl_estimators.first_error(math.sqrt(2 * at))), color=style.color("muted"), linewidth=0.9)
    ax.set_xlim(GRID[0], 3.2)
    ax.set_ylim(0.5, 60)
    style.ticks(ax, "x", (0.001, 0.01, 0.1, 1), ("0.001", "0.01", "0.1", "1"))
    style.ticks(ax, "y", (0.5, 1, 2, 5, 10, 20, 50), ("0.5", "1", "2", "5", "10", "20", "50"))
    style.label(ax, (0.004, kl_estimators.first_error(math.sqrt(0.008))), "−log r", "orange", offset=(6, 6))
    style.label(ax, (0.004, 1.42), "r − 1 − log r", "blue", offset=(0, -12))
    style.label(ax, (at, 0.5), f"{at:.2f}", "muted", offset=(-4, 8), ha="right")
    return fig
