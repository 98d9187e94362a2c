"""Cost of a character over its least, against the vocabulary, by operations and by memory traffic."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.formulas.vocabulary_optimum import over_best_vocabulary
from figures.tokenization.results_embeddings import BODIES
from figures.tokenization.results_examples import traffic_others

TITLE = "Cost of a character against the vocabulary"

SIZES = tuple(2000 * 10 ** (step / 40) for step in range(81))
MOST = 1.5


def draw() -> Figure:
    """A curve for each model, and for the traffic of one with a cache."""
    fig = style.figure(280)
    ax = style.axes(fig, x="Vocabulary", y="Cost of a character of English over the least", right=118)
    tiny, _, small, middle, _ = BODIES
    lines = (
        (tiny.name, tiny.others.value, tiny.width.value, "rose"),
        (small.name, small.others.value, small.width.value, "orange"),
        (middle.name, middle.others.value, middle.width.value, "green"),
        ("8B, traffic", traffic_others.value, middle.width.value, "blue"),
    )
    ends = []
    for name, others, width, role in lines:
        costs = [over_best_vocabulary(others, size, width) for size in SIZES]
        ax.plot(SIZES, costs, color=style.color(role))
        ends.append((min(costs[-1], MOST), name, role))
    ax.set_xscale("log")
    ax.set_xlim(SIZES[0], SIZES[-1])
    ax.set_ylim(1, MOST)
    style.ticks(ax, "x", (2e3, 1e4, 5e4, 2e5), ("2,000", "10,000", "50,000", "200,000"))
    style.ticks(ax, "y", (1, 1.1, 1.2, 1.3, 1.4, 1.5), ("1", "1.1", "1.2", "1.3", "1.4", "1.5"))
    style.end_labels(ax, ends)
    return fig
