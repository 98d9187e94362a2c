"""Energy that readings of a trailing average show of a run that follows idle time."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from figures import paths, style
from figures.formulas import power_sensors
from figures.measurement import read
from figures.measurements import power_sensor_error as simulated

TITLE = "Energy that averaged readings show of a run after idle time"
# Window, words, colour, where the words stand (run, share in %).
SENSORS = (
    (simulated.SHORT, "averages 25 ms", "orange", (0.22, 106)),
    (simulated.LONG, "averages 1 s", "blue", (0.95, 56)),
)


def draw() -> Figure:
    """Lines by the formula for readings without a gap, dots simulated."""
    fig = style.figure(240)
    ax = style.axes(fig, x="Length of the run (s)", y="Energy of the readings over the true one (%)")
    rows = read(paths.FIGURES / "power_and_thermal_management" / "sensor_lag.csv").rows
    idle = simulated.LOW / simulated.HIGH
    runs = np.geomspace(0.15, 25, 200)
    for window, words, role, place in SENSORS:
        seen = [100 * (idle + (1 - idle) * power_sensors.lagging_share(window, run)) for run in runs]
        ax.plot(runs, seen, color=style.color(role))
        own = [row for row in rows if row["window"] == window]
        ax.plot([row["run"] for row in own], [100 * row["shown"] for row in own], "o", color=style.color(role))
        style.label(ax, place, words, role, offset=(0, 0))
    ax.set_xscale("log")
    ax.set_xlim(0.15, 25)
    ax.set_ylim(0, 118)
    style.ticks(ax, "x", (0.2, 1, 5, 20), ("0.2", "1", "5", "20"))
    style.ticks(ax, "y", (0, 25, 50, 75, 100), ("0", "25", "50", "75", "100"))
    return fig
