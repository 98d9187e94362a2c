"""Power of a chip: by hand, and by what defines the balance of heat."""

from __future__ import annotations

import math

import pytest

from figures.formulas import chip_power


def test_switching_power_by_hand() -> None:
    # 20 % of 1,000 nF at 0.9 V and 1.5 GHz: 0.2 × 1e-6 × 0.81 × 1.5e9 = 243 W.
    assert chip_power.switching_power(0.2, 1e-6, 0.9, 1.5e9) == pytest.approx(243)
    # A tenth less of voltage and clock together: 0.9³ = 72.9 %.
    less = chip_power.switching_power(0.2, 1e-6, 0.81, 1.35e9)
    assert less == pytest.approx(0.729 * 243)


def test_leakage_power_doubles_every_rise_of_scale_times_log_2() -> None:
    assert chip_power.leakage_power(50, 60 + 30 * math.log(2), 60, 30) == pytest.approx(100)
    assert chip_power.leakage_scale(50, 100, 60, 85) == pytest.approx(25 / math.log(2))


def test_leaking_temperature_balances_heat() -> None:
    gain = chip_power.leakage_gain(0.08, 500, 30, 40, 60, 40)
    steady = chip_power.leaking_temperature(0.08, 500, 30, gain, 40)
    leakage = chip_power.leakage_power(40, steady, 60, 40)
    assert steady == pytest.approx(30 + 0.08 * (500 + leakage), rel=1e-12)
    # It is the stable balance: a degree more leaks less than a degree carries away.
    assert 0.08 * (chip_power.leakage_power(40, steady + 1, 60, 40) - leakage) < 1


def test_leaking_temperature_by_hand() -> None:
    # x = 1/e · e^x touches at x = 1, x = g e^x with g = ln(2)/2 has the root ln 2.
    assert chip_power.leaking_temperature(0.1, 300, 20, math.exp(-1), 40) == pytest.approx(20 + 30 + 40, abs=1e-5)
    assert chip_power.leaking_temperature(0.1, 300, 20, math.log(2) / 2, 40) == pytest.approx(50 + 40 * math.log(2))
    assert chip_power.leaking_temperature(0.1, 300, 20, 0.37, 40) == math.inf


def test_runaway_power_is_where_the_gain_is_one_over_e() -> None:
    limit = chip_power.runaway_power(0.08, 30, 40, 60, 40)
    assert chip_power.leakage_gain(0.08, limit, 30, 40, 60, 40) == pytest.approx(math.exp(-1))


def test_runaway_of_a_simulated_chip() -> None:
    # Euler steps of a chip with a heat capacity: just below the limit it settles, just above it does not.
    limit = chip_power.runaway_power(0.08, 30, 40, 60, 40)
    for share, settles in ((0.99, True), (1.01, False)):
        temperature = 30.0
        for _ in range(4000):
            leakage = chip_power.leakage_power(40, temperature, 60, 40)
            temperature += 0.1 * (share * limit + leakage - (temperature - 30) / 0.08) * 0.08
            if temperature > 1000:
                break
        assert (temperature < 1000) is settles


def test_a_degree_of_coolant_and_a_watt_of_switching_are_amplified_alike() -> None:
    def balance(coolant: float, switching: float) -> float:
        gain = chip_power.leakage_gain(0.06, switching, coolant, 60, 60, 40)
        return chip_power.leaking_temperature(0.06, switching, coolant, gain, 40)

    steady = balance(35, 600)
    leakage = chip_power.leakage_power(60, steady, 60, 40)
    factor = chip_power.loop_amplification(0.06, leakage, 40)
    assert (balance(35.01, 600) - balance(34.99, 600)) / 0.02 == pytest.approx(factor, rel=1e-5)
    assert (balance(35, 600.1) - balance(35, 599.9)) / 0.2 == pytest.approx(0.06 * factor, rel=1e-5)
    # By hand: 0.1 °C/W × 100 W is half of a scale of 20 °C.
    assert chip_power.loop_amplification(0.1, 100, 20) == pytest.approx(2)


def test_leakage_slope_by_hand() -> None:
    assert chip_power.leakage_slope(2, 100, 20) == pytest.approx(10)
