"""The lattice of a word: every path is a way to cut it, and the best one."""

from __future__ import annotations

import math

from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from figures import style
from figures.diagram import Diagram
from figures.lab.tokenizers import unigram

TITLE = "The lattice of the word train under a Unigram vocabulary"

WORD = "train"
CORPUS = {"rain": 6, "train": 4, "trail": 3, "rail": 5, "ail": 2}
SIZE = 10
LEFT, STEP, MIDDLE, HEIGHT = 26.0, 65.5, 124.0, 206.0


def drawn(scores: unigram.Scores) -> list[tuple[int, int, str, bool]]:
    """The edges of the lattice, with whether each is on the best path."""
    best, at = set(), 0
    for piece in unigram.viterbi(WORD, scores):
        best.add((at, at + len(piece)))
        at += len(piece)
    found = unigram.edges(WORD, scores, unigram.longest_piece(scores))
    return [(begin, end, piece, (begin, end) in best) for begin, end, piece in found]


def draw() -> Figure:
    """Nodes are places between letters; arcs above are pieces of several letters, arrows below single ones."""
    scores = unigram.em_step(CORPUS, unigram.seed(CORPUS, len(WORD), SIZE))
    diagram = Diagram(HEIGHT)
    (ax,) = diagram.figure.axes
    for begin, end, piece, best in drawn(scores):
        role = "blue" if best else "muted"
        first, last = LEFT + STEP * begin, LEFT + STEP * end
        chance = f"{piece} {math.exp(scores[piece]):.2f}"
        if end - begin == 1:
            diagram.arrow((first + 7, MIDDLE), (last - 7, MIDDLE), role)
            diagram.text((first + last) / 2, MIDDLE + 13, chance, role)
            continue
        up = end - begin != 3
        bend = 0.62 if end - begin == 4 else 0.42
        edge = MIDDLE - 7 if up else MIDDLE + 7
        arc = FancyArrowPatch(
            (first, edge), (last, edge), connectionstyle=f"arc3,rad={-bend if up else bend}", arrowstyle="-|>",
            mutation_scale=9, shrinkA=0, shrinkB=0,
        )  # fmt: skip
        arc.set(color=style.color(role), linewidth=1.8 if best else 1.1, fill=False)
        ax.add_patch(arc)
        height = bend / 2 * (last - first) + 11
        diagram.text((first + last) / 2, edge - height if up else edge + height, chance, role)
    for place in range(len(WORD) + 1):
        diagram.box(LEFT + STEP * place - 7, MIDDLE - 7, 14, 14, str(place), "ink")
    return diagram.figure
