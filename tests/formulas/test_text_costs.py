"""Prices and windows, by hand."""

from __future__ import annotations

import pytest

from figures.formulas import text_costs


def test_content_tokens_and_words_in_context_by_hand() -> None:
    # 1,000 English words at 1.25 tokens each are 1,250 tokens, and twice as many in a language with premium 2.
    assert text_costs.content_tokens(1000, 1.25, 1) == 1250
    assert text_costs.content_tokens(1000, 1.25, 2) == 2500
    assert text_costs.words_in_context(2500, 1.25, 2) == 1000


def test_text_price_by_hand() -> None:
    assert text_costs.text_price(2_500_000, 3) == pytest.approx(7.5)
