"""Bytes per token of production tokenizers on all of our texts."""

from __future__ import annotations

import math

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from figures import style
from figures.formulas.tokens import bytes_per_token
from figures.measurements import corpus
from figures.tokenization import results_counts as counts

TITLE = "Bytes per token of thirteen production tokenizers"

TOKENIZERS = tuple(name for name in counts.NUMBERS if name != "BERT")
LEFT, TOP, WIDE, HIGH, GAP = 119.0, 82.0, 20.0, 15.0, 8.0
HEIGHT = TOP + len(corpus.NAMES) * HIGH + GAP + 4
MOST = 10.4  # bytes per token that get the full tint
DEEP = 0.6


def tint(value: float) -> float:
    """Opacity: from none at one byte per token to the deepest at the most, by the logarithm."""
    return DEEP * min(1.0, math.log(max(1.0, value)) / math.log(MOST))


def draw() -> Figure:
    """A row per text, a column per tokenizer; the darker, the more bytes a token holds."""
    fig = style.figure(HEIGHT)
    ax = fig.add_axes((0, 0, 1, 1))
    ax.set_xlim(0, style.WIDTH)
    ax.set_ylim(HEIGHT, 0)
    ax.set_axis_off()
    ink = style.color("ink")
    for column, name in enumerate(TOKENIZERS):
        x = LEFT + (column + 0.5) * WIDE
        ax.text(x, TOP - 5, name, rotation=90, ha="center", va="bottom", color=ink)
    for row, text in enumerate(corpus.NAMES):
        y = TOP + row * HIGH + (GAP if text in corpus.OTHERS else 0)
        ax.text(LEFT - 6, y + HIGH / 2, corpus.title(text), ha="right", va="center_baseline", color=ink)
        for column, name in enumerate(TOKENIZERS):
            value = bytes_per_token(counts.size(text), counts.tokens(name, text))
            x = LEFT + column * WIDE
            box = Rectangle((x + 0.5, y + 0.5), WIDE - 1, HIGH - 1, linewidth=0)
            box.set(facecolor=style.color("blue"), alpha=tint(value))
            ax.add_patch(box)
            shown = f"{value:.1f}" if value < 9.95 else f"{value:.0f}"
            ax.text(x + WIDE / 2, y + HIGH / 2, shown, ha="center", va="center_baseline", color=ink)
    return fig
