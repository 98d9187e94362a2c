"""What training and encoding took, what three algorithms gave, and what the order of ties decides."""

from __future__ import annotations

from figures import paths
from figures.formulas import compare, scaling
from figures.measurement import Measurement, read
from figures.measurements.tokenizer_training import BPE, FAST, FIXED, LITTLE, NAIVE, SIZES, UNIGRAM, WORDPIECE
from figures.results import Computed, Measured, computed

_FOLDER = paths.FIGURES / "tokenization"
TRAINING = read(_FOLDER / "training_time.csv")
MERGING = read(_FOLDER / "merging_time.csv")
CURVE = read(_FOLDER / "vocabulary_curve.csv")
ALGORITHMS = read(_FOLDER / "algorithms.csv")
TIES = read(_FOLDER / "ties.csv")
WAYS = {NAIVE: "all pairs counted before each merge", FAST: "counts kept and a heap"}
_MOST = 512


def _exponent(source: Measurement, x: str, what: str, **where: float) -> Computed:
    """Fitted exponent of the time against the column ``x``."""
    rows = [row for row in source.rows if all(row[name] == value for name, value in where.items())]
    sizes = [Measured(source, f"{x}, {what}", row[x], "1") for row in rows]
    values = [Measured(source, f"seconds at {row[x]:,.0f} {x}, {what}", row["median_s"], "1") for row in rows]
    return computed(scaling.power_exponent, sizes=sizes, values=values)


def training_time(fast: int, merges: int, size: int) -> Measured:
    """Median time of a training."""
    found = TRAINING.cell("median_s", fast=fast, merges=merges, bytes=size)
    return Measured(TRAINING, f"time of {merges} merges on {size:,} B, {WAYS[fast]}", found, "s")


def merging_time(fast: int, letters: int) -> Measured:
    """Median time of merging one piece."""
    found = MERGING.cell("median_s", fast=fast, letters=letters)
    return Measured(MERGING, f"time to merge {letters:,} letters, {WAYS[fast]}", found, "s")


def _size(column: str, what: str, unit: str) -> Measured:
    return Measured(TRAINING, what, TRAINING.cell(column, fast=FAST, merges=FIXED, bytes=SIZES[-1]), unit)


training_bytes = _size("bytes", "bytes of the largest text", "B")
training_merges = _size("merges", "merges learnt on it", "1")
training_naive = training_time(NAIVE, FIXED, SIZES[-1])
training_fast = training_time(FAST, FIXED, SIZES[-1])
training_ratio = computed(compare.time_ratio, first=training_naive, second=training_fast)
training_slope_naive = _exponent(TRAINING, "symbols", WAYS[NAIVE], fast=NAIVE, merges=FIXED)
training_slope_fast = _exponent(TRAINING, "symbols", WAYS[FAST], fast=FAST, merges=FIXED)
merges_slope_naive = _exponent(TRAINING, "merges", WAYS[NAIVE], fast=NAIVE, bytes=LITTLE)
merges_slope_fast = _exponent(TRAINING, "merges", WAYS[FAST], fast=FAST, bytes=LITTLE)
most_merges = Measured(TRAINING, "most merges", TRAINING.cell("merges", fast=FAST, merges=_MOST, bytes=LITTLE), "1")
most_merges_ratio = computed(
    compare.time_ratio, first=training_time(NAIVE, _MOST, LITTLE), second=training_time(FAST, _MOST, LITTLE)
)
_LETTERS = 2048
merging_letters = Measured(MERGING, "letters of the piece", MERGING.cell("letters", fast=FAST, letters=_LETTERS), "1")
merging_naive = merging_time(NAIVE, _LETTERS)
merging_fast = merging_time(FAST, _LETTERS)
merging_ratio = computed(compare.time_ratio, first=merging_naive, second=merging_fast)
merging_slope_naive = _exponent(MERGING, "letters", WAYS[NAIVE], fast=NAIVE)
merging_slope_fast = _exponent(MERGING, "letters", WAYS[FAST], fast=FAST)


def _held(column: str, algorithm: int, encoding: int, what: str, unit: str = "1") -> Measured:
    return Measured(ALGORITHMS, what, ALGORITHMS.cell(column, algorithm=algorithm, encoding=encoding), unit)


own_tokens = _held("tokens", BPE, 0, "tokens of the held-out article, BPE", "token")
longest_tokens = _held("tokens", BPE, 1, "tokens, vocabulary of BPE, longest match", "token")
fewest_tokens = _held("tokens", BPE, 2, "tokens, vocabulary of BPE, fewest tokens", "token")
wordpiece_tokens = _held("tokens", WORDPIECE, 0, "tokens, WordPiece", "token")
unigram_tokens = _held("tokens", UNIGRAM, 0, "tokens, Unigram", "token")
longest_words = _held("other", BPE, 1, "words that the longest match cuts otherwise than BPE")
fewest_words = _held("other", BPE, 2, "words that the fewest tokens cut otherwise than BPE")
unigram_words = _held("other", UNIGRAM, 0, "words that Unigram cuts otherwise than BPE")
held_out_words = _held("words", BPE, 0, "words of the held-out article")


def _over_own(tokens: Measured) -> Computed:
    return computed(compare.count_ratio, first=_plain(tokens), second=_plain(own_tokens))


def _plain(tokens: Measured) -> Measured:
    return Measured(tokens.measurement, tokens.what, tokens.value, "1")


fewest_share = _over_own(fewest_tokens)
unigram_share = _over_own(unigram_tokens)
wordpiece_share = _over_own(wordpiece_tokens)
unigram_words_share = computed(compare.count_ratio, first=unigram_words, second=held_out_words)
ties_merges = Measured(TIES, "merges learnt", TIES.cell("merges"), "1")
ties_differing = Measured(TIES, "merges that the opposite order of symbols does not give", TIES.cell("differing"), "1")
ties_tokens = Measured(TIES, "tokens of the held-out article", TIES.cell("tokens"), "1")
ties_changed = Measured(TIES, "tokens that the opposite order of symbols does not give", TIES.cell("changed"), "1")


def curve(column: str, merges: int, what: str) -> Measured:
    """Bytes per token of a text with so many merges."""
    return Measured(CURVE, f"{what}, {merges} merges", CURVE.cell(column, merges=merges), "B/token")


curve_en_512 = curve("en", 256, "English passage, vocabulary 512")
curve_en_8448 = curve("en", 8192, "English passage, vocabulary 8,448")
curve_de_8448 = curve("de", 8192, "German passage, vocabulary 8,448")
curve_ru_8448 = curve("ru", 8192, "Russian passage, vocabulary 8,448")
