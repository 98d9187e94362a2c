"""Traces of power: their moments and the percentiles of their sums against theory."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest

from figures.formulas import heat, power_budget, power_sensors
from figures.lab.power_traces import Phase, averaged, checkpoints, serving, surging, training

PREFILL, DECODE, IDLE = Phase(700, 0.5), Phase(400, 3.0), Phase(120, 1.5)
BUSY, WAIT = Phase(700, 0.8), Phase(200, 1.2)


def test_serving_spends_its_time_as_its_phases_last() -> None:
    trace = serving((PREFILL, DECODE, IDLE), 40, 600, 0.1, 16)
    for phase, share in ((PREFILL, 0.1), (DECODE, 0.6), (IDLE, 0.3)):
        assert np.mean(trace == phase.power) == pytest.approx(share, rel=0.05)


def test_serving_is_stationary_from_the_start() -> None:
    trace = serving((PREFILL, DECODE, IDLE), 4000, 4, 0.5, 16)
    expected = 0.1 * 700 + 0.6 * 400 + 0.3 * 120
    assert trace.mean(axis=0) == pytest.approx([expected] * 8, rel=0.03)


def test_percentiles_of_the_sum_of_independent_servers_are_the_normal_ones() -> None:
    share, devices = 0.4, 200
    total = serving((BUSY, WAIT), devices, 4000, 1, 16).sum(axis=0)
    mean, deviation = heat.mean_power(share, 700, 200), power_budget.two_state_deviation(700, 200, share)
    combined = power_budget.combined_deviation(devices, deviation, 0)
    assert total.std() == pytest.approx(combined, rel=0.1)
    for risk in (0.1, 0.01):
        expected = power_budget.power_percentile(devices, mean, combined, risk)
        assert np.quantile(total, 1 - risk) == pytest.approx(expected, rel=0.01)


def test_few_servers_exceed_a_budget_as_the_binomial_distribution_says() -> None:
    total = serving((BUSY, WAIT), 8, 40_000, 2, 16).sum(axis=0)
    expected = power_budget.overload_probability(8, 0.4, 700, 200, 4000)
    assert np.mean(total > 4000) == pytest.approx(expected, rel=0.1)


def test_training_together_swings_and_apart_does_not() -> None:
    deviation = power_budget.two_state_deviation(700, 200, 0.4)
    together = training(BUSY, WAIT, 100, 200, 0.01, 16).sum(axis=0)
    apart = training(BUSY, WAIT, 100, 200, 0.01, 16, together=False).sum(axis=0)
    assert together.std() == pytest.approx(power_budget.combined_deviation(100, deviation, 1), rel=1e-3)
    assert np.ptp(together) == pytest.approx(100 * 500)
    assert together.mean() == pytest.approx(apart.mean(), rel=1e-3)
    assert apart.std() < together.std() / 4


def test_apart_is_on_average_over_starts_the_sum_of_independent_phases() -> None:
    variances = [training(BUSY, WAIT, 100, 2, 0.01, seed, together=False).sum(axis=0)[7] for seed in range(600)]
    deviation = power_budget.two_state_deviation(700, 200, 0.4)
    assert np.std(variances) == pytest.approx(power_budget.combined_deviation(100, deviation, 0), rel=0.08)


def test_a_meter_with_a_window_sees_what_the_formula_says() -> None:
    trace = np.concatenate([training(BUSY, WAIT, 1, 0.5, 0.001, seed) for seed in range(2000)])
    readings = averaged(trace, 500)[:, 0]
    assert readings.std() == pytest.approx(power_sensors.window_deviation(700, 200, 0.4, 2, 0.5), rel=0.05)


def test_checkpoints_interrupt_by_hand() -> None:
    trace = checkpoints(np.full((2, 100), 700.0), 1, 50, 5, 150)
    assert (trace == 150).sum() == 2 * 10
    assert trace[0, :6].tolist() == [150] * 5 + [700]


def test_averaged_by_hand() -> None:
    assert averaged(np.array([1.0, 3, 5, 7, 9]), 2).tolist() == [2, 6]


def test_surging_without_a_common_demand_has_the_variance_of_independent_devices() -> None:
    phases = (Phase(10, 0.9), Phase(6, 8.06), Phase(3.5, 1.44))
    total = surging(phases, 0.0, 50, 20_000, 3)
    assert total.mean() / 50 == pytest.approx(6, rel=2e-3)
    assert total.var() / 50 == pytest.approx(2.25, rel=0.05)


def test_surging_of_many_devices_follows_the_common_demand() -> None:
    # At a common demand of z the shares of the phases are those of a normal around it; the power of many is their mean.
    phases = (Phase(10, 0.9), Phase(6, 8.06), Phase(3.5, 1.44))
    common, normal = 0.4, NormalDist()
    level = common**0.5 * normal.inv_cdf(0.99)
    prefill, idle = (
        1 - normal.cdf((normal.inv_cdf(1 - 0.9 / 10.4) - level) / (1 - common) ** 0.5),
        normal.cdf((normal.inv_cdf(1.44 / 10.4) - level) / (1 - common) ** 0.5),
    )
    expected = 6 + 4 * prefill - 2.5 * idle
    found = float(np.quantile(surging(phases, common, 400, 20_000, 5), 0.99)) / 400
    assert found == pytest.approx(expected, rel=0.02)
