"""Exact divergence of best-of-n against n, beside the bound."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import paths, style
from figures.measurement import read

TITLE = "KL divergence of best-of-n: exact for two policies, and the bound"


def draw() -> Figure:
    """Ten answers saturate; two thousand follow the bound."""
    rows = read(paths.FIGURES / "rlhf_and_alignment" / "best_of_n.csv").rows
    samples = [row["samples"] for row in rows]
    fig = style.figure(270)
    ax = style.axes(fig, x="Answers of which the best is taken", y="KL divergence (nats)", right=16)
    ax.set_xscale("log", base=2)
    ax.plot(samples, [row["bound"] for row in rows], color=style.color("ink"), linewidth=1.2)
    for name, role, mark in (("many", "blue", "o"), ("peaked", "purple", "D"), ("few", "orange", "s")):
        ax.plot(samples, [row[name] for row in rows], mark, markersize=5, color=style.color(role), clip_on=False)
    ax.set_xlim(1, 1024)
    ax.set_ylim(0, 6.2)
    style.ticks(ax, "x", (1, 4, 16, 64, 256, 1024), ("1", "4", "16", "64", "256", "1,024"))
    style.ticks(ax, "y", (0, 1, 2, 3, 4, 5, 6), ("0", "1", "2", "3", "4", "5", "6"))
    style.label(ax, (64, 5.5), "line: ln n − (n − 1)/n", "ink", offset=(-4, 0), ha="right")
    style.label(ax, (64, 4.95), "dots: 2,000 equal answers", "blue", offset=(-4, 0), ha="right")
    style.label(ax, (1024, 1.85), "squares: ten equal answers", "orange", offset=(0, 0), ha="right")
    style.label(ax, (1024, 1.3), "diamonds: best answer has 10 %", "purple", offset=(0, 0), ha="right")
    return fig
