"""Time of the next token of a small decoder on a CPU, with a cache and without, against the tokens before it."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.measurement import read
from figures.measurements import decoder_steps

TITLE = "Time of the next token of a small decoder on a CPU, with a KV cache and without"

Point = tuple[float, float, float]
"""Tokens, measured and least milliseconds."""


def points(kv_heads: int, cached: bool) -> list[Point]:
    """One sequence: the next token upon a cache, or all tokens once more."""
    roofs = read(decoder_steps.ROOFS)
    bandwidth, peak = roofs.cell("copy"), roofs.cell("gemm")
    found = []
    for row in read(decoder_steps.FILE).rows:
        if (row["kv_heads"], row["batch"]) == (kv_heads, 1) and (
            row["positions"] == 1 if cached else row["context"] == 0
        ):
            least = max((row["weight_bytes"] + row["cache_bytes"]) / bandwidth, decoder_steps.work(row) / peak)
            found.append((row["context"] if cached else row["positions"], 1e3 * row["median_s"], 1e3 * least))
    return sorted(found)


def draw() -> Figure:
    """Lines with dots are measured, dashed are the roofline of the same machine."""
    fig = style.figure(290)
    ax = style.axes(fig, x="Tokens so far (k = 1,024)", y="Time of the next token (ms)", right=24)
    ax.set_xscale("log", base=2)
    ax.set_yscale("log")
    for kv_heads, cached, role in (
        (decoder_steps.GQA, False, "orange"),
        (decoder_steps.MHA, True, "green"),
        (decoder_steps.GQA, True, "blue"),
    ):
        tokens, times, least = zip(*points(kv_heads, cached), strict=True)
        ax.plot(tokens, times, color=style.color(role), marker="o", markersize=4, linewidth=1.3)
        ax.plot(tokens, least, color=style.color(role), linewidth=1.1, linestyle=(0, (4, 2)))
    ax.set_xlim(12, 22000)
    ax.set_ylim(14, 9000)
    style.ticks(ax, "x", (16, 64, 256, 1024, 4096, 16384), ("16", "64", "256", "1k", "4k", "16k"))
    style.ticks(ax, "y", (20, 100, 1000), ("20", "100", "1,000"))
    style.label(ax, (128, 349), "without a cache", "orange", offset=(-8, 8), ha="right")
    style.label(ax, (16384, 83), "cached, 16 KV heads", "green", offset=(0, 12), ha="right")
    style.label(ax, (16384, 26), "4 KV heads", "blue", offset=(0, -14), ha="right")
    style.label(ax, (13, 5500), "dots: measured, dashed: roofline", "ink", offset=(0, 0))
    return fig
