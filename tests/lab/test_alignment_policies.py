"""Policies over a few answers, divergences and the best of n: closed forms and enumeration."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.formulas import best_of_n, regularized_policy
from figures.lab.alignment import divergences, policies
from figures.lab.alignment.best_of import best_of, win_rate

RNG = np.random.default_rng(11)
REFERENCE = RNG.dirichlet(np.ones(6))
POLICY = RNG.dirichlet(np.ones(6))
REWARDS = RNG.normal(size=6)


def slope(function, logits: np.ndarray) -> np.ndarray:  # type: ignore[no-untyped-def]  # any function of a policy
    step = 1e-6
    return np.array(
        [
            (function(policies.softmax(logits + step * unit)) - function(policies.softmax(logits - step * unit)))
            / (2 * step)
            for unit in np.eye(logits.size)
        ]
    )


def test_reward_gradient_is_the_slope() -> None:
    found = policies.reward_gradient(POLICY, REWARDS)
    assert found == pytest.approx(slope(lambda p: p @ REWARDS, np.log(POLICY)), abs=1e-8)
    assert found == pytest.approx((POLICY * REWARDS) @ policies.scores(POLICY))


def test_tilted_policy_is_the_formulas_optimum() -> None:
    best = policies.tilted(REFERENCE, REWARDS, 0.4)
    value = regularized_policy.optimal_value(0.4, tuple(REFERENCE), tuple(REWARDS))
    assert policies.objective(best, REFERENCE, REWARDS, 0.4) == pytest.approx(value)
    for index in range(6):
        chance = regularized_policy.optimal_probability(REFERENCE[index], REWARDS[index], value, 0.4)
        assert best[index] == pytest.approx(chance)
    for other in RNG.dirichlet(np.ones(6), 500):
        assert policies.objective(other, REFERENCE, REWARDS, 0.4) < value


def test_first_and_third_estimates_are_unbiased() -> None:
    truth = policies.divergence(POLICY, REFERENCE)
    assert divergences.moments(POLICY, REFERENCE, "first")[0] == pytest.approx(truth)
    assert divergences.moments(POLICY, REFERENCE, "third")[0] == pytest.approx(truth)
    assert divergences.moments(POLICY, REFERENCE, "second")[0] != pytest.approx(truth, rel=0.01)


def test_gradients_of_the_estimates_as_losses() -> None:
    reverse, forward = (one(POLICY, REFERENCE) for one in (divergences.reverse_gradient, divergences.forward_gradient))
    assert reverse == pytest.approx(slope(lambda p: policies.divergence(p, REFERENCE), np.log(POLICY)), abs=1e-8)
    assert forward == pytest.approx(slope(lambda p: policies.divergence(REFERENCE, p), np.log(POLICY)), abs=1e-8)
    assert divergences.loss_gradient(POLICY, REFERENCE, "first") == pytest.approx(np.zeros(6), abs=1e-15)
    assert divergences.loss_gradient(POLICY, REFERENCE, "second") == pytest.approx(reverse)
    assert divergences.loss_gradient(POLICY, REFERENCE, "third") == pytest.approx(forward)


def test_gradients_of_the_estimates_in_the_reward() -> None:
    reverse = divergences.reverse_gradient(POLICY, REFERENCE)
    assert divergences.reward_gradient(POLICY, REFERENCE, "first") == pytest.approx(reverse)
    assert divergences.reward_gradient(POLICY, REFERENCE, "third") != pytest.approx(reverse, rel=0.05)


def test_best_of_n_by_enumeration() -> None:
    rewards = np.array([1.0, 2.0, 2.0, 0.5])
    policy = np.array([0.4, 0.3, 0.1, 0.2])
    shares = np.zeros(4)
    for drawn in np.ndindex(4, 4, 4):
        chance = float(np.prod(policy[list(drawn)]))
        top = [one for one in drawn if rewards[one] == rewards[list(drawn)].max()]
        for one in top:
            shares[one] += chance / len(top)
    assert best_of(policy, rewards, 3) == pytest.approx(shares)
    assert best_of(policy, rewards, 1) == pytest.approx(policy)


@pytest.mark.parametrize("samples", [2, 8, 100])
def test_divergence_of_best_of_n_stays_below_its_bound(samples: int) -> None:
    shares = best_of(REFERENCE, REWARDS, samples)
    found = policies.divergence(shares, REFERENCE)
    top = float(REFERENCE[REWARDS.argmax()])
    assert found <= best_of_n.kl_bound_of_few(samples, top) + 1e-12
    assert win_rate(shares, REFERENCE, REWARDS) <= best_of_n.win_rate_bound(samples)
    fine = np.full(20_000, 1 / 20_000)
    ranks = np.arange(20_000.0)
    assert policies.divergence(best_of(fine, ranks, samples), fine) == pytest.approx(
        best_of_n.kl_bound(samples), abs=0.01
    )
    assert win_rate(best_of(fine[:500] * 40, ranks[:500], 8), fine[:500] * 40, ranks[:500]) == pytest.approx(
        8 / 9, abs=2e-3
    )


def test_few_answers_saturate() -> None:
    ten = np.full(10, 0.1)
    assert policies.divergence(best_of(ten, np.arange(10.0), 10_000), ten) == pytest.approx(math.log(10), abs=1e-3)
    assert policies.entropy(ten) == pytest.approx(math.log(10))
