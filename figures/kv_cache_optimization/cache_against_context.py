"""Size of the cache against context for six models, in BF16, from their shapes in figures/data/models.toml."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.formulas.kv_cache import cache_bytes
from figures.results import Assumed, computed
from figures.shapes import cache_shape

TITLE = "KV-cache size of one sequence against its context length for six models"

MODELS = (
    ("opt_13b", "OPT-13B, MHA", "rose"),
    ("llama3_1_70b", "Llama 3.1 70B, GQA", "blue"),
    ("gemma3_27b", "Gemma 3 27B", "green"),
    ("deepseek_v3", "DeepSeek-V3, MLA", "purple"),
    ("gpt_oss_120b", "gpt-oss-120b", "orange"),
    ("mistral_7b", "Mistral 7B v0.1", "muted"),
)
CONTEXTS = tuple(2**power for power in range(5, 18))
BF16 = Assumed(2, "B", "BF16 elements")


def draw() -> Figure:
    """Log–log: slope 1 where every token adds the same, flatter where windows are full."""
    fig = style.figure(300)
    ax = style.axes(fig, x="Context (tokens, k = 1,024)", y="KV cache of one sequence (BF16)", left=54, right=132)
    ax.set_xscale("log", base=2)
    ax.set_yscale("log", base=2)
    ends = []
    for model, words, role in MODELS:
        shape = cache_shape(model)
        sizes = [
            computed(cache_bytes, context=Assumed(context, "token", "axis"), **shape.inputs(BF16)).value
            for context in CONTEXTS
        ]
        windowed = any(window.value for window in shape.windows)
        ax.plot(CONTEXTS, sizes, color=style.color(role), linestyle=(0, (4, 2)) if windowed else "solid")
        ends.append((sizes[-1], words, role))
    ax.set_xlim(CONTEXTS[0], CONTEXTS[-1])
    ax.set_ylim(2**20, 2**37)
    style.ticks(ax, "x", (32, 256, 2048, 16384, 131072), ("32", "256", "2k", "16k", "128k"))
    style.ticks(ax, "y", [2**power for power in (20, 24, 27, 30, 33, 36)],
                ("1 MiB", "16 MiB", "128 MiB", "1 GiB", "8 GiB", "64 GiB"))  # fmt: skip
    style.end_labels(ax, ends)
    style.label(ax, (CONTEXTS[-1], 2**21.2), "dashed: layers with windows", "ink", offset=(0, 0), ha="right")
    return fig
