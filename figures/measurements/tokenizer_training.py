"""What training a tokenizer takes, and what it gives: three algorithms, two ways to train and to encode, many sizes.

The text is that of this collection's articles, as the commit has them; the last in the alphabet is held out.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from figures import paths
from figures.lab.tokenizers import bpe, byte_level, unigram, wordpiece
from figures.measurements import corpus, harness

Row = dict[str, float]

FOLDER = paths.FIGURES / "tokenization"
PATTERN = "cl100k"
SIZES = (8_192, 16_384, 32_768, 65_536, 131_072)  # bytes of text
FIXED, LEARNT = 128, (32, 64, 256, 512)  # merges where the text grows, and those where they do
LENGTHS = (64, 128, 256, 512, 1024, 2048, 4096, 8192)  # letters of a piece
LONGEST_NAIVE = 2048
REPETITIONS, WARM_UP = 3, 1
TIED = 1024  # merges whose ties are looked at, and with which time is taken
CURVE = (0, 128, 256, 512, 1024, 2048, 4096, 8192)  # merges
SAME, LITTLE = 512, 65_536  # pieces beside the single bytes for all three algorithms, and bytes of their text
SEED = 2026
NAIVE, FAST = 0, 1
BPE, WORDPIECE, UNIGRAM = 1, 2, 3


def articles() -> tuple[str, str, str]:
    """Text to train on, text held out, and what they are."""
    files = sorted(paths.ARTICLES.glob("*.md"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    digest = hashlib.sha256("".join(texts).encode()).hexdigest()
    said = f"articles {', '.join(file.stem for file in files)}, SHA-256 {digest}; the last is held out"
    return "".join(texts[:-1]), texts[-1], said


def training_times(text: str) -> list[Row]:
    """Seconds of processor time of both trainers against the text, and against the merges."""
    rows: list[Row] = []
    for size, merges in (*((size, FIXED) for size in SIZES), *((LITTLE, number) for number in LEARNT)):
        words = bpe.counted(text.encode()[:size].decode(errors="ignore"), PATTERN)
        symbols = sum(map(len, words))
        for which, train in ((NAIVE, bpe.train_naive), (FAST, bpe.train)):
            sample = timed(partial(train, words, merges))
            key: Row = {"fast": which, "bytes": size, "merges": merges, "words": len(words), "symbols": symbols}
            rows.append(key | sample.columns())
    return rows


def encoding_times(ranks: Mapping[bpe.Pair, int]) -> list[Row]:
    """The same of both ways to merge, against the length of a piece without spaces."""
    draw = random.Random(SEED)
    rows: list[Row] = []
    for length in LENGTHS:
        piece = "".join(draw.choices("etaoinshrdlu", k=length))
        for which, merge in ((NAIVE, bpe.merge_naive), (FAST, bpe.merge)):
            if which == FAST or length <= LONGEST_NAIVE:
                rows.append({"fast": which, "letters": length, **timed(partial(merge, piece, ranks)).columns()})
    return rows


def timed(call: Callable[[], object]) -> harness.Sample:
    """Processor time of this process, which others slow down little; what they do is not looked at."""
    (sample,) = harness.repeat(
        {0: call}, repetitions=REPETITIONS, warm_up=WARM_UP, clock=time.process_time, others=lambda: 0.0
    ).values()
    return sample


def curve(merges: Sequence[bpe.Pair], texts: Mapping[str, str]) -> list[Row]:
    """Bytes per token of some texts against the merges that are used."""
    rows: list[Row] = []
    for number in CURVE:
        ranks = bpe.ranked(merges[:number])
        row: Row = {"merges": number, "vocabulary": 256 + number}
        for name, text in texts.items():
            row[name] = len(text.encode()) / sum(1 for _ in bpe.tokens(text, ranks, PATTERN))
        rows.append(row)
    return rows


def algorithms(words: Counter[str], held: Counter[str]) -> list[Row]:
    """Tokens of held-out words under three vocabularies of one size, and of ways to use the first of them."""
    letters = byte_level.ALPHABET
    ranks = bpe.ranked(bpe.train(words, SAME))
    pieces = {*letters, *("".join(pair) for pair in ranks)}
    seen = {word: count for word, count in words.items() if count > 1}
    known = {*wordpiece.train(seen, SAME, least=8), *letters, *(f"##{letter}" for letter in letters)}
    trained = unigram.train(seen, SAME + len(set("".join(seen))), seeds=4 * SAME)
    scores = dict.fromkeys(letters, min(trained.values()) - 1) | trained
    plain = pieces | {f"##{piece}" for piece in pieces}
    alike = dict.fromkeys(pieces, -1.0)
    ways = {
        (BPE, 0): {word: bpe.merge(word, ranks) for word in held},
        (BPE, 1): {word: wordpiece.longest_match(word, plain) for word in held},
        (BPE, 2): {word: unigram.viterbi(word, alike) for word in held},
        (WORDPIECE, 0): {word: wordpiece.longest_match(word, known) for word in held},
        (UNIGRAM, 0): {word: unigram.viterbi(word, scores) for word in held},
    }
    size = sum(len(word) * count for word, count in held.items())
    merged = ways[BPE, 0]
    return [
        {
            "algorithm": algorithm,
            "encoding": encoding,
            "bytes": size,
            "tokens": sum(count * len(cut[word]) for word, count in held.items()),
            "other": sum(count for word, count in held.items() if bare(cut[word]) != merged[word]),
            "words": held.total(),
        }
        for (algorithm, encoding), cut in ways.items()
    ]


def bare(cut: Sequence[str]) -> list[str]:
    """Pieces without the marks of WordPiece."""
    return [cut[0], *(piece.removeprefix("##") for piece in cut[1:])]


def ties(words: Mapping[str, int], merges: Sequence[bpe.Pair], held: str) -> list[Row]:
    """What the rule for equally frequent pairs decides: merges and tokens under the opposite order of symbols."""
    other = bpe.train(words, len(merges), byte_level.ALPHABET[::-1])
    first, second = (Counter(bpe.tokens(held, bpe.ranked(one), PATTERN)) for one in (merges, other))
    return [
        {
            "merges": len(merges),
            "differing": len(set(merges) - set(other)),
            "tokens": first.total(),
            "other_tokens": second.total(),
            "changed": (first - second).total(),
        }
    ]


def measure(commit: str) -> None:
    """Train and encode, and write what it took and gave."""
    text, held, said = articles()
    words = bpe.counted(text, PATTERN)
    merges = bpe.train(words, max(CURVE))
    ranks = bpe.ranked(merges[:TIED])
    texts = {"article": held, **{name: corpus.read(f"ferry_{name}") for name in ("en", "de", "ru")}}
    texts["python"] = corpus.read("code_python")
    notes = {
        "kind": "counts and processor time",
        "text": said,
        "clock": "processor time of this process alone, since other processes were running",
        "seed": str(SEED),
        "pattern": PATTERN,
    }
    written = partial(
        harness.write,
        module=__spec__.name,
        commit=commit,
        libraries="standard library",
        repetitions=REPETITIONS,
        statistic="median and quartiles of processor time; counts",
    )
    written(
        {
            FOLDER / "training_time.csv": training_times(text),
            FOLDER / "merging_time.csv": encoding_times(ranks),
            FOLDER / "vocabulary_curve.csv": curve(merges, texts),
            FOLDER / "algorithms.csv": algorithms(bpe.counted(text[:LITTLE], PATTERN), bpe.counted(held, PATTERN)),
            FOLDER / "ties.csv": ties(words, merges[:TIED], held),
        },
        warm_up=0,
        notes={
            **notes,
            "columns": f"fast: 0 all pairs are counted, or searched, before each merge, 1 counts kept and a heap; "
            "symbols: of distinct words; merging_time: one piece of random letters, "
            f"{TIED} merges known; vocabulary_curve: bytes per token; algorithm: 1 BPE, 2 WordPiece, 3 Unigram, each "
            f"with {SAME} pieces beside single bytes, from {LITTLE} characters of text; encoding: 0 its own, "
            "1 longest match, 2 fewest tokens; other: words "
            "cut otherwise than by BPE; differing: merges that the opposite order of symbols among equally frequent "
            "pairs does not give; changed: tokens that it does not give",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
