"""Coolants: by hand, from tabulated properties of air and water."""

from __future__ import annotations

import pytest

from figures.formulas import cooling
from figures.units import convert

AIR = (1.2, 1005.0)  # kg/m³ and J/(kg·°C), at about 20 °C
WATER = (997.0, 4180.0)


def test_coolant_flow_by_hand() -> None:
    # A kilowatt and ten degrees: 1000 / (1.2 · 1005 · 10) = 0.0829 m³/s of air, 1.44 litres of water a minute.
    assert cooling.coolant_flow(1000, *AIR, 10) == pytest.approx(0.08292, rel=1e-3)
    water = cooling.coolant_flow(1000, *WATER, 10)
    assert convert(water, "m³/s", "L/min") == pytest.approx(1.440, rel=1e-3)
    assert cooling.coolant_flow(1000, *AIR, 10) / water == pytest.approx(3456, rel=1e-3)


def test_coolant_rise_undoes_the_flow() -> None:
    assert cooling.coolant_rise(120e3, *WATER, cooling.coolant_flow(120e3, *WATER, 12)) == pytest.approx(12)


def test_flow_power_by_hand() -> None:
    # 0.1 m³/s against 250 Pa at 50 %: 50 W.
    assert cooling.flow_power(0.1, 250, 0.5) == pytest.approx(50)


def test_fan_power_by_hand() -> None:
    assert cooling.fan_power(100, 0.8) == pytest.approx(51.2)


def test_outlet_temperature_by_hand() -> None:
    assert cooling.outlet_temperature(35, 10) == 45


def test_compressor_by_hand() -> None:
    assert cooling.compressor_power(640, 5) == pytest.approx(128)
    even = cooling.even_performance(640, 32)
    assert even == pytest.approx(20)
    assert cooling.compressor_power(640, even) == pytest.approx(32)
