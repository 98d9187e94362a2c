"""The slowest of many: tabulated means of the largest normal variable, and by hand."""

from __future__ import annotations

import numpy as np
import pytest

from figures.formulas import selection, stragglers

# Means of the largest of n standard normal variables, as tabulated.
TABULATED = [(2, 0.56419), (5, 1.16296), (10, 1.53875), (100, 2.50759), (1000, 3.24144)]


@pytest.mark.parametrize(("devices", "tabulated"), TABULATED)
def test_slowest_time_has_the_tabulated_means(devices: int, tabulated: float) -> None:
    assert stragglers.slowest_time(0, 1, devices) == pytest.approx(tabulated, abs=1e-5)
    assert stragglers.slowest_time(100, 3, devices) == pytest.approx(100 + 3 * tabulated, abs=1e-4)


@pytest.mark.parametrize(("devices", "tabulated"), TABULATED)
def test_largest_by_quantile_is_close_to_the_tabulated_means(devices: int, tabulated: float) -> None:
    assert stragglers.largest_by_quantile(devices) == pytest.approx(tabulated, rel=0.045 if devices < 5 else 0.015)
    assert stragglers.straggler_penalty(0.02, devices) == 0.02 * stragglers.largest_by_quantile(devices)


def test_largest_by_quantile_is_close_for_large_fleets() -> None:
    for devices in (10_000, 100_000):
        exact = selection.largest_of_normals(devices)
        assert stragglers.largest_by_quantile(devices) == pytest.approx(exact, rel=0.01)


def test_largest_by_logarithms_approaches_the_exact_mean_from_above() -> None:
    excess = [
        stragglers.largest_by_logarithms(n) / selection.largest_of_normals(n) - 1 for n in (10, 1000, 10**5, 10**6)
    ]
    assert excess == sorted(excess, reverse=True)
    assert excess[0] == pytest.approx(0.06, abs=0.005)
    assert excess[1] == pytest.approx(0.01, abs=0.002)
    assert 0 < excess[-1] < 0.003


def test_slowest_time_of_simulated_steps() -> None:
    times = np.random.default_rng(17).normal(100, 2, (4000, 64)).max(axis=1)
    assert times.mean() == pytest.approx(stragglers.slowest_time(100, 2, 64), rel=1e-3)


def test_any_slow_and_slow_share_that_decides_by_hand() -> None:
    # One slow GPU in a hundred: of 64 GPUs at least one with 1 − 0.99^64 = 47.4 %.
    assert stragglers.any_slow(0.01, 64) == pytest.approx(0.4744, abs=1e-4)
    assert stragglers.slow_share_that_decides(stragglers.any_slow(0.01, 64), 64) == pytest.approx(0.01)


def test_waiting_share_by_hand() -> None:
    assert stragglers.waiting_share(100, 125) == pytest.approx(0.2)
