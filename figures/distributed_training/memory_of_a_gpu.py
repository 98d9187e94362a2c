"""Memory of one GPU of Llama 3 405B's first pipeline stage, part by part, in four configurations."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.distributed_training import results_memory as results

TITLE = "Memory of a GPU of Llama 3 405B by part"

BARS = (
    ("all kept", results.llama_states, results.llama_full),
    ("fused SwiGLU", results.llama_states, results.llama_fused),
    ("lean SwiGLU", results.llama_states, results.llama_lean),
    ("lean, FP32 gradients whole", results.llama_states_unsplit, results.llama_lean),
    ("full recompute", results.llama_states, results.llama_checkpoints),
)


def draw() -> Figure:
    """States and activations in gigabytes, beside what an H100 has."""
    fig = style.figure(255)
    ax = style.axes(fig, x="Memory of one GPU (GB)", y="", left=8, top=16, right=18)
    ax.grid(False)
    for number, (words, states, activations) in enumerate(BARS):
        at = -2.0 * number
        first, second = states.value / 1e9, activations.value / 1e9
        ax.barh(at, first, 0.8, color=style.color("orange"))
        ax.barh(at, second, 0.8, left=first, color=style.color("blue"))
        style.label(ax, (0, at + 0.45), f"{words}: {first + second:.0f}", "ink", offset=(0, 7))
    limit = results.h100_memory.value
    ax.plot([limit, limit], [-2.0 * len(BARS) + 1.2, 1.6], color=style.color("ink"), linewidth=1.1, linestyle="--")
    ax.set_xlim(0, 96)
    ax.set_ylim(-2.0 * len(BARS) + 1.2, 1.6)
    ax.spines["left"].set_visible(False)
    style.ticks(ax, "x", (0, 20, 40, 60, 80), ("0", "20", "40", "60", "80"))
    style.ticks(ax, "y", (), ())
    style.label(ax, (limit, 1.2), "H100", "ink", offset=(4, 0))
    style.label(ax, (60, -8.0), "states", "orange")
    style.label(ax, (60, -7.2), "activations", "blue")
    return fig
