"""What a tokenizer does, step by step, with a small one that is trained on the spot."""

from __future__ import annotations

import itertools

from matplotlib.figure import Figure

from figures.diagram import Diagram
from figures.lab.tokenizers import bpe, byte_level, pretokenization
from figures.measurements import corpus

TITLE = "From text to token numbers"

TEXT = "Die Fähre um 0530"
PATTERN, MERGES = "cl100k", 300
LEFT, RIGHT, HIGH = 78.0, 376.0, 24.0
ROWS = (16.0, 66.0, 116.0, 166.0, 216.0)
HEIGHT = 250.0


def spans(widths: list[int]) -> list[tuple[float, float]]:
    """Left edge and width of boxes that share the row by these widths."""
    unit = (RIGHT - LEFT) / sum(widths)
    starts = [sum(widths[:n]) for n in range(len(widths))]
    return [(LEFT + unit * start + 1.5, unit * width - 3) for start, width in zip(starts, widths, strict=True)]


def draw() -> Figure:
    """A row per step; boxes are as wide as their bytes."""
    words = bpe.counted(corpus.read("ferry_de"), PATTERN)
    merges = bpe.train(words, MERGES)
    ranks = bpe.ranked(merges)
    vocabulary = [*byte_level.ALPHABET, *dict.fromkeys("".join(pair) for pair in merges)]
    pieces = pretokenization.pieces(TEXT, PATTERN)
    tokens = list(bpe.tokens(TEXT, ranks, PATTERN))
    whole = len(TEXT.encode())
    diagram = Diagram(HEIGHT)
    for top, said in zip(ROWS, ("text, NFC", "pieces", "bytes", "tokens", "numbers"), strict=True):
        diagram.text(4, top + HIGH / 2, said, "muted", ha="left")
    diagram.box(LEFT + 1.5, ROWS[0], RIGHT - LEFT - 3, HIGH, TEXT)
    for (x, wide), piece in zip(spans([len(piece.encode()) for piece in pieces]), pieces, strict=True):
        diagram.box(x, ROWS[1], wide, HIGH, piece.replace(" ", "␣"), "blue")
    for (x, wide), byte in zip(spans([1] * whole), TEXT.encode(), strict=True):
        diagram.box(x, ROWS[2], wide, HIGH, "", "muted")
        diagram.text(x + wide / 2, ROWS[2] + HIGH / 2, f"{byte:02x}", "muted")
    for place, ((x, wide), token) in enumerate(zip(spans(list(map(len, tokens))), tokens, strict=True)):
        shown = byte_level.raw(token).decode(errors="replace").replace(" ", "␣")
        diagram.box(x, ROWS[3], wide, HIGH, shown, "green")
        drop = 15 * (place % 2)  # neighbours would touch
        diagram.text(x + wide / 2, ROWS[4] + HIGH / 2 - 4 + drop, str(vocabulary.index(token)), "green")
    for above, below in itertools.pairwise(ROWS):
        diagram.arrow(((LEFT + RIGHT) / 2, above + HIGH + 2), ((LEFT + RIGHT) / 2, below - 2))
    return diagram.figure
