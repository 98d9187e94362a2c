"""Standard errors of a score, by hand and against draws."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.formulas.scores import (
    answer_variance,
    bits_per_byte,
    clustered_error,
    design_effect,
    effective_problems,
    group_correlation,
    resampled_error,
    score_error,
)


def test_score_error_against_draws() -> None:
    assert score_error(0.5, 30) == pytest.approx(0.0912871, abs=1e-7)
    scores = np.random.default_rng(7).binomial(30, 0.7, 200_000) / 30
    assert score_error(0.7, 30) == pytest.approx(float(scores.std()), rel=0.01)


def test_resampled_error_against_draws() -> None:
    # Beta(2, 1): mean 2/3, variance 1/18; an answer's variance is left of 2/9.
    within = answer_variance(2 / 3, 1 / 18)
    assert within == pytest.approx(1 / 6)
    rng = np.random.default_rng(7)
    scores = rng.binomial(5, rng.beta(2, 1, (40_000, 50))).mean(axis=1) / 5
    assert resampled_error(1 / 18, within, 50, 5) == pytest.approx(float(scores.std()), rel=0.02)
    # One answer each: the two parts together are the variance of a coin.
    assert resampled_error(1 / 18, within, 50, 1) == pytest.approx(score_error(2 / 3, 50))
    assert resampled_error(1 / 18, within, 50, math.inf) == pytest.approx(math.sqrt(1 / 18 / 50))


def test_groups_by_hand() -> None:
    # Scores 1, 1 | 0, 0 | 1: mean 0.6, sums 0.8, −1.2, 0.4.
    assert clustered_error((0.8, -1.2, 0.4), 5) == pytest.approx(math.sqrt(0.64 + 1.44 + 0.16) / 5)
    # Each problem a group of its own: the error of independent problems.
    assert clustered_error((0.4, 0.4, -0.6, -0.6, 0.4), 5) == pytest.approx(score_error(0.6, 5))
    assert design_effect(1, 0.5) == 1
    assert design_effect(5, 1) == 5  # only one answer in five says anything
    assert effective_problems(100, design_effect(5, 1)) == 20


def test_groups_against_draws() -> None:
    # All five problems of a group share one beta-distributed probability: their correlation is 1 / (a + b + 1).
    rng = np.random.default_rng(7)
    solved = rng.binomial(5, rng.beta(2, 1, (20_000, 40)))
    spread = float(solved.sum(axis=1).std() / 200)
    independent = effective_problems(200, design_effect(5, 1 / 4))
    assert score_error(2 / 3, independent) == pytest.approx(spread, rel=0.02)
    found = [clustered_error(one - one.mean(), 200) for one in solved[:2000]]
    assert float(np.sqrt(np.square(found).mean())) == pytest.approx(spread, rel=0.03)


def test_bits_per_byte_by_hand() -> None:
    # One bit per token, four bytes per token.
    assert bits_per_byte(math.log(2), 100, 400) == pytest.approx(0.25)


def test_resampling_as_published() -> None:
    # Miller 2024, §3.1: difficulty spread evenly; two answers save a third of the variance, four a half, six 5/9.
    once = resampled_error(1 / 12, 1 / 6, 1, 1)
    assert once**2 == pytest.approx(1 / 4)
    for answers, saved in ((2, 1 / 3), (4, 1 / 2), (6, 5 / 9)):
        assert 1 - (resampled_error(1 / 12, 1 / 6, 1, answers) / once) ** 2 == pytest.approx(saved)


def test_groups_as_published() -> None:
    # Miller 2024, Table 4: MGSM, 250 problems in ten languages, 1.62 instead of 0.86 points.
    assert pytest.approx(1.88, abs=0.005) == 1.62 / 0.86
    correlation = group_correlation(1.88, 10)
    assert correlation == pytest.approx(0.2816, abs=1e-4)
    assert design_effect(10, correlation) == pytest.approx(1.88**2)
    assert group_correlation(1, 7) == 0
