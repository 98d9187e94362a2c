"""Energy and time of a step against the clock, for decode and for prefill."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from figures import style
from figures.formulas import clocks
from figures.power_and_thermal_management import results
from figures.results import Assumed, Computed

TITLE = "Energy and time of a step against the clock"
TOP = results.top.value  # GHz
LOW = 0.4
LOWER = "Time of a step, over that at the top clock"
HEIGHT, SPLIT = 430.0, 214.0
# Words, colour, memory and compute time in ms, coefficient, best clock; where the words stand in each half.
WORK = (
    (
        "decode",
        "blue",
        results.decode_memory,
        results.decode_compute,
        results.decode_cubic,
        results.decode_clock,
        ((1.0, 0.45), (1.3, 0.6)),
    ),
    (
        "prefill",
        "orange",
        results.prefill_memory,
        results.prefill_compute,
        results.full_cubic,
        results.prefill_clock,
        ((0.75, 1.3), (0.83, 2.8)),
    ),
)


def draw() -> Figure:
    """Both relative to the top clock; dots mark the clock of least energy."""
    fig = style.figure(HEIGHT)
    upper = style.axes(fig, x="", y="Energy of a step, over that at the top clock", bottom=HEIGHT - SPLIT + 20)
    lower = style.axes(fig, x="Clock (GHz)", y="", top=SPLIT + 26)
    fig.text(4 / style.WIDTH, 1 - (SPLIT + 2) / HEIGHT, LOWER, ha="left", va="top")
    for ax, most in ((upper, 2.0), (lower, 4.0)):
        ax.set_xlim(LOW, TOP)
        ax.set_ylim(0, most)
        style.ticks(ax, "x", (0.4, 0.8, 1.2, 1.6), ("0.4", "0.8", "1.2", "1.6"))
    style.ticks(upper, "y", (0, 0.5, 1, 1.5, 2), ("0", "0.5", "1", "1.5", "2"))
    style.ticks(lower, "y", (0, 1, 2, 3, 4), ("0", "1", "2", "3", "4"))
    for words, role, memory, compute, cubic, best, places in WORK:
        time = _time(memory, compute)
        _curve(upper, _energy(time, cubic), role, best, (words, places[0]))
        _curve(lower, time, role, best, (words, places[1]))
    return fig


def _time(memory: Assumed, compute: Assumed) -> Callable[[float], float]:
    return lambda clock: clocks.overlapped_time_at(memory.value, compute.value, TOP, clock)


def _energy(time: Callable[[float], float], cubic: Computed) -> Callable[[float], float]:
    static = results.static.value
    coefficient = cubic.value * 1e27  # W per GHz cubed
    return lambda clock: clocks.cubic_power(static, coefficient, clock) * time(clock)


def _curve(
    ax: Axes, value: Callable[[float], float], role: str, best: Computed, words: tuple[str, tuple[float, float]]
) -> None:
    grid = np.linspace(LOW, TOP, 300)
    ax.plot(grid, [value(clock) / value(TOP) for clock in grid], color=style.color(role))
    at = best.value / 1e9
    ax.plot(at, value(at) / value(TOP), "o", color=style.color(role), markersize=6)
    style.label(ax, words[1], words[0], role, offset=(0, 0))
