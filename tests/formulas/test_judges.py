"""Judges: a textbook kappa, and corrections against draws."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from figures.formulas.judges import (
    accepted_right,
    assisted_error,
    chance_agreement,
    cohen_kappa,
    corrected_share,
    corrected_share_error,
    label_factor,
    rectified_error,
)


def test_kappa_by_hand() -> None:
    # Two judges, 50 items: both yes 20, both no 15, only the first 5, only the second 10.
    chance = chance_agreement((0.5, 0.5), (0.6, 0.4))
    assert chance == pytest.approx(0.5)
    assert cohen_kappa(0.7, chance) == pytest.approx(0.4)
    assert cohen_kappa(1, chance) == 1
    assert cohen_kappa(chance, chance) == 0


def test_correction_by_hand() -> None:
    # 60 % good, the judge finds 90 % of them and calls 20 % of the bad ones good: 0.54 + 0.08.
    assert corrected_share(0.62, 0.9, 0.8) == pytest.approx(0.6)
    assert corrected_share(0.6, 1, 1) == 0.6


def test_error_of_the_correction_against_draws() -> None:
    rng = np.random.default_rng(7)
    judged = rng.binomial(2000, 0.62, 100_000) / 2000
    found, refused = rng.binomial(300, 0.9, 100_000) / 300, rng.binomial(200, 0.8, 100_000) / 200
    spread = float(np.std([corrected_share(*one) for one in zip(judged, found, refused, strict=True)]))
    assert corrected_share_error(0.62, 0.9, 0.8, 2000, 300, 200) == pytest.approx(spread, rel=0.02)
    # A perfect judge: the error of a score.
    assert corrected_share_error(0.6, 1, 1, 2000, 300, 200) == pytest.approx((0.24 / 2000) ** 0.5)


def test_rectified_error_against_draws() -> None:
    rng = np.random.default_rng(7)
    labels, answers = rng.random((4000, 100)) < 0.6, rng.random((4000, 1000)) < 0.6

    def judge(good: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return np.where(rng.random(good.shape) < 0.85, good, ~good)

    estimates = judge(answers).mean(axis=1) + (labels.astype(float) - judge(labels)).mean(axis=1)
    # The judge says yes with 0.6 × 0.85 + 0.4 × 0.15 = 0.57; the rest is ±1 with 0.09 and 0.06.
    assert estimates.mean() == pytest.approx(0.6, abs=0.002)
    error = rectified_error(0.57 * 0.43, 0.15 - 0.03**2, 1000, 100)
    assert error == pytest.approx(float(estimates.std()), rel=0.03)


def test_assistance_by_hand() -> None:
    # Endless answers and a correlation of one half: a quarter of the variance goes.
    assert assisted_error(0.25, 0.5, 1e12, 100) == pytest.approx((0.25 / 100 * 0.75) ** 0.5)
    assert label_factor(0.5, 1e12, 100) == pytest.approx(4 / 3)
    assert label_factor(0, 1000, 100) == 1
    # A judge who is never wrong makes labels of all answers.
    assert label_factor(1, 900, 100) == pytest.approx(10)
    labels = 100 * label_factor(0.67, 900, 100)
    assert assisted_error(0.25, 0.67, 900, 100) == pytest.approx((0.25 / labels) ** 0.5)


def test_what_a_verifier_accepts() -> None:
    # 100 answers, 20 right: 18 of them accepted, and 8 of the 80 wrong ones.
    assert accepted_right(0.2, 0.9, 0.9) == pytest.approx(18 / 26)
    assert accepted_right(0.2, 0.9, 1) == 1
    assert accepted_right(0.2, 0.5, 0.5) == pytest.approx(0.2)  # a coin
