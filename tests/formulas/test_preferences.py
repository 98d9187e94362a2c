"""Rewards as ratings, and the ceiling that labellers set."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.formulas.preferences import accuracy_bound, agreement, points_of_rewards
from figures.formulas.ratings import win_probability


@pytest.mark.parametrize("difference", [-2.0, 0.0, 0.7, 3.0])
def test_a_preference_is_a_win(difference: float) -> None:
    assert win_probability(points_of_rewards(difference)) == pytest.approx(1 / (1 + math.exp(-difference)))


def test_agreement_by_hand() -> None:
    assert agreement(0.5) == 0.5
    assert agreement(0.9) == pytest.approx(0.82)
    assert accuracy_bound(agreement(0.9)) == pytest.approx(0.9)
    assert accuracy_bound(agreement(0.2)) == pytest.approx(0.8)


def test_no_mixture_of_pairs_beats_the_bound() -> None:
    rng = np.random.default_rng(1)
    for _ in range(100):
        first, second = (float(one) for one in rng.uniform(0.2, 5, 2))
        pairs = rng.beta(first, second, 500)
        best = float(np.maximum(pairs, 1 - pairs).mean())
        agreed = float(np.mean([agreement(p) for p in pairs]))
        assert agreed <= best <= accuracy_bound(agreed)
