"""The simulated fleet: the estimator against the truth, and caps against the first-order formula."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from figures.formulas import chip_power, clocks, stragglers, variance_components
from figures.lab.gpu_fleet import Components, Process, capped, decompose, locked, measure, steps_in_step

TRUTH = Components(node=4, chip=9, run=1)
# 700 W at 1.98 GHz without leakage, 40 W of it on average.
PROCESS = Process(
    cubic=56,
    cubic_variation=0.03,
    leakage=40,
    leakage_variation=0.2,
    board=120,
    resistance=0.05,
    resistance_variation=0.05,
    coolant=35,
    coolant_deviation=2,
)


def test_the_decomposition_by_hand() -> None:
    # Two nodes of two chips with two runs each: chips at ±1 around nodes at 0 and 10, runs at ±0.5 around chips.
    values = np.array([[[-1.5, -0.5], [0.5, 1.5]], [[8.5, 9.5], [10.5, 11.5]]])
    found = decompose(values)
    assert found.run == pytest.approx(0.5)
    assert found.chip == pytest.approx(2 - 0.25)
    assert found.node == pytest.approx(50 - 1)


def test_the_decomposition_has_no_bias() -> None:
    found = [decompose(measure(TRUTH, 6, 4, 3, seed)) for seed in range(600)]
    assert np.mean([one.node for one in found]) == pytest.approx(4, rel=0.08)
    assert np.mean([one.chip for one in found]) == pytest.approx(9, rel=0.04)
    assert np.mean([one.run for one in found]) == pytest.approx(1, rel=0.02)


def test_one_level_is_the_estimator_of_the_formula() -> None:
    values = measure(Components(0, 9, 1), 2, 20, 5, 17)[0]
    within = float(values.var(axis=1, ddof=1).mean())
    between = 5 * float(values.mean(axis=1).var(ddof=1))
    expected = variance_components.between_variance(between, within, 5)
    assert decompose(np.stack([values, values])).chip == pytest.approx(expected)


def test_the_total_is_the_variance_of_all() -> None:
    assert measure(TRUTH, 4000, 2, 2, 1).var() == pytest.approx(TRUTH.total, rel=0.05)


def test_caps_spread_clocks_as_the_formula_says() -> None:
    # All at one temperature: 35 °C and 0.05 °C/W of 500 W make the 60 °C at which leakage is given.
    chips = capped(replace(PROCESS, resistance_variation=0, coolant_deviation=0), 20_000, 500, 9, 17)
    assert chips.temperature == pytest.approx(60)
    leakage = 40 * math.exp(0.2**2 / 2)
    deviation = leakage * math.sqrt(math.exp(0.2**2) - 1)  # of a logarithmic normal distribution
    expected = clocks.capped_clock_variation(0.03, deviation, 500, 120 + leakage)
    assert chips.clock.std() / chips.clock.mean() == pytest.approx(expected, rel=0.03)


def test_locked_clocks_spread_power_instead() -> None:
    chips = locked(PROCESS, 5000, 1.6, 17)
    assert np.ptp(chips.clock) == 0
    low = capped(PROCESS, 5000, 500, 1.98, 17)
    assert chips.power.std() / chips.power.mean() > low.clock.std() / low.clock.mean()


def test_a_locked_chip_is_where_leakage_and_cooling_balance() -> None:
    alike = replace(PROCESS, cubic_variation=0, leakage_variation=0, resistance_variation=0, coolant_deviation=0)
    switching = 120 + 56 * 1.6**3
    gain = chip_power.leakage_gain(0.05, switching, 35, 40, 60, 40)
    expected = chip_power.leaking_temperature(0.05, switching, 35, gain, 40)
    assert locked(alike, 3, 1.6, 1).temperature == pytest.approx([expected] * 3)


def test_a_high_cap_leaves_all_chips_at_the_fastest_clock() -> None:
    chips = capped(PROCESS, 1000, 2000, 1.5, 17)
    assert np.all(chips.clock == 1.5)
    assert chips.power == pytest.approx(locked(PROCESS, 1000, 1.5, 17).power)


def test_steps_in_step_take_the_mean_of_the_slowest() -> None:
    times = steps_in_step(np.full(128, 100.0), 2, 3000, 17)
    assert times.mean() == pytest.approx(stragglers.slowest_time(100, 2, 128), rel=1e-3)
