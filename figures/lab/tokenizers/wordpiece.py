"""WordPiece: pairs chosen for what they add to the likelihood, and words cut by the longest match from the left.

Pieces that do not begin a word are written with ``##`` before them.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Container, Mapping

UNKNOWN = "[UNK]"


def start(word: str) -> list[str]:
    """The characters of ``word`` as pieces."""
    return [word[0], *(f"##{letter}" for letter in word[1:])]


def glued(left: str, right: str) -> str:
    """The piece that two neighbouring pieces make."""
    return left + right.removeprefix("##")


def train(words: Mapping[str, int], merges: int, least: int = 1) -> list[str]:
    """A vocabulary: all characters, and a piece for each of ``merges`` merges.

    The pair with the largest ratio of its count to the product of its parts' counts is merged: that of the largest
    pointwise mutual information. Pairs seen less than ``least`` times are left out, without which rare pairs win.
    """
    split = {word: start(word) for word in words}
    vocabulary = sorted({piece for pieces in split.values() for piece in pieces})
    for _ in range(merges):
        single: Counter[str] = Counter()
        double: Counter[tuple[str, str]] = Counter()
        for word, pieces in split.items():
            for piece in pieces:
                single[piece] += words[word]
            for pair in itertools.pairwise(pieces):
                double[pair] += words[word]
        candidates = {pair: count for pair, count in double.items() if count >= least}
        if not candidates:
            break
        best = min(candidates, key=lambda pair: (-candidates[pair] / (single[pair[0]] * single[pair[1]]), pair))
        vocabulary.append(glued(*best))
        for word, pieces in split.items():
            split[word] = _joined(pieces, best)
    return list(dict.fromkeys(vocabulary))


def _joined(pieces: list[str], pair: tuple[str, str]) -> list[str]:
    merged: list[str] = []
    at = 0
    while at < len(pieces):
        if tuple(pieces[at : at + 2]) == pair:
            merged.append(glued(*pair))
            at += 2
        else:
            merged.append(pieces[at])
            at += 1
    return merged


def longest_match(word: str, vocabulary: Container[str]) -> list[str]:
    """The pieces of ``word``, each the longest that fits; one unknown piece where some place has none."""
    found: list[str] = []
    begin = 0
    while begin < len(word):
        for end in range(len(word), begin, -1):
            piece = ("##" if begin else "") + word[begin:end]
            if piece in vocabulary:
                break
        else:
            return [UNKNOWN]
        found.append(piece)
        begin = end
    return found
