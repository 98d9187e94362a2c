"""Mean length of right and wrong answers while training, for three normalizers of the loss."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import paths, style
from figures.measurement import read

TITLE = "Mean length of right and wrong answers against the share of right ones, for three normalizers"

LINES = ((1, "orange", "mean per answer (GRPO)"), (2, "purple", "mean per group (DAPO)"), (3, "blue", "constant"))


def draw() -> Figure:
    """Solid: wrong answers; dashed: right ones."""
    rows = read(paths.FIGURES / "rlhf_and_alignment" / "length_drift.csv").rows
    fig = style.figure(300)
    ax = style.axes(fig, x="Share of right answers", y="Mean length of an answer (tokens)", left=48)
    for loss, role, _ in LINES:
        found = [row for row in rows if row["loss"] == loss]
        right = [row["right"] for row in found]
        ax.plot(right, [row["wrong_length"] for row in found], color=style.color(role))
        ax.plot(right, [row["right_length"] for row in found], "--", color=style.color(role))
    ax.set_xlim(0.5, 0.96)
    ax.set_ylim(100, 1000)
    style.ticks(ax, "x", (0.5, 0.6, 0.7, 0.8, 0.9), ("50 %", "60 %", "70 %", "80 %", "90 %"))
    style.ticks(ax, "y", (200, 400, 600, 800, 1000), ("200", "400", "600", "800", "1,000"))
    for line, (_, role, words) in enumerate(LINES):
        style.label(ax, (0.51, 965 - 60 * line), words, role, offset=(0, 0))
    style.label(ax, (0.51, 190), "solid: wrong answers, dashed: right ones", "muted", offset=(0, 0))
    return fig
