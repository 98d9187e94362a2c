"""Weights from four bits with scales to BF16, against the usable memory of one GPU and of machines with eight."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import data, style, units
from figures.formulas.model import weight_bytes
from figures.model_facts import name
from figures.open_weights_llm_landscape.results_setup import bf16, block_bits, fp8, reserve, usable
from figures.parameter_counts import count

TITLE = "Weights of models against the memory of GPUs"
MODELS = (
    "kimi_k3",
    "deepseek_v4_pro",
    "kimi_k2_5",
    "glm_5_2",
    "deepseek_v3",
    "llama3_1_405b",
    "qwen3_5_397b",
    "mimo_v2_flash",
    "minimax_m2",
    "nemotron3_super",
    "gpt_oss_120b",
    "llama3_3_70b",
    "gemma4_31b",
    "nemotron3_nano",
    "llama3_1_8b",
    "llama3_2_1b",
)
NODES = (("nvidia_l40s", 1, "L40S"), ("nvidia_h100_80gb_sxm", 1, "H100"), ("nvidia_h200_sxm", 1, "H200"),
         ("nvidia_h100_80gb_sxm", 8, "8 × H100"), ("amd_mi325x", 8, "8 × MI325X"))  # fmt: skip


def draw() -> Figure:
    """One bar per model on a log axis; lines where the memory of a machine ends."""
    fig = style.figure(400)
    ax = style.axes(fig, x="Weights (GB)", y="", left=128, top=44)
    for row, model in enumerate(MODELS):
        total = count(model).total.value
        small, middle, large = (
            weight_bytes(total, each) / 1e9
            for each in (units.convert(block_bits.value, block_bits.unit, "B"), fp8.value, bf16.value)
        )
        ax.plot((small, large), (row, row), color=style.color("blue"), linewidth=6, solid_capstyle="butt", alpha=0.55)
        for value in (small, middle, large):
            ax.plot(value, row, marker="|", markersize=9, color=style.color("blue"), markeredgewidth=1.8)
    for place, (gpu, gpus, words) in enumerate(NODES):
        memory = data.value("hardware", gpu, "memory_capacity").value * 1e9
        room = gpus * (usable.value * memory - reserve.value) / 1e9
        ax.axvline(room, color=style.color("orange"), linewidth=1, linestyle="dashed")
        style.label(ax, (room, -0.7), words, "orange", offset=(0, 5 + 13 * (place % 2)), ha="center")
    ax.set_xscale("log")
    ax.set_xlim(0.5, 7000)
    ax.set_ylim(len(MODELS) - 0.4, -0.7)
    style.ticks(ax, "x", (1, 10, 100, 1000), ("1", "10", "100", "1,000"))
    style.ticks(ax, "y", list(range(len(MODELS))), [name(model).replace(" 30B-A3B", "").replace(" 120B-A12B", "")
                                                    for model in MODELS])  # fmt: skip
    return fig
