"""Time of one decode step of attention on a CPU against context: predicted by the roofline, and measured."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import paths, style
from figures.formulas.kv_cache import head_intensity
from figures.formulas.roofline import attainable
from figures.measurement import read

TITLE = "Decode attention on a CPU, predicted and measured, for 32, 8 and 1 key–value heads"

FOLDER = paths.FIGURES / "kv_cache_optimization"
QUERY_HEADS, FLOAT32 = 32, 4
VARIANTS = ((32, "MHA, 32", "blue"), (8, "GQA, 8", "orange"), (1, "MQA, 1", "green"))


def draw() -> Figure:
    """Dashed the prediction from this machine's own roofs, dots the medians with their quartiles."""
    measured = read(FOLDER / "decode_attention.csv")
    roofs = read(FOLDER / "decode_attention_roofs.csv")
    # A roof must be what this memory can do: a dot product alone reads more slowly than a copy moves.
    bandwidth, peak = max(roofs.cell("read_median"), roofs.cell("copy_median")), roofs.cell("gemm_median")
    fig = style.figure(290)
    ax = style.axes(fig, x="Context (tokens, k = 1,024)", y="Time of one step, one layer (ms)", right=66)
    ax.set_xscale("log", base=2)
    ax.set_yscale("log")
    ends = []
    for kv_heads, words, role in VARIANTS:
        rows = [row for row in measured.rows if row["kv_heads"] == kv_heads]
        contexts = [row["context"] for row in rows]
        medians = [1e3 * row["median_s"] for row in rows]
        intensity = head_intensity(QUERY_HEADS, kv_heads, FLOAT32)
        rate = attainable(peak, bandwidth, intensity)
        predicted = [1e3 * row["cache_bytes"] * intensity / rate for row in rows]
        around = (
            [median - 1e3 * row["q1_s"] for median, row in zip(medians, rows, strict=True)],
            [1e3 * row["q3_s"] - median for median, row in zip(medians, rows, strict=True)],
        )
        ax.plot(contexts, predicted, color=style.color(role), linestyle=(0, (4, 2)), linewidth=1.3)
        ax.errorbar(contexts, medians, around, color=style.color(role), marker="o", markersize=4, linewidth=1.3)
        ends.append((medians[-1], words, role))
    ax.set_xlim(200, 40000)
    ax.set_ylim(0.02, 200)
    style.ticks(ax, "x", (256, 1024, 4096, 16384), ("256", "1k", "4k", "16k"))
    style.ticks(ax, "y", (0.1, 1, 10, 100), ("0.1", "1", "10", "100"))
    style.end_labels(ax, ends)
    style.label(ax, (40000, 0.032), "dots: measured, dashed: predicted", "ink", offset=(0, 0), ha="right")
    return fig
