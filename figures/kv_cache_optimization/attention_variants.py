"""What one token stores in one layer: the same query heads over ever fewer keys and values, to scale."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures.diagram import Diagram
from figures.formulas.kv_cache import head_elements, latent_elements

TITLE = "Which query heads share which keys and values in MHA, GQA, MQA and MLA"

HEADS = 8
HEAD_DIM = 128
LATENT_DIM, ROPE_DIM = 512, 64  # those of DeepSeek-V2
VARIANTS = (("MHA", "multi-head", 8), ("GQA", "grouped-query", 2), ("MQA", "multi-query", 1))

LEFT, STEP, SIDE = 94.0, 19.0, 13.0  # points; SIDE is HEAD_DIM elements wide
ROW, TOP = 79.0, 28.0
STORED = LEFT + STEP * HEADS + 6


def draw() -> Figure:
    """Four rows, one per kind of attention: query heads above, what the cache keeps below them."""
    diagram = Diagram(TOP + 4 * ROW - 12)
    diagram.text(LEFT + STEP * HEADS / 2 - 3, 11, "query heads", "blue")
    diagram.text(STORED, 11, "stored per token", ha="left")
    for row, (short, name, kv_heads) in enumerate(VARIANTS):
        top = TOP + row * ROW
        _head_row(diagram, top, kv_heads)
        _words(diagram, top, short, name, f"{kv_heads} K + {kv_heads} V", head_elements(kv_heads, HEAD_DIM))
    top = TOP + len(VARIANTS) * ROW
    _latent_row(diagram, top)
    _words(diagram, top, "MLA", "latent", "1 latent + 1 key", latent_elements(LATENT_DIM, ROPE_DIM))
    return diagram.figure


def _head_row(diagram: Diagram, top: float, kv_heads: int) -> None:
    group = HEADS // kv_heads
    for kv in range(kv_heads):
        middle = LEFT + STEP * (kv * group + (group - 1) / 2) + SIDE / 2
        _queries(diagram, top, range(kv * group, (kv + 1) * group), middle)
        diagram.box(middle - SIDE / 2, top + 34, SIDE, SIDE, "K", "orange")
        diagram.box(middle - SIDE / 2, top + 49, SIDE, SIDE, "V", "green")


def _latent_row(diagram: Diagram, top: float) -> None:
    latent, rope = SIDE * LATENT_DIM / HEAD_DIM, SIDE * ROPE_DIM / HEAD_DIM
    middle = LEFT + STEP * (HEADS - 1) / 2 + SIDE / 2
    _queries(diagram, top, range(HEADS), middle)
    start = middle - (latent + 2 + rope) / 2
    diagram.box(start, top + 34, latent, SIDE, "latent", "purple")
    diagram.box(start + latent + 2, top + 34, rope, SIDE, role="orange")


def _queries(diagram: Diagram, top: float, heads: range, middle: float) -> None:
    """The boxes of some query heads, each joined to what they share."""
    for head in heads:
        left = LEFT + STEP * head
        diagram.line((left + SIDE / 2, top + SIDE), (middle, top + 34))
        diagram.box(left, top, SIDE, SIDE, role="blue")


def _words(diagram: Diagram, top: float, short: str, name: str, stored: str, elements: float) -> None:
    diagram.text(4, top + 7, short, ha="left", bold=True)
    diagram.text(4, top + 22, name, "muted", ha="left")
    diagram.text(STORED, top + 37, stored, ha="left")
    diagram.text(STORED, top + 52, f"{elements:,.0f} elements", "muted", ha="left")
