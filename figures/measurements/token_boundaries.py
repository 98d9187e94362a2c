"""What a prompt that ends inside a token costs: next-byte loss of a small token model, three ways to ask it.

A bigram model over BPE tokens, trained on articles of this collection, predicts the next byte of a held-out article
after every byte. Naive: the prompt is tokenized and its last token is final. Healed: the last token is taken back and
the next one must begin with its text. Exact: the sum over all token sequences that begin with the prompt's bytes.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from figures import paths
from figures.lab.tokenizers import bpe, byte_level
from figures.measurements import harness
from figures.measurements.tokenizer_training import PATTERN, articles

Row = dict[str, float]

FOLDER = paths.FIGURES / "tokenization"
TEXT, HELD, MERGES, WEIGHT = 262_144, 2_000, 1024, 2.0
START = ""  # stands before the first token
NAIVE, HEALED, EXACT = 1, 2, 3
NAMES = {NAIVE: "naive", HEALED: "healed", EXACT: "exact"}


class Bigram:
    """Probability of a token after another: counts, mixed with shares of single tokens."""

    def __init__(self, tokens: Sequence[str], vocabulary: Sequence[str]) -> None:
        """Count pairs of ``tokens``; each of ``vocabulary`` can follow each."""
        single = Counter(tokens)
        self._share = {t: (single[t] + 1) / (len(tokens) + len(vocabulary)) for t in vocabulary}
        self._pairs = Counter(zip([START, *tokens], tokens, strict=False))
        self._seen = Counter([START, *tokens[:-1]])
        self._beginning: defaultdict[str, list[str]] = defaultdict(list)
        for token in vocabulary:
            for end in range(len(token) + 1):
                self._beginning[token[:end]].append(token)

    def chance(self, token: str, before: str) -> float:
        """P(token | token before it)."""
        return (self._pairs[before, token] + WEIGHT * self._share[token]) / (self._seen[before] + WEIGHT)

    def starting(self, text: str) -> list[str]:
        """Tokens that begin with ``text``."""
        return self._beginning.get(text, [])

    def begins(self, text: str, before: str) -> float:
        """Probability that the next token begins with ``text``."""
        return math.fsum(self.chance(token, before) for token in self.starting(text))

    def knows(self, token: str) -> bool:
        """Whether it is a token."""
        return token in self._share


def naive(model: Bigram, tokens: Sequence[str], byte: str) -> float:
    """P(next byte) with all tokens final."""
    return model.begins(byte, tokens[-1] if tokens else START)


def healed(model: Bigram, tokens: Sequence[str], byte: str) -> float:
    """P(next byte) with the last token taken back."""
    if not tokens:
        return naive(model, tokens, byte)
    *kept, last = tokens
    before = kept[-1] if kept else START
    ends = model.chance(last, before) * model.begins(byte, last)
    return (ends + model.begins(last + byte, before)) / model.begins(last, before)


def prefix_chances(model: Bigram, text: str, longest: int) -> list[float]:
    """Log probability that a text begins with the first ``n`` bytes, for every ``n``: all token sequences summed."""
    whole: list[dict[str, float]] = [{START: 1.0}]  # by last token, for sequences that end at each place
    scale, found = 0.0, [0.0]
    for end in range(1, len(text) + 1):
        total = 0.0
        here: defaultdict[str, float] = defaultdict(float)
        for begin in range(max(0, end - longest), end):
            part = text[begin:end]
            for before, chance in whole[begin].items():
                total += chance * model.begins(part, before)
                if model.knows(part):
                    here[part] += chance * model.chance(part, before)
        found.append(math.log(total) + scale)
        whole.append(dict(here))
        if total < 1e-100:
            scale += math.log(1e-100)
            whole = [{token: chance * 1e100 for token, chance in one.items()} for one in whole]
    return found


def losses(model: Bigram, text: str, ranks: dict[bpe.Pair, int], longest: int) -> list[tuple[bool, dict[int, float]]]:
    """For every byte: whether a token of the whole text ends before it, and its loss in bits by each way."""
    written = byte_level.symbols(text)
    ends, at = {0}, 0
    for token in bpe.tokens(text, ranks, PATTERN):
        at += len(token)
        ends.add(at)
    logs = prefix_chances(model, written, longest)
    found = []
    for place, byte in enumerate(written):
        tokens = list(bpe.tokens(text[:place], ranks, PATTERN))
        chances = {
            NAIVE: naive(model, tokens, byte),
            HEALED: healed(model, tokens, byte),
            EXACT: math.exp(logs[place + 1] - logs[place]),
        }
        found.append((place in ends, {way: -math.log2(chance) for way, chance in chances.items()}))
    return found


def averaged(found: Iterable[tuple[bool, dict[int, float]]]) -> list[Row]:
    """Mean loss by way, at ends of tokens and inside them."""
    groups: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for at_end, bits in found:
        for way, loss in bits.items():
            groups[way, int(at_end)].append(loss)
    return [
        {"way": way, "at_end": at_end, "places": len(values), "bits": math.fsum(values) / len(values)}
        for (way, at_end), values in sorted(groups.items())
    ]


def measure(commit: str) -> None:
    """Train, ask at every byte, and write the mean losses."""
    text, held, said = articles()
    text = text.encode()[:TEXT].decode(errors="ignore")
    plain = re.sub(r"[^\n -~]", "", held)[:HELD]
    merges = bpe.train(bpe.counted(text, PATTERN), MERGES)
    ranks = bpe.ranked(merges)
    vocabulary = [*byte_level.ALPHABET, *dict.fromkeys("".join(pair) for pair in merges)]
    model = Bigram(list(bpe.tokens(text, ranks, PATTERN)), vocabulary)
    found = losses(model, plain, ranks, max(map(len, vocabulary)))
    harness.write(
        {FOLDER / "token_boundaries.csv": averaged(found)},
        module=__spec__.name,
        commit=commit,
        libraries="standard library",
        repetitions=1,
        warm_up=0,
        statistic="mean over bytes",
        notes={
            "kind": "simulation",
            "text": f"{said}; the first {TEXT} bytes to train on, the first {HELD} ASCII characters held out",
            "model": f"bigram over {len(vocabulary)} BPE tokens, counts mixed with {WEIGHT:g} times the tokens' shares",
            "way": "; ".join(f"{way}: {name}" for way, name in NAMES.items()),
            "columns": "at_end: 1 where a token of the whole text ends before the byte, 0 inside a token; bits: mean "
            "loss of the next byte",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
