"""Share of its own frequency that each pair of gpt-oss keeps: the ramp of the paper on YaRN and that of its code."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.context_window_scaling.wavelengths import BASE, DIM, ORIGINAL
from figures.formulas import rope, rope_scaling

TITLE = "The ramp of NTK-by-parts in turns, with two upper bounds, and the ramp of YaRN's code in the index"

STEPS = [step / 10 for step in range(311)]


def draw() -> Figure:
    """Three curves between the same two ends, or with Llama 3's upper bound."""
    fig = style.figure(250)
    ax = style.axes(fig, x="Pair, from the fastest", y="Share of its own frequency that a pair keeps", left=38)
    turns = [rope.turns(ORIGINAL, rope.wavelength(rope.pair_frequency(BASE, DIM, pair))) for pair in STEPS]
    first, last = (rope.turning_pair(DIM, BASE, ORIGINAL, count) for count in (32, 1))
    ax.plot(STEPS, [rope_scaling.kept_by_index(pair, first, last) for pair in STEPS], color=style.color("blue"))
    for high, role, line in ((32, "orange", (0, (4, 2))), (4, "green", (0, (1, 1.2)))):
        ax.plot(
            STEPS,
            [rope_scaling.kept_by_turns(one, 1, high) for one in turns],
            color=style.color(role),
            linestyle=line,
        )
    style.label(ax, (8.9, 0.3), "paper, by turns", "orange", offset=(-6, -14), ha="right")
    style.label(ax, (15, 0.3), "code, by index", "blue", offset=(8, 6))
    style.label(ax, (13.7, 0.92), "Llama 3's rule: 1 to 4 turns", "green", offset=(8, 4))
    ax.set_xlim(0, 31)
    ax.set_ylim(-0.03, 1.05)
    style.ticks(ax, "x", (0, 8, 16, 24, 31), ("0", "8", "16", "24", "31"))
    style.ticks(ax, "y", (0, 0.5, 1), ("0", "0.5", "1"))
    return fig
