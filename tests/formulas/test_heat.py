"""Heat: by hand, and against a differential equation solved in small steps."""

from __future__ import annotations

import math

import pytest

from figures.formulas import heat


def test_steady_temperature_thermal_resistance_and_sustainable_power_by_hand() -> None:
    assert heat.steady_temperature(30, 0.08, 700) == pytest.approx(86)
    assert heat.thermal_resistance(86, 30, 700) == pytest.approx(0.08)
    assert heat.sustainable_power(86, 30, 0.08) == pytest.approx(700)


def test_thermal_time_by_hand() -> None:
    # 400 g of copper, 385 J per kg and degree: 154 J/°C.
    assert heat.thermal_time(0.08, 0.4 * 385) == pytest.approx(12.32)


def test_temperature_after_solves_the_balance_of_heat() -> None:
    resistance, capacity, power, coolant, temperature, step = 0.08, 150.0, 700.0, 30.0, 40.0, 1e-3
    for _ in range(9000):
        temperature += step * (power - (temperature - coolant) / resistance) / capacity
    steady = heat.steady_temperature(coolant, resistance, power)
    found = heat.temperature_after(40, steady, 9, heat.thermal_time(resistance, capacity))
    assert found == pytest.approx(temperature, abs=2e-3)


@pytest.mark.parametrize(("start", "end", "steady"), [(40, 80, 90), (80, 60, 50), (-10, 5, 6)])
def test_time_to_temperature_is_when_it_is_reached(start: float, end: float, steady: float) -> None:
    time = heat.time_to_temperature(start, end, steady, 12)
    assert heat.temperature_after(start, steady, time, 12) == pytest.approx(end)


def test_time_to_temperature_by_hand() -> None:
    assert heat.time_to_temperature(30, 60, 90, 10) == pytest.approx(10 * math.log(2))
    assert heat.time_to_temperature(30, 90, 90, 10) == math.inf
    assert heat.time_to_temperature(30, 95, 90, 10) == math.inf
    assert heat.time_to_temperature(90, 30, 40, 10) == math.inf


def test_unthrottled_share_and_mean_power_by_hand() -> None:
    assert heat.unthrottled_share(3, 1) == 0.75
    assert heat.mean_power(0.75, 700, 300) == 600


def test_a_narrow_band_of_the_governor_gives_the_sustainable_power() -> None:
    # Whatever the two powers are: on average the chip gives off what its limit allows.
    high, low = heat.steady_temperature(30, 0.08, 800), heat.steady_temperature(30, 0.08, 350)
    heating, cooling = (heat.time_to_temperature(a, b, c, 12) for a, b, c in ((80, 80.01, high), (80.01, 80, low)))
    mean = heat.mean_power(heat.unthrottled_share(heating, cooling), 800, 350)
    assert mean == pytest.approx(heat.sustainable_power(80.005, 30, 0.08), rel=1e-6)


def test_sustained_share_brings_the_mean_to_what_is_held() -> None:
    share = heat.sustained_share(930, 1000, 700)
    assert share == pytest.approx(230 / 300)
    assert heat.mean_power(share, 1000, 700) == pytest.approx(930)
