"""What the end of a prompt costs, measured with a small model."""

from __future__ import annotations

from figures import paths
from figures.formulas import compare
from figures.measurement import read
from figures.measurements.token_boundaries import EXACT, HEALED, MERGES, NAIVE
from figures.results import Measured, computed

BOUNDARIES = read(paths.FIGURES / "tokenization" / "token_boundaries.csv")


def bits(way: int, at_end: int, what: str) -> Measured:
    """Mean loss of the next byte."""
    where = "where a token of the whole text ends" if at_end else "inside a token"
    return Measured(BOUNDARIES, f"mean loss {where}, {what}", BOUNDARIES.cell("bits", way=way, at_end=at_end), "bit/B")


boundary_naive_inside = bits(NAIVE, 0, "last token final")
boundary_healed_inside = bits(HEALED, 0, "last token taken back")
boundary_exact_inside = bits(EXACT, 0, "all token sequences summed")
boundary_naive_end = bits(NAIVE, 1, "last token final")
boundary_healed_end = bits(HEALED, 1, "last token taken back")
boundary_exact_end = bits(EXACT, 1, "all token sequences summed")
_inside = BOUNDARIES.cell("places", way=NAIVE, at_end=0)
_ends = BOUNDARIES.cell("places", way=NAIVE, at_end=1)
boundary_places = Measured(BOUNDARIES, "prompts", _inside + _ends, "1")
boundary_inside_share = computed(
    compare.count_ratio,
    first=Measured(BOUNDARIES, "prompts that end inside a token", _inside, "1"),
    second=boundary_places,
)
boundary_vocabulary = Measured(BOUNDARIES, "tokens of the model", 256 + MERGES, "1")
