"""Embedding rows that look untrained."""

from __future__ import annotations

from figures import paths
from figures.measurement import read
from figures.measurements.untrained_rows import MINILM, SMOLLM2
from figures.results import Measured

UNTRAINED = read(paths.FIGURES / "tokenization" / "untrained_summary.csv")


def untrained(column: str, model: int, what: str) -> Measured:
    """A property of a model's embedding rows."""
    name = {MINILM: "all-MiniLM-L6-v2", SMOLLM2: "SmolLM2-135M"}[model]
    return Measured(UNTRAINED, f"{what}, {name}", UNTRAINED.cell(column, model=model), "1")


norms_known = untrained("known", MINILM, "rows named unused")
norms_known_cosine = untrained("known_cosine", MINILM, "median cosine of an unused row with the mean of the others")
norms_other_cosine = untrained("other_cosine", MINILM, "median cosine of another row with the mean of the unused ones")
norms_bound = untrained("bound", MINILM, "cosine that 95 % of the unused rows exceed")
norms_candidates = untrained("candidates", MINILM, "other rows above it")
norms_smollm_known = untrained("known", SMOLLM2, "control tokens that are hardly used")
norms_smollm_candidates = untrained("candidates", SMOLLM2, "other rows that point where they point")
norms_smollm_shorter = untrained("shorter", SMOLLM2, "rows shorter than theirs")
norms_smollm_rows = untrained("rows", SMOLLM2, "rows")
