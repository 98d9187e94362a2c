"""Tokens of each language over those of English, by four tokenizers of different years."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.measurements import corpus
from figures.tokenization import results_counts as counts

TITLE = "Tokens of seventeen languages over those of English for the same passage"

MARKS = (("GPT-2", "rose", "x"), ("cl100k", "orange", "s"), ("o200k", "blue", "o"), ("Gemma 3", "green", "D"))
HEIGHT = 430.0


def draw() -> Figure:
    """A line per language from the lowest to the highest premium, the dearest with o200k last."""
    fig = style.figure(HEIGHT)
    ax = style.axes(fig, x="Tokens over those of English", y="", left=86, right=14, top=46, bottom=42)
    languages = [text for text in counts.LANGUAGES if text != "ferry_en"]
    languages.sort(key=lambda text: counts.premium("o200k", text))
    for row, text in enumerate(languages):
        found = [counts.premium(name, text) for name, _, _ in MARKS]
        ax.plot((min(found), max(found)), (row, row), color=style.color("muted"), linewidth=0.9, alpha=0.6)
        for value, (_, role, mark) in zip(found, MARKS, strict=True):
            ax.plot(
                value, row, mark, color=style.color(role), markersize=5.5, fillstyle="none" if mark == "s" else "full"
            )
    ax.axvline(1, color=style.color("ink"), linewidth=1)
    ax.set_xscale("log")
    ax.set_xlim(0.85, 8.2)
    ax.set_ylim(len(languages) - 0.4, -0.6)
    style.ticks(ax, "x", (1, 1.5, 2, 3, 4, 6, 8), ("1", "1.5", "2", "3", "4", "6", "8"))
    style.ticks(ax, "y", range(len(languages)), [corpus.title(text) for text in languages])
    for place, (name, role, mark) in enumerate(MARKS):
        shape = {"x": "crosses", "s": "squares", "o": "circles", "D": "diamonds"}[mark]
        x = (8 + 190 * (place % 2)) / style.WIDTH
        y = 1 - (14 + 16 * (place // 2)) / HEIGHT
        fig.text(x, y, f"{shape}: {name}", color=style.color(role), ha="left", va="center_baseline")
    return fig
