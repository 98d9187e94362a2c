"""Exact probabilities of letters from tokens, by hand and by enumeration."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping

import pytest

from figures.lab.tokenizers import boundaries

P = 0.6  # of a; letters are drawn independently, and every ab is one token


def independent(tokens: tuple[str, ...]) -> Mapping[str, float]:
    """The exact model of the tokens: after the token a no token b comes, or both would have been ab."""
    if tokens and tokens[-1] == "a":
        # Given that what follows does not begin with b: a again (itself not before b), or ab.
        return {"a": P, "ab": 1 - P, "b": 0.0}
    return {"a": P * P, "ab": P * (1 - P), "b": 1 - P}


def test_the_next_letter_by_hand() -> None:
    naive = boundaries.after_tokens(("a",), "ab", independent)
    assert naive == pytest.approx({"a": 1, "b": 0})
    exact = boundaries.next_letter("a", "ab", independent)
    assert exact == pytest.approx({"a": P, "b": 1 - P})
    assert boundaries.prefix_probability("a", independent) == pytest.approx(P)
    assert dict(boundaries.covers("a", independent)) == pytest.approx({("a",): 0.36, ("ab",): 0.24})


def test_every_prefix_has_the_probability_of_its_letters() -> None:
    for length in range(1, 7):
        for letters in itertools.product("ab", repeat=length):
            prefix = "".join(letters)
            expected = math.prod(P if letter == "a" else 1 - P for letter in prefix)
            assert boundaries.prefix_probability(prefix, independent) == pytest.approx(expected)
