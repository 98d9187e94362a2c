"""Reward against compute: two exponents and the margin of the ceiling."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.formulas.rl_scaling import reward_of_compute
from figures.rlhf_and_alignment.results_theory import ceiling, cispo, dapo, middle, start

TITLE = "Reward against GPU time for two exponents, with the margin of the ceiling"

GRID = [10 ** (2.5 + step / 50) for step in range(126)]  # hours
MARGIN = 0.02  # of the ceiling, over three runs: as of ScaleRL


def draw() -> Figure:
    """Two lines within one band."""
    fig = style.figure(270)
    ax = style.axes(fig, x="GPU time (hours)", y="Pass rate on held-out prompts", left=48, right=30)
    ax.set_xscale("log")

    def curve(top: float, exponent: float) -> list[float]:
        return [reward_of_compute(start.value, top, hours, middle.value, exponent) for hours in GRID]

    low, high = (curve(ceiling.value + sign * MARGIN, cispo.value) for sign in (-1, 1))
    ax.fill_between(GRID, low, high, color=style.color("blue"), alpha=0.2, linewidth=0)
    ax.plot(GRID, curve(ceiling.value, cispo.value), color=style.color("blue"))
    ax.plot(GRID, curve(ceiling.value, dapo.value), color=style.color("orange"))
    ax.set_xlim(GRID[0], GRID[-1])
    ax.set_ylim(0.28, 0.66)
    style.ticks(ax, "x", (1000, 10_000, 100_000), ("1,000", "10,000", "100,000"))
    style.ticks(ax, "y", (0.3, 0.4, 0.5, 0.6), ("0.3", "0.4", "0.5", "0.6"))
    style.label(ax, (400, 0.63), "B = 2.01, band: ceiling ± 0.02", "blue", offset=(0, 0))
    style.label(ax, (400, 0.6), "B = 1.77", "orange", offset=(0, 0))
    return fig
