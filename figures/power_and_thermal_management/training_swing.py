"""Power of a rack while it trains: as it is, behind a filter, and flat."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from figures import style
from figures.formulas import heat
from figures.lab.power_traces import Phase, training
from figures.power_and_thermal_management import results

TITLE = "Power of a rack in training, with and without storage"
STEP, CYCLES, CONSTANT = 0.01, 3, 5.0  # s, cycles drawn, s
HIGH, LOW = results.rack.value, results.waiting.value  # kW
SHARE, CYCLE = results.high_share.value, results.long_cycle.value


def draw() -> Figure:
    """The wave, a first-order filter of five seconds and the mean that a full store leaves."""
    busy, wait = Phase(HIGH, SHARE * CYCLE), Phase(LOW, (1 - SHARE) * CYCLE)
    wave = training(busy, wait, 1, 20 * CYCLE, STEP, seed=16)[0]
    mean = heat.mean_power(SHARE, HIGH, LOW)
    filtered, value = np.empty_like(wave), mean
    for index, power in enumerate(wave):
        value = heat.temperature_after(value, power, STEP, CONSTANT)
        filtered[index] = value
    seen = slice(-round(CYCLES * CYCLE / STEP), None)
    time = (np.arange(round(CYCLES * CYCLE / STEP)) + 0.5) * STEP
    fig = style.figure(260)
    ax = style.axes(fig, x="Time (s)", y="Power of the rack (kW)")
    ax.fill_between(time, wave[seen], mean, color=style.color("muted"), alpha=0.15, linewidth=0)
    ax.plot(time, wave[seen], color=style.color("muted"), linewidth=1.2)
    ax.plot(time, filtered[seen], color=style.color("orange"))
    ax.axhline(mean, color=style.color("blue"))
    ax.set_xlim(0, CYCLES * CYCLE)
    ax.set_ylim(0, 150)
    style.ticks(ax, "x", (0, 5, 10, 15), ("0", "5", "10", "15"))
    style.ticks(ax, "y", (0, 50, 100, 150), ("0", "50", "100", "150"))
    style.label(ax, (0.3, 138), "as it is", "muted", offset=(0, 0))
    style.label(ax, (4.6, 138), "behind a filter of 5 s", "orange", offset=(0, 0))
    style.label(ax, (0.3, 32), "with a store that makes it flat", "blue", offset=(0, 0))
    return fig
