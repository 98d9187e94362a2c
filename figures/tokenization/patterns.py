"""One string, cut by the patterns of six tokenizers."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures.diagram import Diagram
from figures.lab.tokenizers import pretokenization

TITLE = "One string under six patterns"

TEXT = "It's  cafe\u0301s:1234 myTable();\n\n"  # the accent is a code point of its own
SHOWN = {" ": "␣", "\n": "↵"}
NAMES = {
    "GPT-2": "GPT-2",
    "cl100k": "cl100k",
    "o200k": "o200k",
    "Qwen3": "Qwen3",
    "Qwen3.5": "Qwen3.6",  # the same pattern
    "DeepSeek V3": "DeepSeek",
}
LEFT, RIGHT = 66.0, 378.0
ROW, HIGH, TOP = 34.0, 22.0, 8.0
HEIGHT = TOP + ROW * (len(NAMES) - 1) + HIGH + 8


def written(piece: str) -> str:
    """A piece with its blanks made visible, and a circle under an accent that lost its letter."""
    shown = "".join(SHOWN.get(character, character) for character in piece)
    return f"◌{shown}" if piece.startswith("\u0301") else shown


def draw() -> Figure:
    """A row per pattern, a box per piece, as wide as its code points."""
    diagram = Diagram(HEIGHT)
    unit = (RIGHT - LEFT) / len(TEXT)
    for row, (pattern, name) in enumerate(NAMES.items()):
        top = TOP + ROW * row
        diagram.text(4, top + HIGH / 2, name, ha="left")
        place = LEFT
        for piece in pretokenization.pieces(TEXT, pattern):
            width = unit * len(piece)
            diagram.box(place + 1, top, width - 2, HIGH, written(piece), "blue")
            place += width
    return diagram.figure
