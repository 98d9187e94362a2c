"""Share of scores and weighted values in the operations of a prefill, against the length of the prompt."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.context_window_scaling.results_cost import v3_active
from figures.data import value
from figures.formulas import context_cost, experts
from figures.shapes import cache_shape, head_dim

TITLE = "Share of attention in the operations of a prefill for four models"

CONTEXTS = [1024 * 2 ** (step / 2) for step in range(21)]


def shares(name: str) -> list[float]:
    """The share at every context, for a dense decoder."""
    groups = cache_shape(name).groups
    shape = (
        int(value("models", name, "query_heads").value),
        int(head_dim(name).value),
        int(head_dim(name).value),
        [group.layers.value for group in groups],
        [group.window.value for group in groups],
    )
    return _shares(value("models", name, "parameters").value, shape)


def deepseek_shares() -> list[float]:
    """DeepSeek-V3 with its active parameters, keys of 192 dimensions and values of 128."""
    heads, layers = (value("models", "deepseek_v3", field).value for field in ("query_heads", "layers"))
    return _shares(v3_active.value, (int(heads), 192, 128, [layers], [0]))


def _shares(parameters: float, shape: tuple[int, int, int, list[float], list[float]]) -> list[float]:
    return [
        context_cost.attention_share(
            context_cost.attention_operations(context, *shape), experts.weight_operations(context, parameters)
        )
        for context in CONTEXTS
    ]


def draw() -> Figure:
    """Curves through one half where attention overtakes the weights."""
    fig = style.figure(270)
    ax = style.axes(fig, x="Prompt (tokens, k = 1,024)", y="Share of attention in the prefill", left=46, right=110)
    ax.set_xscale("log", base=2)
    lines = [
        (shares("llama3_1_8b"), "Llama 3.1 8B", "blue"),
        (shares("llama3_1_405b"), "Llama 3.1 405B", "orange"),
        (shares("gemma3_27b"), "Gemma 3 27B", "green"),
        (deepseek_shares(), "DeepSeek-V3", "purple"),
    ]
    for found, _, role in lines:
        ax.plot(CONTEXTS, found, color=style.color(role))
    ax.axhline(0.5, color=style.color("muted"), linewidth=0.9, linestyle=(0, (2, 2)))
    ax.set_xlim(CONTEXTS[0], CONTEXTS[-1])
    ax.set_ylim(0, 1)
    style.ticks(ax, "x", [1024 * 4**power for power in range(6)], ("1k", "4k", "16k", "64k", "256k", "1M"))
    style.ticks(ax, "y", (0, 0.25, 0.5, 0.75, 1), ("0 %", "25 %", "50 %", "75 %", "100 %"))
    style.end_labels(ax, [(found[-1], words, role) for found, words, role in lines], gap=15)
    return fig
