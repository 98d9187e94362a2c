"""The proof in bars: what is rejected of the draft, and what the residual gives back to the target."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.speculative_decoding.results import example_acceptance, example_draft, example_target

TITLE = "What draft and target have in common, what is rejected and what the residual returns"

HALF = 0.17  # of a bar's width


def draw() -> Figure:
    """A pair of bars per token, draft and target: their common part below, what differs above it."""
    fig = style.figure(270)
    ax = style.axes(fig, x="Token", y="Probability", left=42, right=10)
    for token, (p, q) in enumerate(zip(example_target, example_draft, strict=True), 1):
        wanted, drafted = p.value, q.value
        both = min(wanted, drafted)
        left, right = token - HALF - 0.02, token + HALF + 0.02
        for place in (left, right):
            ax.bar(place, both, 2 * HALF, color=style.color("muted"), alpha=0.3)
        ax.bar(left, drafted - both, 2 * HALF, bottom=both, color=style.color("orange"), alpha=0.75)
        ax.bar(right, wanted - both, 2 * HALF, bottom=both, color=style.color("blue"), alpha=0.75)
        for place, height, name in ((left, drafted, "$q$"), (right, wanted, "$p$")):
            ax.plot((place - HALF, place + HALF), (height,) * 2, color=style.color("ink"), solid_capstyle="butt")
            style.label(ax, (place, height), name, "ink", offset=(0, 8), ha="center")
    ax.set_xlim(0.5, 4.5)
    ax.set_ylim(0, 0.7)
    style.ticks(ax, "x", (1, 2, 3, 4), ("1", "2", "3", "4"))
    style.ticks(ax, "y", (0, 0.1, 0.2, 0.3, 0.4, 0.5), ("0", "0.1", "0.2", "0.3", "0.4", "0.5"))
    shared = example_acceptance.value
    words = (
        (f"in both, {shared:g}: accepted", "muted"),
        (f"too much in $q$, {1 - shared:g}: rejected", "orange"),
        (f"too little in $q$, {1 - shared:g}: residual", "blue"),
    )
    for line, (text, role) in enumerate(words):
        style.label(ax, (2.2, 0.67 - 0.055 * line), text, role, offset=(0, 0))
    return fig
