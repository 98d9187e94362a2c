"""What training and encoding took, what three algorithms gave, and what ends of prompts cost."""

from __future__ import annotations

from figures import paths
from figures.formulas import compare, scaling, tokens
from figures.measurement import Measurement, read
from figures.measurements.token_boundaries import EXACT, HEALED, NAIVE
from figures.measurements.tokenizer_training import BPE, FAST, FIXED, LITTLE, SIZES, UNIGRAM, WORDPIECE
from figures.measurements.tokenizer_training import NAIVE as PLAIN
from figures.results import Computed, Measured, computed

_FOLDER = paths.FIGURES / "tokenization"
TRAINING = read(_FOLDER / "training_time.csv")
MERGING = read(_FOLDER / "merging_time.csv")
CURVE = read(_FOLDER / "vocabulary_curve.csv")
ALGORITHMS = read(_FOLDER / "algorithms.csv")
TIES = read(_FOLDER / "ties.csv")
BOUNDARIES = read(_FOLDER / "token_boundaries.csv")
UNTRAINED = read(_FOLDER / "untrained_summary.csv")
WAYS = {PLAIN: "all pairs counted before each merge", FAST: "counts kept and a heap"}


def _exponent(source: Measurement, x: str, what: str, **where: float) -> Computed:
    """Fitted exponent of the time against the column ``x``."""
    rows = [row for row in source.rows if all(row[name] == value for name, value in where.items())]
    return computed(
        scaling.power_exponent,
        sizes=[Measured(source, f"{x}, {what}", row[x], "1") for row in rows],
        values=[Measured(source, f"seconds at {row[x]:,.0f} {x}, {what}", row["median_s"], "1") for row in rows],
    )


def training_time(fast: int, merges: int, size: int) -> Measured:
    """Median time of a training."""
    found = TRAINING.cell("median_s", fast=fast, merges=merges, bytes=size)
    return Measured(TRAINING, f"time of {merges} merges on {size:,} B, {WAYS[fast]}", found, "s")


def merging_time(fast: int, letters: int) -> Measured:
    """Median time of merging one piece."""
    found = MERGING.cell("median_s", fast=fast, letters=letters)
    return Measured(MERGING, f"time to merge {letters:,} letters, {WAYS[fast]}", found, "s")


naive_text_exponent = _exponent(TRAINING, "symbols", WAYS[PLAIN], fast=PLAIN, merges=FIXED)
fast_text_exponent = _exponent(TRAINING, "symbols", WAYS[FAST], fast=FAST, merges=FIXED)
naive_merges_exponent = _exponent(TRAINING, "merges", WAYS[PLAIN], fast=PLAIN, bytes=LITTLE)
fast_merges_exponent = _exponent(TRAINING, "merges", WAYS[FAST], fast=FAST, bytes=LITTLE)
naive_training = training_time(PLAIN, 512, LITTLE)
fast_training = training_time(FAST, 512, LITTLE)
training_gain = computed(compare.time_ratio, first=naive_training, second=fast_training)
naive_encoding_exponent = _exponent(MERGING, "letters", WAYS[PLAIN], fast=PLAIN)
fast_encoding_exponent = _exponent(MERGING, "letters", WAYS[FAST], fast=FAST)
naive_encoding = merging_time(PLAIN, 2048)
fast_encoding = merging_time(FAST, 2048)
largest_text = Measured(TRAINING, "bytes of the largest text", SIZES[-1], "B")
distinct_words = Measured(
    TRAINING, "distinct pieces of it", TRAINING.cell("words", fast=FAST, merges=FIXED, bytes=SIZES[-1]), "1"
)


def _held(column: str, algorithm: int, encoding: int, what: str, unit: str) -> Measured:
    return Measured(ALGORITHMS, what, ALGORITHMS.cell(column, algorithm=algorithm, encoding=encoding), unit)


def _held_rate(algorithm: int, encoding: int, what: str) -> Computed:
    return computed(
        tokens.bytes_per_token,
        size=_held("bytes", algorithm, encoding, "bytes of the held-out article", "B"),
        tokens=_held("tokens", algorithm, encoding, f"its tokens, {what}", "token"),
    )


