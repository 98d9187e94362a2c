"""What a group of answers teaches against the difficulty of the prompt."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.formulas import answer_groups

TITLE = "Expected push of a group of 16 answers and share of useful groups, against the probability of a right answer"

ANSWERS = 16
GRID = [step / 200 for step in range(1, 200)]


def draw() -> Figure:
    """Centred and normalized pushes, and the share of the groups that teach anything."""
    fig = style.figure(280)
    ax = style.axes(fig, x="Probability of a right answer", y="Push on the log-odds; share of groups", right=16)
    ax.plot(GRID, [answer_groups.useful_share(p, ANSWERS) for p in GRID], color=style.color("muted"), linewidth=1.2)
    ax.plot(GRID, [answer_groups.normalized_signal(p, ANSWERS) for p in GRID], color=style.color("orange"))
    ax.plot(GRID, [answer_groups.centred_signal(p, ANSWERS) for p in GRID], color=style.color("blue"))
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1.05)
    style.ticks(ax, "x", (0, 0.25, 0.5, 0.75, 1), ("0", "0.25", "0.5", "0.75", "1"))
    style.ticks(ax, "y", (0, 0.25, 0.5, 0.75, 1), ("0", "0.25", "0.5", "0.75", "1"))
    style.label(ax, (0.5, 0.92), "groups with right and wrong answers", "muted", offset=(0, 0), ha="center")
    style.label(ax, (0.5, 0.55), "normalized (GRPO)", "orange", offset=(0, 0), ha="center")
    style.label(ax, (0.5, 0.29), "centred (Dr. GRPO)", "blue", offset=(0, 0), ha="center")
    return fig
