"""How far sixteen updates on one batch take a rewarded token, against its probability."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import paths, style
from figures.measurement import read

TITLE = "Factor by which sixteen updates raise a rewarded token, against its probability, for four rules"

LINES = (
    ("free", "muted", "unclipped"),
    ("capped", "green", "weight capped at 1.28 (CISPO)"),
    ("higher", "orange", "clipped at 1.28 (DAPO)"),
    ("clipped", "blue", "clipped at 1.2 (PPO)"),
)


def draw() -> Figure:
    """Rare tokens are held back, likely ones never are."""
    rows = read(paths.FIGURES / "rlhf_and_alignment" / "clipped_updates.csv").rows
    chances = [row["chance"] for row in rows]
    fig = style.figure(290)
    ax = style.axes(fig, x="Probability of the token when it was sampled", y="Probability after over before", right=16)
    ax.set_xscale("log")
    for name, role, _ in LINES:
        ax.plot(chances, [row[name] for row in rows], "o-", markersize=4, color=style.color(role), linewidth=1.4)
    ax.set_xlim(0.0009, 1)
    ax.set_ylim(0.9, 4.5)
    style.ticks(ax, "x", (0.001, 0.01, 0.1, 1), ("0.001", "0.01", "0.1", "1"))
    style.ticks(ax, "y", (1, 2, 3, 4), ("1", "2", "3", "4"))
    for line, (_, role, words) in enumerate(LINES):
        style.label(ax, (1, 4.35 - 0.3 * line), words, role, offset=(0, 0), ha="right")
    return fig
