"""Policy gradients of a group: bias and variance, and what normalizing by length does."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.formulas import answer_groups
from figures.lab.alignment import gradients, lengths, policies

POLICY = np.array([0.5, 0.2, 0.2, 0.1])
REWARDS = np.array([0.0, 1.0, 0.3, 2.0])
TRUTH = policies.reward_gradient(POLICY, REWARDS)


def test_groups_are_all_groups() -> None:
    assert len(list(gradients.groups(4, 8))) == math.comb(11, 3)
    assert all(sum(counts) == 8 for counts in gradients.groups(4, 8))


@pytest.mark.parametrize("size", [2, 4, 8])
def test_means(size: int) -> None:
    for name, factor in (("plain", 1), ("left_out", 1), ("centred", (size - 1) / size)):
        mean, _ = gradients.moments(POLICY, REWARDS, size, gradients.WAYS[name])
        assert mean == pytest.approx(factor * TRUTH), name


def test_normalizing_changes_the_direction() -> None:
    mean, _ = gradients.moments(POLICY, REWARDS, 8, gradients.normalized)
    assert float(mean @ TRUTH) / np.linalg.norm(mean) / np.linalg.norm(TRUTH) < 0.999


def test_two_answers_agree_with_the_formulas() -> None:
    policy, rewards = np.array([0.2, 0.8]), np.array([1.0, 0.0])
    for size in (2, 5, 16):
        centred, _ = gradients.moments(policy, rewards, size, gradients.centred)
        normalized, _ = gradients.moments(policy, rewards, size, gradients.normalized)
        assert centred[0] == pytest.approx(answer_groups.centred_signal(0.2, size))
        assert normalized[0] == pytest.approx(answer_groups.normalized_signal(0.2, size))


def test_variance_falls_as_one_over_the_size_with_a_fixed_baseline() -> None:
    best = gradients.best_baseline(POLICY, REWARDS)
    two, eight = (gradients.moments(POLICY, REWARDS, size, gradients.fixed_baseline(best))[1] for size in (2, 8))
    assert two / eight == pytest.approx(4)
    for other in (0.0, float(POLICY @ REWARDS), best + 0.1, best - 0.1):
        assert gradients.moments(POLICY, REWARDS, 2, gradients.fixed_baseline(other))[1] > two


def test_variance_against_draws() -> None:
    rng = np.random.default_rng(9)
    drawn = rng.choice(4, size=(60_000, 4), p=POLICY)
    scores = policies.scores(POLICY)
    estimates = np.array([gradients.left_out(REWARDS[one]) @ scores[one] / 4 for one in drawn])
    _, variance = gradients.moments(POLICY, REWARDS, 4, gradients.left_out)
    assert variance == pytest.approx(float(estimates.var(axis=0).sum()), rel=0.02)


RIGHT = np.array([1.0, 1.0, 0.0, 0.0])
TOKENS = np.array([100.0, 1000.0, 100.0, 1000.0])
START = np.array([0.25, 0.25, 0.25, 0.25])


def test_only_a_constant_leaves_length_alone() -> None:
    drift = {name: lengths.train(START, RIGHT, TOKENS, 4, loss, 0.05, 40)[-1] for name, loss in lengths.LOSSES.items()}
    assert drift["constant"].wrong_length == pytest.approx(550)
    assert drift["constant"].right_length == pytest.approx(550)
    assert drift["per_answer"].wrong_length > 650
    assert drift["per_answer"].right_length < 450
    assert drift["per_answer"].wrong_length > drift["per_group"].wrong_length


def test_push_of_one_group_by_hand() -> None:
    """Two answers of which one is right: advantages 1 and −1; a wrong answer of 1,000 tokens is pushed a tenth."""
    weights = lengths.per_answer(np.array([-1.0, -1.0]), np.array([100.0, 1000.0]))
    assert weights[0] / weights[1] == pytest.approx(10)
    assert lengths.per_group(np.array([1.0, -1.0]), np.array([100.0, 1000.0])) == pytest.approx([1 / 1100, -1 / 1100])
    assert lengths.constant(np.array([1.0, -1.0]), np.array([100.0, 1000.0])) == pytest.approx([0.5, -0.5])
