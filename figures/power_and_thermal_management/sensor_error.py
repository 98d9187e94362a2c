"""A load that alternates, what a sensor sees of it, and how wrong the energy is that it reports."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from figures import paths, style
from figures.formulas import power_sensors
from figures.lab.power_sensor import readings
from figures.measurement import read
from figures.measurements import power_sensor_error as simulated
from figures.power_and_thermal_management import results

TITLE = "A power sensor that averages a part of the time, and the error of its energy"
HEIGHT, SPLIT = 470.0, 218.0
HIGH, LOW, CYCLE = results.sensor_high.value, results.sensor_low.value, results.sensor_cycle.value / 1e3
WINDOW, UPDATE = results.window.value / 1e3, results.update.value / 1e3
DRAWN, STEP = 0.6, 0.001  # s
NEAR = 0.1  # of a cycle, over which lines are averaged
# Window, words, colour, where the words stand (cycle, error in %).
SENSORS = (
    (simulated.SHORT, "averages 25 ms", "orange", (0.45, 9)),
    (simulated.LONG, "averages 1 s", "blue", (0.25, 0.05)),
)
COUNT = simulated.COUNTS[1]


def draw() -> Figure:
    """Above the first readings, below the standard error of the energy of ten seconds.

    Lines are root mean squares over cycles within a tenth; dots are simulated at one cycle each.
    """
    fig = style.figure(HEIGHT)
    upper = style.axes(fig, x="Time (s)", y="Power (W)", bottom=HEIGHT - SPLIT + 44)
    lower = style.axes(fig, x="Cycle of the load (s)", y="", top=SPLIT + 22)
    words = f"Standard error of the energy of {COUNT * UPDATE:.0f} s (%)"
    fig.text(4 / style.WIDTH, 1 - (SPLIT - 2) / HEIGHT, words, ha="left", va="top")
    _trace(upper)
    for window, name, role, place in SENSORS:
        _errors(lower, window, role)
        style.label(lower, place, name, role, offset=(0, 0))
    lower.set_xscale("log")
    lower.set_yscale("log")
    lower.set_xlim(0.01, 4)
    lower.set_ylim(0.003, 90)
    style.ticks(lower, "x", (0.01, 0.1, 1), ("0.01", "0.1", "1"))
    style.ticks(lower, "y", (0.01, 0.1, 1, 10), ("0.01", "0.1", "1", "10"))
    style.label(lower, (UPDATE, 55), "cycle = interval", "muted", offset=(10, -8))
    return fig


def _trace(ax: Axes) -> None:
    times = (np.arange(round(DRAWN / STEP)) + 0.5) * STEP
    power = np.where(times % CYCLE < results.sensor_share.value * CYCLE, HIGH, LOW)
    ax.plot(times, power, color=style.color("muted"), linewidth=1.0)
    found = readings(power, round(WINDOW / STEP), round(UPDATE / STEP), 0)
    ends = (np.arange(found.size) + 1) * UPDATE
    for end in ends:
        ax.axvspan(end - WINDOW, end, color=style.color("orange"), alpha=0.18, linewidth=0)
    ax.step(ends, found, where="post", color=style.color("orange"))
    ax.plot(ends, found, "o", color=style.color("orange"), markersize=6)
    ax.set_xlim(0, DRAWN + 0.02)
    ax.set_ylim(100, 800)
    style.ticks(ax, "x", (0, 0.2, 0.4, 0.6), ("0", "0.2", "0.4", "0.6"))
    style.ticks(ax, "y", (200, 400, 600), ("200", "400", "600"))
    style.label(ax, (0.005, 720), "true power", "muted", offset=(0, 0))
    style.label(ax, (0.225, 720), "windows and readings", "orange", offset=(0, 0))


def _errors(ax: Axes, window: float, role: str) -> None:
    mean = simulated.SHARE * simulated.HIGH + (1 - simulated.SHARE) * simulated.LOW
    load = (simulated.HIGH, simulated.LOW, simulated.SHARE)
    cycles = np.geomspace(0.01, 4, 60)
    near = np.linspace(1 - NEAR, 1 + NEAR, 31)
    line = [
        np.mean(
            [power_sensors.even_reading_deviation(*load, cycle * part, window, UPDATE, COUNT) ** 2 for part in near]
        )
        for cycle in cycles
    ]
    ax.plot(cycles, 100 * np.sqrt(line) / mean, color=style.color(role))
    rows = [
        row
        for row in read(paths.FIGURES / "power_and_thermal_management" / "sensor_error.csv").rows
        if row["window"] == window and row["count"] == COUNT and row["error"] > 0
    ]
    ax.plot(
        [row["cycle"] for row in rows], [100 * row["error"] for row in rows], "o", color=style.color(role), markersize=5
    )
