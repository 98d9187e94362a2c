"""Time to train BPE with two implementations, against the text and against the merges."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from figures import style
from figures.measurements.tokenizer_training import FAST, FIXED, LITTLE, NAIVE
from figures.tokenization import results_training as results
from figures.tokenization.results_training import TRAINING

TITLE = "Time to train BPE, plain and with counts that are kept"

HEIGHT, MIDDLE = 440.0, 214.0
LINES = ((NAIVE, "rose", "o"), (FAST, "blue", "s"))


def panel(ax: Axes, x: str, **where: float) -> None:
    """Both trainers against the column ``x``."""
    for fast, role, mark in LINES:
        rows = [r for r in TRAINING.rows if r["fast"] == fast and all(r[k] == v for k, v in where.items())]
        rows.sort(key=lambda row: row[x])
        ax.plot(
            [r[x] for r in rows], [r["median_s"] for r in rows], mark + "-", color=style.color(role), markersize=4.5
        )
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_ylim(0.008, 12)
    style.ticks(ax, "y", (0.01, 0.1, 1, 10), ("10 ms", "0.1 s", "1 s", "10 s"))


def draw() -> Figure:
    """Above, more text with as many merges; below, more merges of the same text."""
    fig = style.figure(HEIGHT)
    top = style.axes(
        fig, x="Symbols of the distinct pieces", y=f"Processor time of {FIXED} merges", bottom=HEIGHT - MIDDLE + 12
    )
    panel(top, "symbols", merges=FIXED)
    style.ticks(top, "x", (3000, 6000, 12_000, 24_000), ("3,000", "6,000", "12,000", "24,000"))
    plain, fast = results.naive_text_exponent.value, results.fast_text_exponent.value
    style.label(top, (3000, 5), f"all pairs counted again: exponent {plain:.1f}", "rose", offset=(0, 0))
    style.label(top, (5600, 0.014), f"counts kept, heap: exponent {fast:.1f}", "blue", offset=(0, 0))
    low = style.axes(fig, x="Merges", y="", top=MIDDLE + 60)
    fig.text(4 / style.WIDTH, 1 - (MIDDLE + 36) / HEIGHT, f"Processor time on {LITTLE // 1024} KiB of text", va="top")
    panel(low, "merges", bytes=LITTLE)
    style.ticks(low, "x", (32, 64, 128, 256, 512), ("32", "64", "128", "256", "512"))
    style.label(low, (32, 7), f"exponent {results.naive_merges_exponent.value:.1f}", "rose", offset=(0, 0))
    style.label(low, (32, 0.2), f"exponent {results.fast_merges_exponent.value:.1f}", "blue", offset=(0, 0))
    return fig
