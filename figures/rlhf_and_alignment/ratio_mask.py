"""Share of answers that a mask on the importance ratio keeps, against their length."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import paths, style
from figures.measurement import read

TITLE = "Effective share and share kept within 1/2 to 2 against the length of answers, three mismatches"

LINES = ((0.02, "green", "0.02"), (0.05, "blue", "0.05"), (0.1, "orange", "0.1"))


def draw() -> Figure:
    """Solid: answers whose own ratio lies within a factor of two. Dashed: effective sample size."""
    rows = read(paths.FIGURES / "rlhf_and_alignment" / "mismatch.csv").rows
    fig = style.figure(280)
    ax = style.axes(fig, x="Tokens of an answer", y="Share of the sample", right=76)
    ax.set_xscale("log", base=2)
    ends = []
    for noise, role, words in LINES:
        found = [row for row in rows if row["noise"] == noise]
        tokens = [row["tokens"] for row in found]
        ax.plot(tokens, [row["sequence_kept"] for row in found], "o-", markersize=4.5, color=style.color(role))
        ax.plot(tokens, [row["effective"] for row in found], "s--", markersize=4, color=style.color(role), linewidth=1)
        ends.append((found[-1]["sequence_kept"], f"noise {words}", role))
    ax.set_xlim(16, 1024)
    ax.set_ylim(0, 1.05)
    style.ticks(ax, "x", (16, 64, 256, 1024), ("16", "64", "256", "1,024"))
    style.ticks(ax, "y", (0, 0.25, 0.5, 0.75, 1), ("0", "0.25", "0.5", "0.75", "1"))
    style.end_labels(ax, ends)
    return fig
