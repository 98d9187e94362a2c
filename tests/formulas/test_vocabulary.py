"""What a vocabulary costs, by hand and against published values."""

from __future__ import annotations

import pytest

from figures.formulas.vocabulary import (
    best_vocabulary_parameters,
    break_even_compression,
    break_even_patch,
    logits_bytes,
    operations_per_byte,
)


def test_logits_by_hand() -> None:
    assert logits_bytes(1, 32_000, 4) == 128_000
    assert logits_bytes(8192, 128_256, 4) == 2**15 * 128_256


def test_break_even_is_where_a_byte_costs_the_same() -> None:
    body, width, small, large, bytes_per_token = 14e9, 4096, 32_000, 128_256, 4.0
    needed = break_even_compression(body, small, large, width)
    assert needed == pytest.approx((14e9 + 1.05067e9) / (14e9 + 0.262144e9), rel=1e-5)
    before = operations_per_byte(body, small, width, bytes_per_token)
    assert operations_per_byte(body, large, width, bytes_per_token * needed) == pytest.approx(before)
    assert before == pytest.approx(14.262144e9 / 4)


def test_law_of_tao_as_in_the_code_of_its_authors() -> None:
    # Its anchor, 33 million parameters of width 512 with 6,144 tokens, and the power between the extremes of the fit.
    assert best_vocabulary_parameters(33e6) == 6144 * 512
    grown = best_vocabulary_parameters(2.87e9) / best_vocabulary_parameters(33e6)
    assert grown == pytest.approx((2870 / 33) ** 0.8354, rel=1e-4)


def test_patch_at_which_both_cost_the_same() -> None:
    body, vocabulary, width, per_token, local = 14e9, 128_256, 4096, 4.5, 0.5e9
    patch = break_even_patch(body, vocabulary, width, per_token, local)
    assert body / patch + local == pytest.approx(operations_per_byte(body, vocabulary, width, per_token))
    # No small models and no output matrix: a patch must be as long as a token.
    assert break_even_patch(body, 0, width, per_token, 0) == per_token
