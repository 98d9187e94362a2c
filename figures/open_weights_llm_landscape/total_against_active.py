"""Total against active parameters of every model of the article that can be counted, by how its tokens are mixed."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.model_facts.selection import KIND, models_of_the_article
from figures.parameter_counts import count, countable

TITLE = "Total against active parameters"
NAMED = (
    ("kimi_k3", "Kimi K3", (-6, 6), "right"),
    ("deepseek_v4_pro", "DeepSeek-V4-Pro", (-7, 5), "right"),
    ("kimi_k2", "Kimi K2", (-7, 3), "right"),
    ("qwen3_5_397b", "Qwen3.5-397B", (-7, 2), "right"),
    ("gpt_oss_120b", "gpt-oss-120b", (-7, 3), "right"),
    ("llama3_1_405b", "Llama 3.1 405B", (2, -15), "right"),
    ("mixtral_8x7b", "Mixtral 8x7B", (7, -6), "left"),
    ("llama3_1_8b", "Llama 3.1 8B", (7, -6), "left"),
    ("qwen3_0_6b", "Qwen3-0.6B", (7, -2), "left"),
)


def role(model: str) -> tuple[str, str]:
    """Colour and marker: hybrids, latent or compressed attention, windows, the rest."""
    kind = KIND[model]
    if "+ linear" in kind or "Mamba" in kind:
        return "green", "^"
    if "MLA" in kind or kind == "compressed":
        return "purple", "s"
    return ("orange", "D") if "windows" in kind else ("blue", "o")


def draw() -> Figure:
    """Log–log, with the line of dense models and two lines of equal sparsity."""
    fig = style.figure(330)
    ax = style.axes(fig, x="Active parameters (billion)", y="Total parameters (billion)", left=44)
    ax.set_xscale("log")
    ax.set_yscale("log")
    low, high = 0.45, 600
    for ratio, words in ((1, "dense"), (8, "8 × active"), (32, "32 × active")):
        ax.plot((low, high), (low * ratio, high * ratio), color=style.color("muted"), linewidth=0.8, linestyle="dashed")
        at = {1: 1.15, 8: 0.62, 32: 0.5}[ratio]
        style.label(ax, (at, at * ratio), words, "muted", offset=(-2, 6), ha="left" if ratio > 1 else "right")
    for model in models_of_the_article():
        if model in countable():
            found = count(model)
            color, marker = role(model)
            ax.plot(
                found.per_token.value / 1e9,
                found.total.value / 1e9,
                linestyle="none",
                marker=marker,
                markersize=4.5,
                color=style.color(color),
                alpha=0.85,
            )
    for model, words, offset, side in NAMED:
        found = count(model)
        point = (found.per_token.value / 1e9, found.total.value / 1e9)
        style.label(ax, point, words, role(model)[0], offset=offset, ha=side)
    ax.set_xlim(low, high)
    ax.set_ylim(low, 4500)
    style.ticks(ax, "x", (1, 3, 10, 30, 100, 300), ("1", "3", "10", "30", "100", "300"))
    style.ticks(ax, "y", (1, 10, 100, 1000), ("1", "10", "100", "1,000"))
    for row, (words, color) in enumerate(
        (
            ("○ full attention", "blue"),
            ("◇ with windows", "orange"),
            ("□ latent, compressed", "purple"),
            ("△ with constant state", "green"),
        )
    ):
        style.label(ax, (high, low), words, color, offset=(0, 56 - 15 * row), ha="right")
    return fig
