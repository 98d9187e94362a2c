"""Cache of one sequence against context for six models, up to a million tokens, in BF16."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.open_weights_llm_landscape.results_setup import bf16
from figures.open_weights_llm_landscape.tables import cache_at
from figures.results import Assumed

TITLE = "KV cache of one sequence against its context length for six models"
MODELS = (
    ("dots_llm1", "dots.llm1, MHA", "rose", 2**15),
    ("llama3_3_70b", "Llama 3.3 70B", "blue", 2**17),
    ("glm_5_2", "GLM-5.2", "purple", 2**20),
    ("kimi_k3", "Kimi K3", "orange", 2**20),
    ("deepseek_v4_pro", "DeepSeek-V4-Pro", "rose", 2**20),
    ("nemotron3_5_lightning", "Nemotron 3.5", "green", 2**20),
)


def draw() -> Figure:
    """Log–log: slope 1 where every token adds the same, flat where a state of fixed size is the larger part."""
    assert bf16.value == 2
    fig = style.figure(320)
    ax = style.axes(fig, x="Context (tokens, k = 1,024)", y="Cache of one sequence (BF16)", left=54, right=110)
    ax.set_xscale("log", base=2)
    ax.set_yscale("log", base=2)
    ends = []
    for model, words, role, longest in MODELS:
        contexts = [2**power for power in range(8, 21) if 2**power <= longest]
        sizes = [cache_at(model, Assumed(one, "token", "axis")).value for one in contexts]
        hybrid = model in ("kimi_k3", "nemotron3_5_lightning")
        ax.plot(contexts, sizes, color=style.color(role), linestyle=(0, (4, 2)) if hybrid else "solid")
        if longest < 2**20:
            last = (contexts[-1], sizes[-1])
            style.label(ax, last, words, role, offset=(-5, 2) if model == "dots_llm1" else (5, 0),
                        ha="right" if model == "dots_llm1" else "left")  # fmt: skip
        else:
            ends.append((sizes[-1], words, role))
    ax.set_xlim(2**8, 2**20)
    ax.set_ylim(2**21, 2**38)
    style.end_labels(ax, ends)
    style.ticks(ax, "x", (256, 2048, 16384, 131072, 1048576), ("256", "2k", "16k", "128k", "1M"))
    style.ticks(ax, "y", [2**power for power in (21, 24, 27, 30, 33, 36)],
                ("2 MiB", "16 MiB", "128 MiB", "1 GiB", "8 GiB", "64 GiB"))  # fmt: skip
    style.label(ax, (2**20, 2**21.3), "dashed: constant state besides", "ink", offset=(0, 3), ha="right")
    return fig
