"""Share of a token's operations that the output matrix takes, against the vocabulary."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.formulas.embeddings import output_operations, output_share
from figures.tokenization.results_embeddings import BODIES, Body

TITLE = "Share of the output matrix in the operations of a token"

SIZES = tuple(2 ** (step / 4) for step in range(56, 81))


def share(body: Body, vocabulary: float) -> float:
    """The part of the operations with a vocabulary of this size."""
    return output_share(output_operations(vocabulary, body.width.value), body.others.value)


def draw() -> Figure:
    """A curve per model body, with a dot at the model's own vocabulary."""
    fig = style.figure(280)
    ax = style.axes(fig, x="Vocabulary", y="Output matrix: share of the products with weights", right=108)
    ends = []
    shown = (BODIES[0], *BODIES[2:])
    for body, role in zip(shown, ("rose", "orange", "green", "blue"), strict=True):
        shares = [share(body, size) for size in SIZES]
        ax.plot(SIZES, shares, color=style.color(role))
        own = body.vocabulary.value
        ax.plot(own, share(body, own), "o", color=style.color(role), markersize=5.5)
        ends.append((shares[-1], body.name, role))
    ax.set_xscale("log", base=2)
    ax.set_xlim(SIZES[0], SIZES[-1])
    ax.set_ylim(0, 1)
    style.ticks(ax, "x", [2**power for power in (14, 16, 18, 20)], ("16 Ki", "64 Ki", "256 Ki", "1 Mi"))
    style.ticks(ax, "y", (0, 0.25, 0.5, 0.75, 1), ("0", "25 %", "50 %", "75 %", "100 %"))
    style.end_labels(ax, ends)
    return fig
