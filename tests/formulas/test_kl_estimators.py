"""Three estimates of a KL divergence: the printed tables of the note that names them, and draws."""

from __future__ import annotations

import numpy as np
import pytest

from figures.formulas.kl_estimators import (
    divergence_at_error_ratio,
    first_error,
    normal_divergence,
    second_bias,
    second_error,
    third_error,
)


def test_published_tables() -> None:
    """Schulman prints two decimals: means 0.1 and 1 apart, KL 0.005 and 0.5."""
    assert normal_divergence(0.1) == pytest.approx(0.005)
    assert normal_divergence(1) == 0.5
    assert [first_error(0.1), first_error(1)] == pytest.approx([20, 2])
    assert [second_bias(0.1), second_bias(1)] == pytest.approx([0.002, 0.25], abs=6e-4)
    assert [second_error(0.1), second_error(1)] == pytest.approx([1.42, 1.73], abs=0.005)
    assert [third_error(0.1), third_error(1)] == pytest.approx([1.42, 1.7], abs=0.01)


@pytest.mark.parametrize("distance", [0.3, 0.8])
def test_against_draws(distance: float) -> None:
    draws = np.random.default_rng(5).normal(0, 1, 2_000_000)
    log_ratio = distance * draws - distance**2 / 2  # log of N(distance, 1) over N(0, 1)
    truth = normal_divergence(distance)
    third = np.expm1(log_ratio) - log_ratio
    assert float((-log_ratio).mean()) == pytest.approx(truth, rel=0.01)
    assert float((-log_ratio).std()) / truth == pytest.approx(first_error(distance), rel=0.01)
    assert float((log_ratio**2 / 2).mean()) / truth - 1 == pytest.approx(second_bias(distance), abs=0.01)
    assert float((log_ratio**2 / 2).std()) / truth == pytest.approx(second_error(distance), rel=0.01)
    assert float(third.mean()) == pytest.approx(truth, rel=0.01)
    assert float(third.std()) / truth == pytest.approx(third_error(distance), rel=0.02)


def test_the_third_is_the_worse_one_beyond_a_crossing() -> None:
    crossing = divergence_at_error_ratio(1)
    square = 2 * crossing
    assert np.exp(square) == pytest.approx(1 + 2 * square)  # both variances are equal, by hand
    assert crossing == pytest.approx(0.6282, abs=1e-4)
    assert divergence_at_error_ratio(10) > crossing
