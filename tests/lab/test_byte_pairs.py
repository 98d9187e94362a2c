"""Byte-pair encoding by hand."""

from __future__ import annotations

import pytest

from figures.lab import byte_pairs

MERGES = ["Ġ t", "h e", "Ġt he", "a a"]
VOCABULARY = ["Ġ", "t", "h", "e", "a", "Ġt", "he", "Ġthe", "aa", ".", "Ċ", "s", "'s"]


def test_text_is_cut_where_no_merge_may_cross() -> None:
    assert list(byte_pairs.words("It's  a cache, no?\n\nYes")) == [
        *("It", "'s", "Ġ", "Ġa", "Ġcache", ",", "Ġno", "?", "Ċ", "Ċ", "Yes")
    ]


def test_the_earliest_merge_goes_first_and_everywhere() -> None:
    ranks = {("a", "b"): 1, ("b", "c"): 0}
    assert byte_pairs.merge("abcbc", ranks) == ["a", "bc", "bc"]
    assert byte_pairs.merge("aaa", {("a", "a"): 0}) == ["aa", "a"]
    assert byte_pairs.merge("x", ranks) == ["x"]


def test_encode_by_hand() -> None:
    assert byte_pairs.encode("the the.", VOCABULARY, MERGES) == [1, 6, 7, 9]


def test_what_tokenizers_treat_differently_is_refused() -> None:
    with pytest.raises(ValueError, match="the text contains '7', 'é'; use ASCII letters"):
        byte_pairs.encode("é7", VOCABULARY, MERGES)
