"""Unigram language model: every way to cut a word is a path, and its probability the product over its pieces.

``scores`` are log probabilities of pieces. The lattice of a word of ``n`` characters has the nodes 0 to ``n``; a piece
from ``i`` to ``j`` is an edge.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

Scores = Mapping[str, float]


def edges(word: str, scores: Scores, longest: int) -> Iterator[tuple[int, int, str]]:
    """The pieces that occur in ``word``: where they begin and end, ordered by their ends."""
    for end in range(1, len(word) + 1):
        for begin in range(max(0, end - longest), end):
            if word[begin:end] in scores:
                yield begin, end, word[begin:end]


def longest_piece(scores: Scores) -> int:
    """Characters of the longest piece."""
    return max(map(len, scores))


def viterbi(word: str, scores: Scores) -> list[str]:
    """The most probable way to cut ``word``.

    Raises:
        ValueError: there is no way, since a character is no piece.
    """
    best = [0.0] + [-math.inf] * len(word)
    back: list[str] = [""] * (len(word) + 1)
    for begin, end, piece in edges(word, scores, longest_piece(scores)):
        score = best[begin] + scores[piece]
        if score > best[end]:
            best[end], back[end] = score, piece
    if best[-1] == -math.inf:
        raise ValueError(f"no pieces make up {word!r}")
    found: list[str] = []
    end = len(word)
    while end:
        found.append(back[end])
        end -= len(back[end])
    return found[::-1]


def _add(first: float, second: float) -> float:
    """Logarithm of the sum of what two logarithms stand for."""
    if first == -math.inf or second == -math.inf:
        return max(first, second)
    return max(first, second) + math.log1p(math.exp(-abs(first - second)))


def forward(word: str, scores: Scores) -> list[float]:
    """Log of the summed probability of all ways to cut the first ``n`` characters, for each ``n``."""
    sums = [0.0] + [-math.inf] * len(word)
    for begin, end, piece in edges(word, scores, longest_piece(scores)):
        sums[end] = _add(sums[end], sums[begin] + scores[piece])
    return sums


def backward(word: str, scores: Scores) -> list[float]:
    """The same for what follows the first ``n`` characters."""
    sums = [-math.inf] * len(word) + [0.0]
    ordered = sorted(edges(word, scores, longest_piece(scores)), key=lambda edge: -edge[0])
    for begin, end, piece in ordered:
        sums[begin] = _add(sums[begin], scores[piece] + sums[end])
    return sums


def log_likelihood(words: Mapping[str, int], scores: Scores) -> float:
    """Log probability of all words, each summed over all ways to cut it."""
    return sum(count * forward(word, scores)[-1] for word, count in words.items())


def expected(words: Mapping[str, int], scores: Scores) -> dict[str, float]:
    """How often each piece is used, on average over all ways to cut the words (the E step)."""
    uses: defaultdict[str, float] = defaultdict(float)
    for word, count in words.items():
        before, behind = forward(word, scores), backward(word, scores)
        for begin, end, piece in edges(word, scores, longest_piece(scores)):
            uses[piece] += count * math.exp(before[begin] + scores[piece] + behind[end] - before[-1])
    return dict(uses)


def em_step(words: Mapping[str, int], scores: Scores) -> dict[str, float]:
    """New scores: shares of the expected uses (the M step). The likelihood never falls; unused pieces drop out."""
    uses = expected(words, scores)
    total = math.log(sum(uses.values()))
    return {piece: math.log(use) - total for piece, use in uses.items() if use > 0}


def seed(words: Mapping[str, int], longest: int, size: int) -> dict[str, float]:
    """A large first vocabulary: all characters, and the substrings that cover most characters of the words."""
    found: Counter[str] = Counter()
    for word, count in words.items():
        for begin in range(len(word)):
            for end in range(begin + 1, min(begin + longest, len(word)) + 1):
                found[word[begin:end]] += count
    letters = [piece for piece in found if len(piece) == 1]
    others = sorted((p for p in found if len(p) > 1 and found[p] > 1), key=lambda p: (-found[p] * len(p), p))
    kept = [*letters, *others[: max(0, size - len(letters))]]
    total = math.log(sum(found[piece] for piece in kept))
    return {piece: math.log(found[piece]) - total for piece in kept}


def losses(words: Mapping[str, int], scores: Scores) -> dict[str, float]:
    """What the log likelihood of the best cuts loses without each piece, its uses going to its own best cut."""
    uses: Counter[str] = Counter()
    for word, count in words.items():
        for piece in viterbi(word, scores):
            uses[piece] += count
    total = sum(uses.values())
    lost: dict[str, float] = {}
    for piece in scores:
        if len(piece) == 1:
            continue  # characters stay, so that every word can be cut
        lost[piece] = 0.0
        if uses[piece]:
            inner = {other: scores[other] for _, _, other in edges(piece, scores, len(piece) - 1)}
            parts = viterbi(piece, inner)
            grown = total + uses[piece] * (len(parts) - 1)
            again = sum(math.log((uses[part] + uses[piece]) / grown) for part in parts)
            lost[piece] = uses[piece] * (math.log(uses[piece] / total) - again)
    return lost


def pruned(words: Mapping[str, int], scores: Scores, size: int, keep: float = 0.75) -> dict[str, float]:
    """Scores without the pieces that are missed least: ``keep`` of the vocabulary stays, or ``size`` pieces."""
    lost = losses(words, scores)
    letters = [piece for piece in scores if len(piece) == 1]
    room = max(size, int(keep * len(scores))) - len(letters)
    best = sorted(lost, key=lambda piece: (-lost[piece], piece))[: max(0, room)]
    total = math.log(sum(math.exp(scores[piece]) for piece in (*letters, *best)))
    return {piece: scores[piece] - total for piece in (*letters, *best)}


def train(words: Mapping[str, int], size: int, *, longest: int = 8, seeds: int = 0, steps: int = 2) -> dict[str, float]:
    """A vocabulary of ``size`` pieces: EM and pruning in turn, from ``seeds`` pieces or eight times the size."""
    scores: dict[str, float] = seed(words, longest, seeds or 8 * size)
    while True:
        for _ in range(steps):
            scores = _with_letters(em_step(words, scores), scores)
        if len(scores) <= size:
            return scores
        scores = pruned(words, scores, size)


def _with_letters(fresh: dict[str, float], old: Scores) -> dict[str, float]:
    """``fresh`` with every character of ``old``, so that no word becomes impossible."""
    rarest = min(fresh.values())
    return {piece: rarest for piece in old if len(piece) == 1 and piece not in fresh} | fresh
