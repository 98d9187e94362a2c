"""A GPU that is cooled too little: temperature and clock over two minutes, simulated."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from figures import style
from figures.lab.throttling import Chip, Governor, Trace, run

TITLE = "A GPU that throttles: temperature and clock over time, simulated"
HEIGHT, SPLIT = 420.0, 210.0
CHIP = Chip(resistance=0.06, capacity=300, coolant=35, leakage=60)
CUBE = 450 / 1.83**3  # W per GHz cubed: 450 W of switching at 1.83 GHz, beside 150 W that does not follow the clock
FAST, SECONDS = 1.83, 120.0
# Words, colour, clocks of the ladder, release.
TWO = Governor((FAST, 1.2), (150 + CUBE * FAST**3, 150 + CUBE * 1.2**3), throttle=74, release=70)
LADDER_CLOCKS = tuple(FAST - 0.015 * rung for rung in range(60))
MANY = Governor(
    LADDER_CLOCKS, tuple(150 + CUBE * clock**3 for clock in LADDER_CLOCKS), throttle=74, release=73.5, interval=0.25
)


def traces() -> tuple[Trace, Trace]:
    """The governor with two clocks, and the one with a ladder of sixty."""
    return run(CHIP, TWO, SECONDS, start=40), run(CHIP, MANY, SECONDS, start=40, noise=0.02, seed=16)


def draw() -> Figure:
    """Above the temperature, below the clock."""
    fig = style.figure(HEIGHT)
    upper = style.axes(fig, x="", y="Temperature of the junction (°C)", bottom=HEIGHT - SPLIT + 20)
    lower = style.axes(fig, x="Time (s)", y="", top=SPLIT + 26)
    fig.text(4 / style.WIDTH, 1 - (SPLIT + 2) / HEIGHT, "Clock (GHz)", ha="left", va="top")
    for ax in (upper, lower):
        ax.set_xlim(0, SECONDS)
        style.ticks(ax, "x", (0, 30, 60, 90, 120), ("0", "30", "60", "90", "120"))
    upper.set_ylim(35, 82)
    style.ticks(upper, "y", (40, 50, 60, 70, 80), ("40", "50", "60", "70", "80"))
    lower.set_ylim(0.9, 2.0)
    style.ticks(lower, "y", (1.0, 1.2, 1.4, 1.6, 1.8), ("1.0", "1.2", "1.4", "1.6", "1.8"))
    for trace, role, drawstyle in zip(traces(), ("blue", "orange"), ("steps-post", "default"), strict=True):
        every = max(1, round(0.25 / (trace.time[1] - trace.time[0])))
        seen = np.arange(0, trace.time.size, every)
        upper.plot(trace.time[seen], trace.temperature[seen], color=style.color(role), linewidth=1.3)
        lower.plot(trace.time[seen], trace.clock[seen], color=style.color(role), linewidth=1.3, drawstyle=drawstyle)
    upper.axhline(TWO.throttle, color=style.color("muted"), linewidth=0.9, linestyle=(0, (3, 2)))
    style.label(upper, (2, TWO.throttle), "throttles at 74 °C", "muted", offset=(0, 8))
    style.label(lower, (60, 1.08), "two clocks", "blue", offset=(0, 0))
    style.label(lower, (60, 1.92), "a ladder of clocks", "orange", offset=(0, 0))
    return fig
