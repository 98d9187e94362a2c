"""Clipping and the penalty of long answers: published settings."""

from __future__ import annotations

import pytest

from figures.formulas.clipping import overlong_penalty, reachable_probability


def test_reach_of_published_bounds() -> None:
    """DAPO's example: 0.01 may rise to 0.012, 0.9 to more than there is."""
    assert reachable_probability(0.01, 0.2) == pytest.approx(0.012)
    assert reachable_probability(0.01, 0.28) == pytest.approx(0.0128)
    assert reachable_probability(0.9, 0.2) == 1


def test_penalty_of_published_lengths() -> None:
    """DAPO: 20,480 tokens at most, the last 4,096 of them soft."""
    found = [overlong_penalty(length, 20_480, 4096) for length in (100, 16_384, 18_432, 20_480, 30_000)]
    assert found == [0, 0, -0.5, -1, -1]
