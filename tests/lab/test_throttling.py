"""The throttling simulator against closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from figures.formulas import chip_power, heat
from figures.lab.throttling import Chip, Governor, run

CHIP = Chip(resistance=0.08, capacity=150, coolant=30)
LADDER = Governor(clocks=(1.98, 1.2), powers=(800, 350), throttle=85, release=80, interval=0.005)


def test_below_the_throttle_it_is_the_step_response() -> None:
    trace = run(CHIP, Governor((1.98,), (600,), 85, 80), 60, start=35)
    steady = heat.steady_temperature(30, 0.08, 600)
    expected = [heat.temperature_after(35, steady, time, 12) for time in trace.time]
    assert trace.temperature == pytest.approx(expected)
    assert trace.slowdown() == 1


def test_the_first_throttle_is_when_the_formula_says() -> None:
    trace = run(CHIP, LADDER, 60, start=40)
    first = trace.time[np.argmax(trace.clock < 1.98)]
    expected = heat.time_to_temperature(40, 85, heat.steady_temperature(30, 0.08, 800), 12)
    assert first == pytest.approx(expected, abs=0.006)


def test_the_cycle_has_the_shares_and_the_power_of_the_formulas() -> None:
    high, low = (heat.steady_temperature(30, 0.08, power) for power in (800, 350))
    heating, cooling = heat.time_to_temperature(80, 85, high, 12), heat.time_to_temperature(85, 80, low, 12)
    trace = run(CHIP, LADDER, 400, start=80).last(50 * (heating + cooling))
    share = heat.unthrottled_share(heating, cooling)
    assert np.mean(trace.clock > 1.9) == pytest.approx(share, abs=0.01)
    assert trace.power.mean() == pytest.approx(heat.mean_power(share, 800, 350), rel=0.01)
    # On average the chip gives off what it is given: about the power that its band of temperatures sustains.
    mean = trace.temperature.mean()
    assert trace.power.mean() == pytest.approx(heat.sustainable_power(mean, 30, 0.08), rel=0.01)


def test_a_long_ladder_holds_the_sustainable_power() -> None:
    powers = tuple(range(900, 200, -20))
    ladder = Governor(tuple(p ** (1 / 3) for p in powers), powers, throttle=83, release=81, interval=0.1)
    trace = run(CHIP, ladder, 600, start=30, noise=0.02, seed=16).last(300)
    assert trace.power.mean() == pytest.approx(heat.sustainable_power(82, 30, 0.08), rel=0.02)
    assert trace.temperature.max() < 86


def test_leakage_settles_where_the_balance_is() -> None:
    leaky = Chip(0.08, 150, 30, leakage=40)
    trace = run(leaky, Governor((1.98,), (500,), 200, 190), 200, start=30)
    gain = chip_power.leakage_gain(0.08, 500, 30, 40, 60, 40)
    assert trace.temperature[-1] == pytest.approx(chip_power.leaking_temperature(0.08, 500, 30, gain, 40), abs=1e-3)


def test_one_seed_is_one_trace() -> None:
    one, same, other = (run(CHIP, LADDER, 5, start=60, noise=0.1, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(one.power, same.power)
    assert not np.array_equal(one.power, other.power)


def test_a_governor_without_hysteresis_is_refused() -> None:
    with pytest.raises(ValueError, match="releases below the temperature of its throttle"):
        run(CHIP, Governor((1.0,), (300,), 80, 80), 1, start=30)
