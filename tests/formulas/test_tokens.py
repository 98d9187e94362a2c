"""Quotients of bytes, words and tokens."""

from __future__ import annotations

import pytest

from figures.formulas.tokens import bytes_per_token, fertility, premium, text_rate


def test_quotients_by_hand() -> None:
    text = "The ferry is late."
    tokens = ["The", " fer", "ry", " is", " late", "."]
    assert "".join(tokens) == text
    assert bytes_per_token(len(text.encode()), len(tokens)) == 3
    assert fertility(len(tokens), len(text.split())) == 1.5


def test_premium_as_published() -> None:
    # FLORES-200 with GPT-2: 986,091 tokens in Shan, 52,567 in English; with cl100k 795,074 and 52,835, the
    # "differences up to 15 times" of the abstract of Petrov et al. (2023).
    assert premium(986_091, 52_567) == pytest.approx(18.76, abs=0.005)
    assert premium(795_074, 52_835) == pytest.approx(15.05, abs=0.005)


def test_rate_by_hand() -> None:
    assert text_rate(50, 4.2) == pytest.approx(210)
