"""Groups of right and wrong answers: by hand, by enumeration and by draws."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.formulas.answer_groups import (
    centred_signal,
    difficulty_weight,
    normalized_signal,
    right_advantage,
    useful_share,
    wrong_advantage,
)


def test_advantages_are_standardized_rewards() -> None:
    for answers, right in ((4, 1), (4, 2), (16, 13)):
        rewards = np.array([1.0] * right + [0.0] * (answers - right))
        standard = (rewards - rewards.mean()) / rewards.std()
        assert right_advantage(answers, right) == pytest.approx(standard[0])
        assert wrong_advantage(answers, right) == pytest.approx(standard[-1])
    assert right_advantage(4, 1) == pytest.approx(math.sqrt(3))


def test_useful_groups_by_hand() -> None:
    assert useful_share(0.5, 2) == 0.5
    assert useful_share(0.05, 16) == pytest.approx(0.5599, abs=1e-4)
    assert useful_share(0.95, 16) == pytest.approx(useful_share(0.05, 16))


@pytest.mark.parametrize("right", [0.1, 0.5, 0.85])
def test_pushes_against_draws(right: float) -> None:
    answers = 8
    rewards = (np.random.default_rng(4).random((400_000, answers)) < right).astype(float)
    score = rewards - right  # d log π / d log-odds of the answer that was drawn
    centred = rewards - rewards.mean(axis=1, keepdims=True)
    deviation = rewards.std(axis=1, keepdims=True)
    normalized = centred / np.where(deviation > 0, deviation, 1)
    assert float((centred * score).mean()) == pytest.approx(centred_signal(right, answers), abs=1e-3)
    assert float((normalized * score).mean()) == pytest.approx(normalized_signal(right, answers), abs=2e-3)


@pytest.mark.parametrize("right", [0.1, 0.5])
def test_normalized_push_climbs_the_arcsine(right: float) -> None:
    limit = math.sqrt(right * (1 - right))
    assert normalized_signal(right, 2000) == pytest.approx(limit, rel=1e-3)

    def arcsine(log_odds: float) -> float:
        return 2 * math.asin(math.sqrt(1 / (1 + math.exp(-log_odds))))

    at = math.log(right / (1 - right))
    assert (arcsine(at + 1e-6) - arcsine(at - 1e-6)) / 2e-6 == pytest.approx(limit, rel=1e-6)
    assert difficulty_weight(right) * right * (1 - right) == pytest.approx(limit)


def test_weights_by_hand() -> None:
    assert difficulty_weight(0.5) == 2
    assert difficulty_weight(0.05) == pytest.approx(4.588, abs=1e-3)
