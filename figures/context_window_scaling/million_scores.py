"""Scores to a million tokens as makers report them: a retrieval test and one with eight like needles."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import data, style
from figures.data import Datum

TITLE = "Reported scores of RULER and MRCR from 4,096 tokens to a million"

LINES = (
    ("ruler_minimax_text_01", "MiniMax-Text-01", "blue", (0, (4, 2))),
    ("ruler_gemini_1_5_pro_002", "Gemini 1.5 Pro", "green", (0, (4, 2))),
    ("ruler_gemini_2_0_flash", "Gemini 2.0 Flash", "orange", (0, (4, 2))),
    ("mrcr_v4_pro", "V4-Pro", "purple", "solid"),
    ("mrcr_v4_flash", "V4-Flash", "rose", "solid"),
)


def tokens(name: str) -> int:
    """Length of a field such as ``at_128k``."""
    number, unit = int(name[3:-1]), name[-1]
    return number * {"k": 1024, "m": 1024**2}[unit]


def draw() -> Figure:
    """Dashed: RULER; solid: eight needles of one kind."""
    fig = style.figure(300)
    ax = style.axes(fig, x="Length of the test (tokens, k = 1,024)", y="Score", left=40, right=124)
    ax.set_xscale("log", base=2)
    ends = []
    for key, words, role, line in LINES:
        entry = data.load("million_token_scores")[key]
        curve = sorted((tokens(name), datum.value) for name, datum in entry.items() if isinstance(datum, Datum))
        ax.plot(*zip(*curve, strict=True), color=style.color(role), linestyle=line, marker="o", markersize=3)
        ends.append((curve, words, role))
    ax.set_xlim(4096 * 0.9, 2**20 * 1.1)
    ax.set_ylim(0.4, 1.03)
    style.ticks(ax, "x", [4096 * 4**power for power in range(5)], ("4k", "16k", "64k", "256k", "1M"))
    style.ticks(ax, "y", (0.4, 0.6, 0.8, 1), ("0.4", "0.6", "0.8", "1"))
    style.end_labels(ax, [(curve[-1][1], words, role) for curve, words, role in ends])
    return fig
