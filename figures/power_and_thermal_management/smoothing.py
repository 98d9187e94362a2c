"""A pause of a rack that trains: as it is, with a dummy load and with a store, and the energy that each takes."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures import style
from figures.formulas import power_smoothing
from figures.lab import power_ramps
from figures.power_and_thermal_management import results_smoothing as results
from figures.power_and_thermal_management.results import rack, waiting

TITLE = "A pause of a rack, smoothed by a dummy load or a store, and what it costs"
HEIGHT, SPLIT = 450.0, 218.0
STEP, START, SECONDS = 0.02, 8.0, 60.0  # s
HIGH, LOW = rack.value, waiting.value  # kW
RAMP, PAUSE = results.ramp.value, results.pause.value  # kW/s, s
RAMPS = (4.0, 7.0, 12.0, 20.0, 35.0)  # kW/s


def draw() -> Figure:
    """Above one pause; below the energy of a pause against the ramp, lines by the formulas and dots simulated."""
    fig = style.figure(HEIGHT)
    upper = style.axes(fig, x="Time (s)", y="Power of the rack at its feed (kW)", bottom=HEIGHT - SPLIT + 44)
    lower = style.axes(fig, x="Steepest change of the power (kW/s)", y="", top=SPLIT + 22)
    fig.text(4 / style.WIDTH, 1 - (SPLIT - 2) / HEIGHT, "Energy of a pause (kJ)", ha="left", va="top")
    time = np.arange(round(SECONDS / STEP)) * STEP
    load = np.where((time >= START) & (time < START + PAUSE), LOW, HIGH)
    upper.plot(time, load, color=style.color("muted"), linewidth=1.0)
    upper.plot(time, power_ramps.burning(load, STEP, RAMP), color=style.color("orange"))
    upper.plot(time, power_ramps.storing(load, STEP, RAMP), color=style.color("blue"), linestyle=(0, (4, 2)))
    upper.set_xlim(0, SECONDS)
    upper.set_ylim(0, 150)
    style.ticks(upper, "x", (0, 20, 40, 60), ("0", "20", "40", "60"))
    style.ticks(upper, "y", (0, 50, 100, 150), ("0", "50", "100", "150"))
    style.label(upper, (13, 36), "as it is", "muted", offset=(0, 0))
    style.label(upper, (13, 136), "dummy load", "orange", offset=(0, 0))
    style.label(upper, (38, 78), "store", "blue", offset=(0, 0))
    _costs(lower, load)
    return fig


def _costs(ax: Axes, load: NDArray[np.float64]) -> None:
    share = 1 - results.store_efficiency.value
    ramps = np.geomspace((HIGH - LOW) / PAUSE, 40, 100)
    burnt = [power_smoothing.pause_burn(HIGH, LOW, ramp, PAUSE) for ramp in ramps]
    stored = [power_smoothing.ramp_energy(HIGH, LOW, ramp) for ramp in ramps]
    ax.plot(ramps, burnt, color=style.color("orange"))
    ax.plot(ramps, [share * one for one in stored], color=style.color("blue"))
    found = [power_ramps.burnt(load, power_ramps.burning(load, STEP, ramp), STEP) for ramp in RAMPS]
    ax.plot(RAMPS, found, "o", color=style.color("orange"))
    held = [power_ramps.capacity(load, power_ramps.storing(load, STEP, ramp), STEP) for ramp in RAMPS]
    ax.plot(RAMPS, [share * one for one in held], "o", color=style.color("blue"))
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlim(3.2, 45)
    ax.set_ylim(4, 1200)
    style.ticks(ax, "x", (5, 10, 20, 40), ("5", "10", "20", "40"))
    style.ticks(ax, "y", (10, 100, 1000), ("10", "100", "1,000"))
    style.label(ax, (11, 420), "burnt by the dummy load,", "orange", offset=(0, 0))
    style.label(ax, (11, 265), "or held by the store", "orange", offset=(0, 0))
    style.label(ax, (3.6, 17), "lost in the store", "blue", offset=(0, 0))
