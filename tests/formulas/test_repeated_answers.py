"""pass@k and its relatives against enumeration, exact fractions and draws."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest

from figures.formula import Formula
from figures.formulas.repeated_answers import (
    all_right,
    any_right,
    majority_right,
    pass_at_k,
    pass_at_k_error,
    pass_hat_k,
    plug_in_bias,
    right_among_drawn,
    tries_among_drawn,
)


@pytest.mark.parametrize(
    ("answers", "right", "tries"), [(5, 2, 1), (5, 2, 3), (6, 0, 2), (6, 6, 4), (7, 3, 5), (4, 1, 4)]
)
def test_both_count_the_sets_of_answers(answers: int, right: int, tries: int) -> None:
    sets = list(itertools.combinations([True] * right + [False] * (answers - right), tries))
    assert pass_at_k(answers, right, tries) == pytest.approx(sum(map(any, sets)) / len(sets))
    assert pass_hat_k(answers, right, tries) == pytest.approx(sum(map(all, sets)) / len(sets))


@pytest.mark.parametrize(
    ("answers", "right", "tries"), [(200, 1, 100), (200, 37, 100), (10_000, 3, 1000), (10_000, 9990, 9)]
)
def test_large_counts_keep_their_digits(answers: int, right: int, tries: int) -> None:
    none = Fraction(math.comb(answers - right, tries), math.comb(answers, tries))
    every = Fraction(math.comb(right, tries), math.comb(answers, tries))
    assert pass_at_k(answers, right, tries) == pytest.approx(float(1 - none), rel=1e-10)
    assert pass_hat_k(answers, right, tries) == pytest.approx(float(every), rel=1e-10)


def test_one_of_200_solves_half_of_the_hundreds() -> None:
    # Chen et al. 2021 draw 200 answers: a problem with one right answer counts k / 200.
    assert [pass_at_k(200, 1, k) for k in (1, 10, 100)] == pytest.approx([0.005, 0.05, 0.5])


@pytest.mark.parametrize("estimate", [pass_at_k, pass_hat_k])
def test_impossible_counts_are_refused(estimate: Formula[[int, int, int]]) -> None:
    with pytest.raises(ValueError, match="more answers are right than were drawn"):
        estimate(5, 6, 1)
    with pytest.raises(ValueError, match="k is larger than the number of answers drawn"):
        estimate(5, 3, 6)


@pytest.mark.parametrize(("share", "answers", "tries"), [(0.05, 20, 10), (0.3, 10, 5), (0.7, 8, 8)])
def test_the_estimates_have_the_means_that_they_should(share: float, answers: int, tries: int) -> None:
    chances = [math.comb(answers, c) * share**c * (1 - share) ** (answers - c) for c in range(answers + 1)]
    estimates = [pass_at_k(answers, c, tries) for c in range(answers + 1)]
    mean = float(np.dot(chances, estimates))
    truth = any_right(share, tries)
    assert mean == pytest.approx(truth)
    assert np.dot(chances, [pass_hat_k(answers, c, tries) for c in range(answers + 1)]) == pytest.approx(
        all_right(share, tries)
    )
    variance = np.dot(chances, np.square(np.array(estimates) - truth))
    assert pass_at_k_error(share, answers, tries) == pytest.approx(math.sqrt(float(variance)))
    naive = np.dot(chances, [1 - (1 - c / answers) ** tries for c in range(answers + 1)])
    assert plug_in_bias(share, answers, tries) == pytest.approx(float(naive) - truth)
    assert plug_in_bias(share, answers, tries) < 0
    assert plug_in_bias(share, answers, 1) == pytest.approx(0, abs=1e-12)


def test_all_and_any_by_hand() -> None:
    assert (right_among_drawn(3, 10), right_among_drawn(12, 10)) == (3, 10)
    assert (tries_among_drawn(3, 10), tries_among_drawn(12, 10)) == (3, 10)
    assert pass_at_k(10_000, 1, 1) == pytest.approx(1e-4, rel=1e-12)
    assert any_right(0.5, 3) == 0.875
    assert all_right(0.9, 2) == pytest.approx(0.81)
    assert pass_at_k_error(0, 10, 5) == 0


def test_majorities_by_hand() -> None:
    assert majority_right(0.6, 3) == pytest.approx(0.216 + 3 * 0.36 * 0.4)
    assert majority_right(0.6, 1) == pytest.approx(0.6)
    assert majority_right(0.5, 101) == pytest.approx(0.5)
    assert majority_right(0.4, 101) < 0.05 < 0.95 < majority_right(0.6, 101)
