"""Energy of a token by the formula and as published, on one kind of GPU, and the residuals."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.power_and_thermal_management import results_parts as parts

TITLE = "Energy of a token on H100: the formula against published values"
HEIGHT, SPLIT = 470.0, 270.0
# Entry of token_energies.toml: colour and marker.
SERIES = {
    "llama31_8b_h100": ("purple", "o"),
    "llama31_70b_h100": ("purple", "s"),
    "llama31_405b_h100": ("purple", "^"),
    "qwen3_8b_h100": ("blue", "o"),
    "qwen3_32b_h100": ("blue", "s"),
    "qwen3_8b_gpqa_h100": ("orange", "o"),
    "qwen3_32b_gpqa_h100": ("orange", "s"),
}
TICKS = (0.1, 1, 10)


def draw() -> Figure:
    """Above the energies, below by how much the formula is off."""
    fig = style.figure(HEIGHT)
    upper = style.axes(fig, x="", y="Energy of a token by the formula (J)", bottom=HEIGHT - SPLIT + 20)
    lower = style.axes(fig, x="Energy of a token, published (J)", y="", top=SPLIT + 26)
    fig.text(4 / style.WIDTH, 1 - (SPLIT + 2) / HEIGHT, "Formula over published, less one (%)", ha="left", va="top")
    for ax in (upper, lower):
        ax.set_xscale("log")
        ax.set_xlim(0.05, 20)
        style.ticks(ax, "x", TICKS, [str(tick) for tick in TICKS])
    upper.set_yscale("log")
    upper.set_ylim(0.05, 20)
    style.ticks(upper, "y", TICKS, [str(tick) for tick in TICKS])
    lower.set_ylim(-26, 26)
    style.ticks(lower, "y", (-20, -10, 0, 10, 20), ("−20", "−10", "0", "10", "20"))
    upper.plot((0.05, 20), (0.05, 20), color=style.color("muted"), linewidth=0.9, linestyle=(0, (3, 2)))
    lower.axhline(0, color=style.color("muted"), linewidth=0.9, linestyle=(0, (3, 2)))
    for case in (*parts.FITTED, *parts.PREDICTED):
        role, marker = SERIES[case[0]]
        found = parts.points(*case)
        energies = [point.energy.value for point in found]
        residuals = [parts.off(point).value for point in found]
        above = [energy * (1 + one) for energy, one in zip(energies, residuals, strict=True)]
        for ax, values in ((upper, above), (lower, [100 * one for one in residuals])):
            ax.plot(energies, values, marker, color=style.color(role), markersize=5, markerfacecolor="none")
    style.label(upper, (0.06, 11), "Llama 3.1: fitted", "purple", offset=(0, 0))
    style.label(upper, (0.06, 6), "Qwen3, chat: predicted", "blue", offset=(0, 0))
    style.label(upper, (0.06, 3.3), "Qwen3, reasoning: predicted", "orange", offset=(0, 0))
    return fig