def _share(algorithm: int, encoding: int, what: str) -> Computed:
    return computed(
        compare.count_ratio,
        first=_held("other", algorithm, encoding, f"words cut otherwise than by BPE, {what}", "1"),
        second=_held("words", algorithm, encoding, "words of the held-out article", "1"),
    )


bpe_rate = _held_rate(BPE, 0, "BPE")
longest_rate = _held_rate(BPE, 1, "vocabulary of BPE, longest match")
fewest_rate = _held_rate(BPE, 2, "vocabulary of BPE, fewest tokens")
wordpiece_rate = _held_rate(WORDPIECE, 0, "WordPiece")
unigram_rate = _held_rate(UNIGRAM, 0, "Unigram")
detour = computed(
    tokens.premium,
    tokens=_held("tokens", BPE, 0, "tokens of the held-out article, BPE", "token"),
    reference=_held("tokens", BPE, 2, "its fewest tokens with the vocabulary of BPE", "token"),
)
longest_other = _share(BPE, 1, "longest match")
unigram_other = _share(UNIGRAM, 0, "Unigram")
tie_merges = Measured(TIES, "merges learnt", TIES.cell("merges"), "1")
tie_differing = Measured(TIES, "merges that the opposite order does not give", TIES.cell("differing"), "1")
tie_changed = computed(
    compare.count_ratio,
    first=Measured(TIES, "tokens of the held-out article that change", TIES.cell("changed"), "1"),
    second=Measured(TIES, "tokens of the held-out article", TIES.cell("tokens"), "1"),
)


def curve(column: str, merges: int, what: str) -> Measured:
    """Bytes per token of a text with so many merges."""
    return Measured(CURVE, f"{what}, {merges} merges", CURVE.cell(column, merges=merges), "B/token")


curve_2304 = curve("article", 2048, "held-out article")
curve_4352 = curve("article", 4096, "held-out article")
curve_8448 = curve("article", 8192, "held-out article")
curve_size_2304 = Measured(CURVE, "tokens of the vocabulary, 2048 merges", CURVE.cell("vocabulary", merges=2048), "1")


def bits(way: int, at_end: int, what: str) -> Measured:
    """Mean loss of the next byte."""
    where = "where a token of the whole text ends" if at_end else "inside a token"
    return Measured(BOUNDARIES, f"mean loss {where}, {what}", BOUNDARIES.cell("bits", way=way, at_end=at_end), "bit/B")


inside_naive = bits(NAIVE, 0, "last token final")
inside_healed = bits(HEALED, 0, "last token taken back")
inside_exact = bits(EXACT, 0, "all token sequences summed")
end_naive = bits(NAIVE, 1, "last token final")
end_healed = bits(HEALED, 1, "last token taken back")
end_exact = bits(EXACT, 1, "all token sequences summed")
inside_places = Measured(BOUNDARIES, "bytes inside a token", BOUNDARIES.cell("places", way=NAIVE, at_end=0), "1")
places = Measured(
    BOUNDARIES, "bytes asked for", sum(BOUNDARIES.cell("places", way=NAIVE, at_end=end) for end in (0, 1)), "1"
)


def untrained(column: str, model: int, what: str) -> Measured:
    """A property of a model's embedding rows."""
    name = {1: "all-MiniLM-L6-v2", 2: "SmolLM2-135M"}[model]
    return Measured(UNTRAINED, f"{what}, {name}", UNTRAINED.cell(column, model=model), "1")


minilm_unused = untrained("known", 1, "rows named unused")
minilm_unused_cosine = untrained("known_cosine", 1, "median cosine of unused rows with the mean of the others of them")
minilm_other_cosine = untrained("other_cosine", 1, "median cosine of other rows with the mean of the unused ones")
minilm_bound = untrained("bound", 1, "cosine that 95 % of the unused rows exceed")
minilm_candidates = untrained("candidates", 1, "other rows above it")
smollm2_known = untrained("known", 2, "control tokens that are hardly used")
smollm2_candidates = untrained("candidates", 2, "other rows that point where they point")
smollm2_shorter = untrained("shorter", 2, "rows shorter than theirs")
smollm2_rows = untrained("rows", 2, "rows")
