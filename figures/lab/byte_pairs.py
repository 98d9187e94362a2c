"""Byte-pair encoding in the byte-level form of GPT-2, for plain English text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

# GPT-2 splits text so that no merge crosses a word; this is its pattern for ASCII letters and punctuation.
WORDS = re.compile(r"'(?:s|t|re|ve|m|ll|d)| ?[A-Za-z]+| ?[^\sA-Za-z]+|\s+(?!\S)|\s+")
SPACE, NEWLINE = "Ġ", "Ċ"  # how byte-level vocabularies write these two bytes


def words(text: str) -> Iterator[str]:
    """The pieces that are encoded each by itself.

    Raises:
        ValueError: characters whose treatment differs between tokenizers: digits, and all beyond ASCII.
    """
    odd = sorted(set(re.findall(r"[^ \n!-/:-~]", text)))
    if odd:
        raise ValueError(
            f"the text contains {', '.join(map(repr, odd))}; use ASCII letters, punctuation and spaces only"
        )
    for match in WORDS.finditer(text):
        yield match[0].replace(" ", SPACE).replace("\n", NEWLINE)


def merge(word: str, ranks: Mapping[tuple[str, str], int]) -> list[str]:
    """``word`` after all merges, the pair of lowest rank first and every place of it at once."""
    parts = list(word)
    while len(parts) > 1:
        pairs = list(itertools.pairwise(parts))
        best = min(pairs, key=lambda pair: ranks.get(pair, len(ranks)))
        if best not in ranks:
            break
        merged: list[str] = []
        for part in parts:
            if merged and (merged[-1], part) == best:
                merged[-1] += part
            else:
                merged.append(part)
        parts = merged
    return parts


def encode(text: str, vocabulary: Sequence[str], merges: Sequence[str]) -> list[int]:
    """Token ids of ``text``.

    Args:
        text: ASCII without digits.
        vocabulary: tokens in the order of their ids.
        merges: ``"left right"`` in the order in which they were learnt.
    """
    ids = {token: number for number, token in enumerate(vocabulary)}
    ranks = {(left, right): rank for rank, (left, right) in enumerate(merge.split(" ") for merge in merges)}
    return [ids[part] for word in words(text) for part in merge(word, ranks)]
