"""Tokens of a number against its digits: the three rules that tokenizers follow."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import paths, style
from figures.measurement import read
from figures.measurements.tokenizers import DIGITS
from figures.tokenization import results_counts as counts

TITLE = "Tokens of a number against its digits"

LENGTHS = read(paths.FIGURES / "tokenization" / "number_lengths.csv")
LINES = (
    ("Gemma 3", "a token for each digit (Llama 2, Mistral, Qwen, Gemma)", "rose", (1.2, 12.6), "o"),
    ("BERT", "BERT: learnt", "muted", (7.4, 6.7), "^"),
    ("GPT-2", "GPT-2: learnt", "orange", (9.5, 2.4), "s"),
    ("o200k", "groups of three (o200k, Llama 3, DeepSeek)", "blue", (3.5, 0.6), "D"),
)


def draw() -> Figure:
    """A line per rule, one tokenizer each."""
    fig = style.figure(270)
    ax = style.axes(fig, x="Digits", y="Tokens, mean over random numbers", left=34)
    for name, words, role, at, mark in LINES:
        found = [LENGTHS.cell("tokens", tokenizer=counts.NUMBERS[name], digits=n) for n in range(1, DIGITS + 1)]
        ax.plot(range(1, DIGITS + 1), found, mark + "-", color=style.color(role), markersize=4.5)
        style.label(ax, at, words, role, offset=(0, 0))
    ax.set_xlim(0.7, DIGITS + 0.4)
    ax.set_ylim(0, 13.2)
    style.ticks(ax, "x", range(1, DIGITS + 1), [str(n) for n in range(1, DIGITS + 1)])
    style.ticks(ax, "y", (0, 2, 4, 6, 8, 10, 12), ("0", "2", "4", "6", "8", "10", "12"))
    return fig
