"""Budgets of power: by hand, by enumeration, and the inverse against what it inverts."""

from __future__ import annotations

import itertools
import math

import pytest

from figures.formulas import power_budget


def test_combined_deviation_by_hand() -> None:
    assert power_budget.combined_deviation(100, 60, 0) == pytest.approx(600)
    assert power_budget.combined_deviation(100, 60, 1) == pytest.approx(6000)


def test_power_percentile_by_hand() -> None:
    # A share of 1 %: 2.326 standard deviations above the mean.
    assert power_budget.power_percentile(100, 500, 600, 0.01) == pytest.approx(50_000 + 2.326348 * 600)
    assert power_budget.power_percentile(100, 500, 600, 0.5) == pytest.approx(50_000)


@pytest.mark.parametrize("correlation", [0.0, 0.05, 0.5, 1.0])
@pytest.mark.parametrize("risk", [0.5, 0.05, 1e-4])
def test_devices_at_risk_is_the_last_that_fits(correlation: float, risk: float) -> None:
    def drawn(devices: float) -> float:
        combined = power_budget.combined_deviation(devices, 120, correlation)
        return power_budget.power_percentile(devices, 480, combined, risk)

    most = power_budget.devices_at_risk(100e3, 480, 120, correlation, risk)
    assert drawn(most) <= 100e3 < drawn(most + 1)


def test_devices_at_risk_in_step_by_hand() -> None:
    # In step every device counts with its own percentile: 480 + 2.326 · 120 = 759 W.
    assert power_budget.devices_at_risk(100e3, 480, 120, 1, 0.01) == 131


def test_oversubscription_by_hand() -> None:
    assert power_budget.oversubscription(143, 700, 77_000) == pytest.approx(1.3)


def test_overload_probability_by_enumeration() -> None:
    expected = 0.0
    for states in itertools.product((0, 1), repeat=8):
        if sum(700 if busy else 200 for busy in states) > 4000:
            expected += math.prod(0.4 if busy else 0.6 for busy in states)
    assert power_budget.overload_probability(8, 0.4, 700, 200, 4000) == pytest.approx(expected)
    assert power_budget.overload_probability(8, 0.4, 700, 200, 8 * 700) == 0
    assert power_budget.overload_probability(8, 0.4, 700, 200, 8 * 200 - 1) == pytest.approx(1)


def test_overload_probability_approaches_the_normal_one() -> None:
    combined = power_budget.combined_deviation(400, power_budget.two_state_deviation(700, 200, 0.4), 0)
    budget = power_budget.power_percentile(400, 400, combined, 0.05)
    assert power_budget.overload_probability(400, 0.4, 700, 200, budget) == pytest.approx(0.05, abs=0.01)


def test_two_state_deviation_by_hand() -> None:
    assert power_budget.two_state_deviation(700, 200, 0.2) == pytest.approx(200)
