"""Share of a token's operations that the output matrix takes, against the vocabulary."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.formulas.parameters import matrices
from figures.tokenization.results_embeddings import BODIES

TITLE = "Share of the output matrix in the operations of a token"

SIZES = tuple(2 ** (step / 4) for step in range(56, 81))


def draw() -> Figure:
    """A curve per model body, with a dot at the model's own vocabulary."""
    fig = style.figure(280)
    ax = style.axes(fig, x="Vocabulary", y="Output matrix: share of the products with weights", right=108)
    ends = []
    for body, role in zip(BODIES, ("rose", "orange", "green", "blue"), strict=True):

        def share(vocabulary: float, width: float = body.width.value, rest: float = body.rest.value) -> float:
            table = matrices((1,), (vocabulary,), (width,))
            return table / (table + rest)

        ax.plot(SIZES, [share(size) for size in SIZES], color=style.color(role))
        ax.plot(body.vocabulary.value, share(body.vocabulary.value), "o", color=style.color(role), markersize=5.5)
        ends.append((share(SIZES[-1]), body.name, role))
    ax.set_xscale("log", base=2)
    ax.set_xlim(SIZES[0], SIZES[-1])
    ax.set_ylim(0, 1)
    style.ticks(ax, "x", [2**power for power in (14, 16, 18, 20)], ("16 Ki", "64 Ki", "256 Ki", "1 Mi"))
    style.ticks(ax, "y", (0, 0.25, 0.5, 0.75, 1), ("0", "25 %", "50 %", "75 %", "100 %"))
    style.end_labels(ax, ends)
    return fig
