"""The regularized optimum: no other policy does better, and rewards come back from it up to a constant."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.formulas.regularized_policy import implicit_margin, optimal_probability, optimal_value, pair_weight

REFERENCE, REWARDS, PENALTY = (0.5, 0.3, 0.2), (0.0, 1.0, 2.0), 0.7


def objective(policy: np.ndarray) -> float:
    return float(policy @ REWARDS - PENALTY * (policy * np.log(policy / REFERENCE)).sum())


def test_optimum_by_hand_and_against_other_policies() -> None:
    value = optimal_value(PENALTY, REFERENCE, REWARDS)
    best = np.array([optimal_probability(p, r, value, PENALTY) for p, r in zip(REFERENCE, REWARDS, strict=True)])
    assert best.sum() == pytest.approx(1)
    assert objective(best) == pytest.approx(value)
    for other in np.random.default_rng(2).dirichlet((1, 1, 1), 2000):
        assert objective(other) <= value + 1e-12
    assert optimal_value(1, (0.5, 0.5), (0, math.log(3))) == pytest.approx(math.log(2))


def test_margin_gives_the_reward_difference_back() -> None:
    value = optimal_value(PENALTY, REFERENCE, REWARDS)
    best = [optimal_probability(p, r, value, PENALTY) for p, r in zip(REFERENCE, REWARDS, strict=True)]
    assert implicit_margin(PENALTY, best[2], REFERENCE[2], best[0], REFERENCE[0]) == pytest.approx(2)


def test_weight_is_the_slope_of_the_loss() -> None:
    def loss(margin: float) -> float:
        return math.log1p(math.exp(-margin))

    assert pair_weight(0) == 0.5
    for margin in (-2.0, 0.3, 4.0):
        slope = (loss(margin + 1e-6) - loss(margin - 1e-6)) / 2e-6
        assert pair_weight(margin) == pytest.approx(-slope, abs=1e-8)
