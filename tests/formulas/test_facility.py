"""The facility: by hand."""

from __future__ import annotations

import pytest

from figures.formulas import facility
from figures.units import convert


def test_power_usage_effectiveness_and_facility_power_by_hand() -> None:
    assert facility.power_usage_effectiveness(1.3, 1.0) == 1.3
    assert facility.facility_power(1.3, 8000) == pytest.approx(10_400)


def test_energy_cost_by_hand() -> None:
    price = convert(0.10, "USD/kWh", "USD/J")
    assert facility.energy_cost(3.6e6, price) == pytest.approx(0.10)
    # A joule per token: a million tokens are 0.278 kWh.
    assert facility.million_tokens_cost(1, price) == pytest.approx(0.1 / 3.6)


def test_emissions_by_hand() -> None:
    assert facility.emissions(3.6e6, convert(400, "g/kWh", "kg/J")) == pytest.approx(0.4)


def test_embodied_emissions_by_hand() -> None:
    # 150 kg over five years at half use, for one year of use: 150 / 2.5 = 60 kg.
    assert facility.embodied_emissions(150, 1, 5, 0.5) == pytest.approx(60)


def test_cooling_water_by_hand() -> None:
    # 1.2 kWh at the meter are 1 kWh of equipment; 1.8 litres per kWh.
    water = facility.cooling_water(1.2 * 3.6e6, 1.2, convert(1.8, "L/kWh", "m³/J"))
    assert convert(water, "m³", "L") == pytest.approx(1.8)


def test_implied_intensity_undoes_emissions() -> None:
    assert facility.implied_intensity(facility.emissions(3.6e6, 1e-7), 3.6e6) == pytest.approx(1e-7)
    assert facility.implied_intensity(0.4, 3.6e6) * 3.6e6 == pytest.approx(0.4)  # 0.4 kg/kWh
