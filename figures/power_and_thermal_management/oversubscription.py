"""Power per server that many servers exceed in a thousandth of the time: simulated sums, and the normal formula."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from figures import paths, style
from figures.formulas import power_budget
from figures.measurement import read
from figures.measurements.oversubscription import ALONE, RISK, TOGETHER
from figures.power_and_thermal_management import results

TITLE = "Percentiles of the power of many servers"
FOLDER = paths.FIGURES / "power_and_thermal_management"
# Kind, words, colour, where the words stand (servers, kW per server).
KINDS = (
    (TOGETHER, "demands that rise together", "rose", (14, 9.55)),
    (ALONE, "independent", "blue", (14, 6.25)),
)


def draw() -> Figure:
    """Dots simulated; lines by the normal formula with the mean, the deviation and the correlation of the servers."""
    fig = style.figure(280)
    ax = style.axes(fig, x="Servers behind one feed", y="Power per server, exceeded in 0.1 % of the time (kW)")
    rows, fits = read(FOLDER / "oversubscription.csv"), read(FOLDER / "oversubscription_fits.csv")
    mean, deviation = results.server_mean.value, results.server_deviation.value
    counts = np.geomspace(4, 300, 100)
    ax.axhline(results.rated.value, color=style.color("muted"), linewidth=0.9, linestyle=(0, (3, 2)))
    ax.axhline(mean, color=style.color("muted"), linewidth=0.9, linestyle=(0, (3, 2)))
    for kind, words, role, place in KINDS:
        correlation = fits.cell("correlation", kind=kind)
        line = [
            power_budget.power_percentile(
                count, mean, power_budget.combined_deviation(count, deviation, correlation), RISK
            )
            / count
            for count in counts
        ]
        ax.plot(counts, line, color=style.color(role))
        own = [row for row in rows.rows if row["kind"] == kind]
        servers = [row["servers"] for row in own]
        ax.plot(servers, [row["percentile"] / 1e3 / row["servers"] for row in own], "o", color=style.color(role))
        style.label(ax, place, words, role, offset=(0, 0))
    style.label(ax, (90, 10), "rated", "muted", offset=(0, 8))
    style.label(ax, (1.1, mean), "mean", "muted", offset=(0, -9))
    ax.set_xscale("log")
    ax.set_xlim(0.9, 320)
    ax.set_ylim(5, 11)
    style.ticks(ax, "x", (1, 10, 100), ("1", "10", "100"))
    style.ticks(ax, "y", (5, 6, 7, 8, 9, 10), ("5", "6", "7", "8", "9", "10"))
    return fig
