"""Differences of scores: by hand, against draws, and round trips between the formulas."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.formulas.score_differences import (
    detectable_difference,
    difference_error,
    difference_probability,
    difference_variance,
    flip_error,
    flip_significance,
    power,
    problems_for_power,
    problems_needed,
    score_correlation,
)
from figures.formulas.scores import score_error


def test_difference_error_by_hand() -> None:
    assert difference_error(0.03, 0.04, 0) == pytest.approx(0.05)
    assert difference_error(0.03, 0.03, 0.5) == pytest.approx(0.03)
    assert difference_error(0.03, 0.03, 1) == 0


def test_flips_and_correlation_are_one_thing() -> None:
    # Both solve 60 %, only the first 15 %, only the second 10 %, neither 15 %.
    both, lost, won, problems = 0.60, 0.15, 0.10, 400
    first, second = both + lost, both + won
    correlation = score_correlation(both, first, second)
    assert correlation == pytest.approx((0.6 - 0.75 * 0.7) / math.sqrt(0.1875 * 0.21))
    paired = difference_error(score_error(first, problems), score_error(second, problems), correlation)
    assert paired == pytest.approx(flip_error(lost + won, lost - won, problems))
    assert paired**2 == pytest.approx(difference_variance(first, second, correlation) / problems)
    rng = np.random.default_rng(7)
    flips = rng.multinomial(problems, (lost, won, 1 - lost - won), 100_000)
    assert paired == pytest.approx(float((flips[:, 0] - flips[:, 1]).std() / problems), rel=0.01)


def test_flip_significance_and_problems_needed_against_draws() -> None:
    assert flip_significance(20, 10) == pytest.approx(1.8257, abs=1e-4)
    assert problems_needed(0.05, 0.01, 2) == 2000
    rng = np.random.default_rng(7)
    flips = rng.multinomial(2000, (0.03, 0.02, 0.95), 100_000)  # lost, won, unchanged: five per cent flip, one is lost
    spread = float((flips[:, 0] - flips[:, 1]).std() / 2000)
    assert 0.01 / spread == pytest.approx(2, rel=0.02)


def test_what_is_detectable_is_detected() -> None:
    # The textbook's 2.8 standard errors for 5 % and 80 %.
    assert detectable_difference(1, 0.95, 0.8) == pytest.approx(1.959964 + 0.841621)
    assert power(detectable_difference(0.02, 0.95, 0.8), 0.02, 0.95) == pytest.approx(0.8)
    rng = np.random.default_rng(7)
    found = rng.normal(0.03, 0.01, 200_000) > 1.959964 * 0.01
    assert power(0.03, 0.01, 0.95) == pytest.approx(float(found.mean()), abs=0.003)


def test_problems_for_power_as_tabulated() -> None:
    # Two proportions, 60 % and 50 %, 5 % two-sided, power 80 %: 385 per group by the unpooled formula.
    assert math.ceil(problems_for_power(difference_variance(0.6, 0.5, 0), 0.1, 0.95, 0.8)) == 385
    problems = problems_for_power(0.25, 0.03, 0.95, 0.8)
    assert detectable_difference(math.sqrt(0.25 / problems), 0.95, 0.8) == pytest.approx(0.03)


def test_size_as_published() -> None:
    # Miller 2024, §5: a variance of 1/9, three points, 5 % and 80 %: 969 questions.
    assert problems_for_power(1 / 9, 0.03, 0.95, 0.8) == pytest.approx(969, abs=0.5)
    # The same section: 198 questions, ten answers each: 7.5 instead of 13.2 points, cut off, not rounded.
    for answers, least in ((1, 0.132), (10, 0.075)):
        error = math.sqrt((1 / 9 + 2 / 6 / answers) / 198)
        assert least <= detectable_difference(error, 0.95, 0.8) < least + 0.001


def test_probability_of_a_difference_as_tabulated() -> None:
    assert difference_probability(1.959964, 1) == pytest.approx(0.05, abs=1e-6)
    assert difference_probability(-0.0258, 0.01) == pytest.approx(0.00988, abs=1e-5)  # two-sided table at 2.58
    assert difference_probability(0, 1) == 1
