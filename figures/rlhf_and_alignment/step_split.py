"""Where the time of a published step goes, and the asynchronous step beside it."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.data import value

TITLE = "Step of Qwen2.5-Math-7B with DAPO on 32, 64 and 128 H20: phases in turn, and asynchronous"

PHASES = (("generation", "orange", "sampling"), ("scoring", "purple", "scoring"), ("update", "blue", "update"))
GPUS = (32, 64, 128)


def draw() -> Figure:
    """Two bars for each number of GPUs."""
    fig = style.figure(290)
    ax = style.axes(fig, x="H20 GPUs", y="Time of a step (s)", left=48)
    for place, gpus in enumerate(GPUS):
        bottom = 0.0
        for name, role, _ in PHASES:
            height = value("rl_steps", f"verl_{gpus}", name).value
            ax.bar(place - 0.2, height, 0.36, bottom=bottom, color=style.color(role), linewidth=0)
            bottom += height
        rest = value("rl_steps", f"verl_{gpus}", "step").value - bottom
        ax.bar(place - 0.2, rest, 0.36, bottom=bottom, color=style.color("muted"), linewidth=0)
        other = value("rl_steps", f"verl_{gpus}", "asynchronous").value
        ax.bar(place + 0.2, other, 0.36, color=style.color("green"), linewidth=0)
    ax.set_xlim(-0.5, 2.5)
    ax.set_ylim(0, 850)
    style.ticks(ax, "x", (0, 1, 2), [str(one) for one in GPUS])
    style.ticks(ax, "y", (0, 200, 400, 600, 800), ("0", "200", "400", "600", "800"))
    words = [(word, role) for _, role, word in PHASES[::-1]]
    words = [("asynchronous", "green"), ("other", "muted"), *words]
    for line, (word, role) in enumerate(words):
        style.label(ax, (1.35, 800 - 62 * line), word, role, offset=(0, 0))
    return fig
