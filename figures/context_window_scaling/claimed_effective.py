"""Claimed against effective context by two benchmarks, both recomputed from their published scores."""

from __future__ import annotations

from collections import Counter

from matplotlib.figure import Figure

from figures import data, style
from figures.context_window_scaling.results_use import nolima_length, ruler_length

TITLE = "Claimed and effective context of the models in RULER's and NoLiMa's tables"

FLOOR = 512  # where models are drawn that miss the threshold at the shortest length


def points(benchmark: str) -> Counter[tuple[float, float]]:
    """How many models have each pair of claimed and effective length."""
    found: Counter[tuple[float, float]] = Counter()
    for key, entry in data.load("effective_lengths").items():
        name, _, model = key.partition("_")
        if name == benchmark:
            effective = (ruler_length if name == "ruler" else nolima_length)(model).value
            found[data.value("effective_lengths", key, "claimed").value, effective or FLOOR] += 1
        assert "claimed" in entry
    return found


def draw() -> Figure:
    """The area of a dot is the number of models; on the diagonal a model would keep what is claimed."""
    fig = style.figure(310)
    ax = style.axes(fig, x="Claimed context (tokens, k = 1,024)", y="Effective context (tokens)", left=58)
    ax.set_xscale("log", base=2)
    ax.set_yscale("log", base=2)
    for benchmark, role, shift in (("ruler", "blue", 0.93), ("nolima", "rose", 1.08)):
        for (claimed, effective), count in points(benchmark).items():
            ax.plot(
                claimed * shift,
                effective,
                "o",
                color=style.color(role),
                markersize=5.5 * count**0.5,
                alpha=0.75,
                markeredgewidth=0,
            )
    ends = (2**14.5, 2**17.6)
    ax.plot(ends, ends, color=style.color("muted"), linewidth=0.9, linestyle=(0, (2, 2)))
    style.label(ax, (2**17.6, 2**17.6), "as claimed", "muted", offset=(6, 0))
    style.label(ax, (2**20.2, 2**17), "RULER, to 128k", "blue", offset=(8, 0))
    style.label(ax, (2**20.3, 2**11.9), "NoLiMa, to 32k", "rose", offset=(6, 14))
    ax.axhline(FLOOR * 2**0.5, color=style.color("muted"), linewidth=0.7)
    ax.set_xlim(2**14.5, 2**23.8)
    ax.set_ylim(2**8.4, 2**18.1)
    style.ticks(ax, "x", [2.0**p for p in (15, 17, 20, 23.32)], ("32k", "128k", "1M", "10M"))
    style.ticks(ax, "y", [FLOOR, *(2.0**p for p in (10, 11, 13, 15, 17))], ("less", "1k", "2k", "8k", "32k", "128k"))
    return fig
