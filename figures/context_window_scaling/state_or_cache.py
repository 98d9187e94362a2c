"""What one sequence keeps, from 1,024 tokens to a million: caches, windows and states at two bytes per element."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.formulas.kv_cache import cache_bytes
from figures.results import Assumed, computed
from figures.shapes import cache_shape

TITLE = "Cache and state of one sequence to a million tokens for six models"

MODELS = (
    ("llama3_1_70b", "Llama 3.1 70B", "blue"),
    ("minimax_m2", "MiniMax-M2", "orange"),
    ("deepseek_v3_2_exp", "DeepSeek-V3.2", "rose"),
    ("qwen3_5_397b", "Qwen3.5-397B", "green"),
    ("kimi_k3", "Kimi K3", "purple"),
    ("deepseek_v4_pro", "DeepSeek-V4-Pro", "ink"),
)
CONTEXTS = tuple(2**power for power in range(10, 21))
BF16 = Assumed(2, "B", "BF16 elements")


def draw() -> Figure:
    """Log–log: a state shows as a floor on the left, growth as the slope on the right."""
    fig = style.figure(300)
    ax = style.axes(fig, x="Context (tokens, k = 1,024)", y="Kept for one sequence (BF16)", left=58, right=122)
    ax.set_xscale("log", base=2)
    ax.set_yscale("log", base=2)
    ends = []
    for model, words, role in MODELS:
        shape = cache_shape(model)
        sizes = [
            computed(cache_bytes, context=Assumed(context, "token", "axis"), **shape.inputs(BF16)).value
            for context in CONTEXTS
        ]
        ax.plot(CONTEXTS, sizes, color=style.color(role))
        ends.append((sizes[-1], words, role))
    ax.set_xlim(CONTEXTS[0], CONTEXTS[-1])
    ax.set_ylim(2**23, 2**39)
    style.ticks(ax, "x", [1024 * 4**power for power in range(6)], ("1k", "4k", "16k", "64k", "256k", "1M"))
    style.ticks(ax, "y", [2.0**p for p in (24, 27, 30, 33, 36)], ("16 MiB", "128 MiB", "1 GiB", "8 GiB", "64 GiB"))
    style.end_labels(ax, ends)
    return fig
