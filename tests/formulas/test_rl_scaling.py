"""The sigmoid of reward over compute: its middle, its ends and its slope."""

from __future__ import annotations

import math

import pytest

from figures.formulas.rl_scaling import compute_for_share, reward_of_compute


def test_half_of_the_gain_at_the_middle() -> None:
    assert reward_of_compute(0.2, 0.61, 3600, 3600, 1.7) == pytest.approx(0.405)
    assert reward_of_compute(0.2, 0.61, 1e-3, 3600, 1.7) == pytest.approx(0.2, abs=1e-6)
    assert reward_of_compute(0.2, 0.61, 1e12, 3600, 1.7) == pytest.approx(0.61, abs=1e-6)


def test_exponent_is_the_slope_of_the_odds() -> None:
    odds = []
    for compute in (1000, 2000):
        share = (reward_of_compute(0.2, 0.6, compute, 1500, 1.77) - 0.2) / 0.4
        odds.append(share / (1 - share))
    assert math.log(odds[1] / odds[0]) / math.log(2) == pytest.approx(1.77)


def test_compute_is_the_inverse() -> None:
    compute = compute_for_share(0.9, 1500, 2.01)
    assert (reward_of_compute(0.2, 0.6, compute, 1500, 2.01) - 0.2) / 0.4 == pytest.approx(0.9)
    assert compute_for_share(0.9, 1500, 1) == pytest.approx(9 * 1500)
