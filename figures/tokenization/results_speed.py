"""How fast the packages' libraries encode."""

from __future__ import annotations

from figures import paths
from figures.formulas import compare
from figures.measurement import read
from figures.measurements.tokenizer_speed import PROSE
from figures.results import Measured, computed
from figures.tokenization.results_counts import NUMBERS

SPEED = read(paths.FIGURES / "tokenization" / "speed.csv")


def encoding_time(tokenizer: str, solid: int) -> Measured:
    """Median processor time of one text."""
    kind = "letters without a space" if solid else "English prose"
    found = SPEED.cell("median_s", tokenizer=NUMBERS[tokenizer], solid=solid)
    return Measured(SPEED, f"time to encode {kind}, {tokenizer}", found, "s")


speed_bytes = Measured(SPEED, "bytes of the text", SPEED.cell("bytes", tokenizer=NUMBERS["cl100k"], solid=PROSE), "B")
speed_cl100k = encoding_time("cl100k", PROSE)
speed_llama31 = encoding_time("Llama 3.1", PROSE)
speed_ratio = computed(compare.time_ratio, first=speed_llama31, second=speed_cl100k)
