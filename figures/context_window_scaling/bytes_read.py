"""Bytes that one decode step reads of one sequence's cache, with full, selected and windowed attention."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.context_window_scaling.results_layers import selected_2048, v32_growth, v32_index_growth
from figures.formulas import selected_attention
from figures.formulas.kv_cache import added_bytes

TITLE = "Cache that a decode step of DeepSeek-V3.2's shape reads: all of it, or an index and 2,048 tokens"

CONTEXTS = [1024 * 2 ** (step / 2) for step in range(21)]


def draw() -> Figure:
    """Log–log; the index overtakes the selected tokens and then grows as the full cache does."""
    fig = style.figure(290)
    ax = style.axes(fig, x="Context (tokens, k = 1,024)", y="Read per step and sequence", left=58, right=118)
    ax.set_xscale("log", base=2)
    ax.set_yscale("log", base=2)
    full = [added_bytes(context, v32_growth.value) for context in CONTEXTS]
    index = [added_bytes(context, v32_index_growth.value) for context in CONTEXTS]
    picked = [added_bytes(min(context, selected_2048.value), v32_growth.value) for context in CONTEXTS]
    both = [
        selected_attention.selection_bytes(context, selected_2048.value, v32_growth.value, v32_index_growth.value)
        for context in CONTEXTS
    ]
    ax.plot(CONTEXTS, full, color=style.color("rose"))
    ax.plot(CONTEXTS, both, color=style.color("blue"))
    ax.plot(CONTEXTS, index, color=style.color("purple"), linestyle=(0, (4, 2)))
    ax.plot(CONTEXTS, picked, color=style.color("green"), linestyle=(0, (1, 1.2)))
    ax.set_xlim(CONTEXTS[0], CONTEXTS[-1])
    ax.set_ylim(2**22, 2**37)
    style.end_labels(
        ax,
        [
            (full[-1], "all tokens", "rose"),
            (both[-1], "both together", "blue"),
            (index[-1] / 1.35, "index alone", "purple"),
            (picked[-1], "selected alone", "green"),
        ],
        gap=17,
    )
    style.ticks(ax, "x", [1024 * 4**power for power in range(6)], ("1k", "4k", "16k", "64k", "256k", "1M"))
    style.ticks(ax, "y", [2.0**p for p in (24, 27, 30, 33, 36)], ("16 MiB", "128 MiB", "1 GiB", "8 GiB", "64 GiB"))
    return fig
