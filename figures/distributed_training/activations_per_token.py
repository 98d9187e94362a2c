"""What one layer keeps per token, over the length of the sequence: scores kept, or FlashAttention."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.distributed_training.results_memory import llama8
from figures.formulas.activations import layer_bytes

TITLE = "Activations of one layer per token against the length of a sequence"

LENGTHS = (1024, 2048, 4096, 8192, 16384, 32768)


def kept(copies: int, head_bytes: float) -> float:
    """Kilobytes per token of a layer of Llama 3.1 8B."""
    shape = (llama8.width.value, llama8.query_heads.value, llama8.kv_heads.value, llama8.head_dim.value)
    return layer_bytes(1, *shape, llama8.inner.value, copies, 2, 0, head_bytes, 1, 1) / 1e3


def draw() -> Figure:
    """The shape of Llama 3.1 8B, 16 bits, no dropout."""
    fig = style.figure(260)
    ax = style.axes(fig, x="Tokens of a sequence", y="Activations of a layer (kB per token)", right=110)
    lines = (
        ([kept(4, 5 * length) for length in LENGTHS], "scores kept", "rose"),
        ([kept(4, 4)] * len(LENGTHS), "FlashAttention", "blue"),
        ([kept(2, 4)] * len(LENGTHS), "+ lean SwiGLU", "green"),
        ([2 * llama8.width.value / 1e3] * len(LENGTHS), "full recompute", "purple"),
    )
    for values, _, role in lines:
        ax.plot(LENGTHS, values, color=style.color(role))
    ax.set_xscale("log", base=2)
    ax.set_yscale("log")
    ax.set_xlim(LENGTHS[0], LENGTHS[-1])
    ax.set_ylim(5, 8000)
    style.ticks(ax, "x", (1024, 4096, 16384), ("1,024", "4,096", "16,384"))
    style.ticks(ax, "y", (10, 100, 1000), ("10", "100", "1,000"))
    style.end_labels(ax, [(values[-1], words, role) for values, words, role in lines])
    return fig
