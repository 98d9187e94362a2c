"""Byte-pair encoding: training by counting pairs, and encoding by merging them, each the plain and the fast way.

Training works on words with their counts; equally frequent pairs are taken in the order of the numbers of their parts,
so that one corpus gives one list of merges (the rule of the Hugging Face library).
"""

from __future__ import annotations

import heapq
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from figures.lab.tokenizers import byte_level, pretokenization

Pair = tuple[str, str]


def counted(text: str, pattern: str) -> Counter[str]:
    """Pieces of ``text`` under a pattern of :mod:`pretokenization`, written byte by byte, with their counts."""
    return Counter(byte_level.symbols(piece) for piece in pretokenization.pieces(text, pattern))


def joined(parts: Sequence[str], pair: Pair) -> list[str]:
    """``parts`` with every place of ``pair``, from the left, replaced by one part."""
    merged: list[str] = []
    at = 0
    while at < len(parts):
        if at + 1 < len(parts) and (parts[at], parts[at + 1]) == pair:
            merged.append(parts[at] + parts[at + 1])
            at += 2
        else:
            merged.append(parts[at])
            at += 1
    return merged


def _numbers(alphabet: Iterable[str]) -> dict[str, int]:
    return {symbol: number for number, symbol in enumerate(alphabet)}


def train_naive(words: Mapping[str, int], merges: int, alphabet: Sequence[str] = byte_level.ALPHABET) -> list[Pair]:
    """The first ``merges`` merges, with all pairs counted again before each."""
    number = _numbers(alphabet)
    split = {word: list(word) for word in words}
    learnt: list[Pair] = []
    while len(learnt) < merges:
        counts: Counter[Pair] = Counter()
        for word, parts in split.items():
            for pair in itertools.pairwise(parts):
                counts[pair] += words[word]
        if not counts:
            break
        best = min(counts, key=lambda pair: (-counts[pair], number[pair[0]], number[pair[1]]))
        learnt.append(best)
        number.setdefault("".join(best), len(number))
        split = {word: joined(parts, best) for word, parts in split.items()}
    return learnt


def train(words: Mapping[str, int], merges: int, alphabet: Sequence[str] = byte_level.ALPHABET) -> list[Pair]:
    """The same merges, with counts that are kept up to date and a heap that finds the largest.

    A merge visits only the words that hold its pair. Each change of a count pushes an entry; entries whose count is
    no longer true are skipped when they come up.
    """
    number = _numbers(alphabet)
    split = {word: list(word) for word in words}
    counts: Counter[Pair] = Counter()
    places: defaultdict[Pair, set[str]] = defaultdict(set)
    for word, parts in split.items():
        for pair in itertools.pairwise(parts):
            counts[pair] += words[word]
            places[pair].add(word)

    def entry(pair: Pair) -> tuple[int, int, int, Pair]:
        return -counts[pair], number[pair[0]], number[pair[1]], pair

    heap = [entry(pair) for pair in counts]
    heapq.heapify(heap)
    learnt: list[Pair] = []
    while heap and len(learnt) < merges:
        count, _, _, best = heapq.heappop(heap)
        if count == 0 or -count != counts[best]:
            continue
        learnt.append(best)
        number.setdefault("".join(best), len(number))
        changed: set[Pair] = set()
        for word in places.pop(best):
            old, new = split[word], joined(split[word], best)
            for pair in itertools.pairwise(old):
                counts[pair] -= words[word]
                places[pair].discard(word)
                changed.add(pair)
            for pair in itertools.pairwise(new):
                counts[pair] += words[word]
                places[pair].add(word)
                changed.add(pair)
            split[word] = new
        for pair in changed:
            heapq.heappush(heap, entry(pair))
    return learnt


def merge_naive(word: str, ranks: Mapping[Pair, int]) -> list[str]:
    """``word`` after all merges, the pair of lowest rank first and every place of it at once."""
    parts = list(word)
    while len(parts) > 1:
        best = min(itertools.pairwise(parts), key=lambda pair: ranks.get(pair, len(ranks)))
        if best not in ranks:
            break
        parts = joined(parts, best)
    return parts


def merge(word: str, ranks: Mapping[Pair, int]) -> list[str]:
    """The same, with a linked list of the parts and a heap of the pairs that can be merged."""
    parts: list[str | None] = list(word)
    before = list(range(-1, len(word) - 1))
    after = list(range(1, len(word) + 1))
    heap: list[tuple[int, int, Pair]] = []

    def offer(left: int) -> None:
        right = after[left]
        first = parts[left]
        second = parts[right] if right < len(parts) else None
        if first is not None and second is not None and (first, second) in ranks:
            heapq.heappush(heap, (ranks[first, second], left, (first, second)))

    for place in range(len(word)):
        offer(place)
    while heap:
        _, left, pair = heapq.heappop(heap)
        right = after[left]
        if parts[left] != pair[0] or right >= len(parts) or parts[right] != pair[1]:
            continue  # one of them has been merged since
        parts[left], parts[right] = pair[0] + pair[1], None
        after[left] = after[right]
        if after[left] < len(parts):
            before[after[left]] = left
        if before[left] >= 0:
            offer(before[left])
        offer(left)
    return [part for part in parts if part is not None]


def ranked(merges: Iterable[Pair]) -> dict[Pair, int]:
    """The place of each merge in the list; the earliest where one is listed twice."""
    ranks: dict[Pair, int] = {}
    for number, pair in enumerate(merges):
        ranks.setdefault(pair, number)
    return ranks


def tokens(text: str, ranks: Mapping[Pair, int], pattern: str) -> Iterator[str]:
    """The tokens of ``text``, written byte by byte; each distinct piece is merged once."""
    known: dict[str, list[str]] = {}
    for piece in pretokenization.pieces(text, pattern):
        written = byte_level.symbols(piece)
        if written not in known:
            known[written] = merge(written, ranks)
        yield from known[written]


def encode(text: str, vocabulary: Sequence[str], merges: Sequence[str], pattern: str) -> list[int]:
    """Token numbers of ``text``.

    Args:
        text: any.
        vocabulary: tokens in the order of their numbers.
        merges: ``"left right"`` in the order in which they were learnt.
        pattern: name among those of :mod:`pretokenization`.
    """
    numbers = _numbers(vocabulary)
    pairs = [(left, right) for left, right in (merge.split(" ") for merge in merges)]
    return [numbers[token] for token in tokens(text, ranked(pairs), pattern)]
