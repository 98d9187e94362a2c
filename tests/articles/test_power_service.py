"""The worked example and the warm water of the article on power, calculated without the formulas."""

from __future__ import annotations

import math

import pytest

from figures import results
from figures.units import convert

FOUND = results.load("power_and_thermal_management")


def value(name: str, unit: str = "") -> float:
    """A result in a unit; in its own without one."""
    found = FOUND[name]
    return convert(found.value, found.unit, unit or found.unit)


def test_a_token_from_the_gpus_to_the_meter() -> None:
    wall = (2183.8 + 4 * 350) / 3876.3
    assert value("service_wall") == pytest.approx(wall)
    assert value("service_wall_ratio") == pytest.approx(3583.8 / 2183.8)
    site = 1.2 * wall
    assert value("service_site") == pytest.approx(site)
    assert value("service_million", "kWh") == pytest.approx(site / 3.6)
    assert value("service_cost") == pytest.approx(site / 3.6 * 0.08)
    assert value("service_carbon", "kg") == pytest.approx(site / 3.6 * 0.35)
    assert value("service_water", "L") == pytest.approx(wall / 3.6)
    assert value("service_answer", "Wh") == pytest.approx(350 * site / 3600)


def test_the_fit_at_the_measured_batch() -> None:
    assert value("service_fit") == pytest.approx(0.56337, rel=0.025)
    assert value("service_misfit") == pytest.approx(value("service_fit") / 0.56337 - 1, abs=1e-4)


def test_the_rack_of_the_service() -> None:
    assert value("service_rack", "kW") == pytest.approx(81.6)
    assert value("service_flow") * 1000 * 4180 * 10 == pytest.approx(81.6e3)
    assert value("service_load") == pytest.approx(16 * 3583.8 / 81.6e3)


@pytest.mark.parametrize(("kind", "coolant"), [("cold", 25), ("warm", 45)])
def test_cold_and_warm_water_balance(kind: str, coolant: float) -> None:
    temperature = value(f"{kind}_temperature")
    leaks = 60 * math.exp((temperature - 60) / 40)
    assert value(f"{kind}_leakage") == pytest.approx(leaks)
    assert temperature == pytest.approx(coolant + 0.03 * (600 + leaks))


def test_what_warm_water_costs_and_saves() -> None:
    price = value("warm_leakage") - value("cold_leakage")
    heat = 600 + value("cold_leakage")
    assert value("warm_price") == pytest.approx(price)
    assert value("chiller_power") == pytest.approx(heat / 5)
    assert heat / value("even_cop") == pytest.approx(price)


def test_the_loop_amplifies() -> None:
    warming = 0.06 * value("air_leakage") / 40
    assert value("amplification_air") == pytest.approx(1 / (1 - warming))
    assert value("watt_per_degree") == pytest.approx(value("air_leakage") / 40 / (1 - warming))


def test_the_published_training_run() -> None:
    seconds = 30.84e6 * 3600
    assert value("train_energy_405b", "GWh") == pytest.approx(30.84e6 * 700 / 1e9)
    operations = 6 * 405e9 * 15.6e12
    assert value("train_share_405b") == pytest.approx(operations / (seconds * 989e12), rel=0.01)
    assert value("train_intensity", "kg/kWh") == pytest.approx(8930e3 / (30.84e6 * 0.7))
