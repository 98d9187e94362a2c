"""Published time and energy of an epoch under power limits."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.power_and_thermal_management.results_caps import curve

TITLE = "Time and energy of an epoch of training under power limits, as published"
HEIGHT, SPLIT = 440.0, 218.0
# Entry, words, colour, where the words stand (limit, value) in the upper and in the lower half.
SERIES = (
    ("bert_a40", "BERT, A40", "blue", ((245, 0.83), (128, 3.1))),
    ("bert_v100", "BERT, V100", "orange", ((98, 0.76), (182, 1.5))),
    ("ncf_a40", "NCF, A40", "green", ((215, 1.1), (108, 0.7))),
)
TICKS = (100, 150, 200, 250, 300)


def draw() -> Figure:
    """Both over those at the highest limit; dots are single runs."""
    fig = style.figure(HEIGHT)
    upper = style.axes(fig, x="", y="Energy of an epoch, over that at the highest limit", bottom=HEIGHT - SPLIT + 20)
    lower = style.axes(fig, x="Power limit (W)", y="", top=SPLIT + 26)
    words = "Time of an epoch, over that at the highest limit"
    fig.text(4 / style.WIDTH, 1 - (SPLIT + 2) / HEIGHT, words, ha="left", va="top")
    for ax in (upper, lower):
        ax.set_xlim(90, 310)
        style.ticks(ax, "x", TICKS, [str(tick) for tick in TICKS])
    upper.set_ylim(0.7, 1.7)
    lower.set_ylim(0, 4.4)
    style.ticks(upper, "y", (0.8, 1.0, 1.2, 1.4, 1.6), ("0.8", "1.0", "1.2", "1.4", "1.6"))
    style.ticks(lower, "y", (0, 1, 2, 3, 4), ("0", "1", "2", "3", "4"))
    for key, name, role, places in SERIES:
        rows = [(limit.value, time.value, time.value * power.value) for limit, time, power in curve(key)]
        limits = [limit for limit, _, _ in rows]
        _, time, energy = rows[-1]
        upper.plot(limits, [one[2] / energy for one in rows], "o-", color=style.color(role), markersize=5)
        lower.plot(limits, [one[1] / time for one in rows], "o-", color=style.color(role), markersize=5)
        style.label(upper, places[0], name, role, offset=(0, 0))
        style.label(lower, places[1], name, role, offset=(0, 0))
    return fig
