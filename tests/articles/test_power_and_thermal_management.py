"""The worked numbers of articles/power_and_thermal_management.md, calculated without the formulas."""

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


def test_the_clock_of_decode_is_its_knee() -> None:
    knee = 1.83 * 6.4 / 16
    assert value("decode_clock", "GHz") == pytest.approx(knee)
    assert value("decode_locked") == pytest.approx(250 + 190 * (knee / 1.83) ** 3)
    assert value("decode_capped", "GHz") == 1.83  # 440 W is within the cap


def test_the_clock_of_prefill_draws_half_as_much_for_switching_as_static() -> None:
    clock = value("prefill_clock", "GHz")
    assert 450 * (clock / 1.83) ** 3 == pytest.approx(125)
    assert value("prefill_locked") == pytest.approx(375)
    assert value("prefill_at_best", "ms") == pytest.approx(100 * 1.83 / clock)
    assert value("prefill_slowdown") == pytest.approx((450 / 125) ** (1 / 3))
    energy = {f: (250 + 450 * (f / 1.83) ** 3) / f for f in (clock * 0.99, clock, clock * 1.01)}
    assert min(energy, key=energy.__getitem__) == clock


def test_the_cap_holds_prefill_at_its_power() -> None:
    clock = value("prefill_capped", "GHz")
    assert 250 + 450 * (clock / 1.83) ** 3 == pytest.approx(500)
    assert value("prefill_at_cap", "ms") == pytest.approx(183 / clock)
    assert value("prefill_at_decode_clock", "ms") == pytest.approx(100 / 0.4)


@pytest.mark.parametrize(("kind", "resistance", "coolant"), [("air", 0.06, 35), ("water", 0.03, 40)])
def test_temperatures_balance_what_is_drawn_and_what_leaves(kind: str, resistance: float, coolant: float) -> None:
    temperature = value(f"{kind}_temperature")
    leaks = 60 * math.exp((temperature - 60) / 40)
    assert value(f"{kind}_leakage") == pytest.approx(leaks)
    assert temperature == pytest.approx(coolant + resistance * (600 + leaks))
    alone = coolant + resistance * 600
    assert value(f"{kind}_gain") == pytest.approx(resistance * 60 * math.exp((alone - 60) / 40) / 40)


def test_runaway_begins_at_a_gain_of_one_over_e() -> None:
    alone = 35 + 0.06 * value("runaway")
    assert 0.06 * 60 * math.exp((alone - 60) / 40) / 40 == pytest.approx(math.exp(-1))


def test_energy_at_the_wall_is_power_over_rate() -> None:
    assert value("wall_70b") == pytest.approx(10401 / 102909, rel=1e-4)
    assert value("wall_8b") == pytest.approx(9436.05 / 146960, rel=1e-4)
    assert value("wall_405b") == pytest.approx(9891.76 / 1637.11, rel=1e-4)


def test_energy_of_a_byte_in_decode() -> None:
    rate = 140e9 / 16.57e-3
    assert value("byte_energy") == pytest.approx((1765.4 - 600) / rate)


def test_a_rack_in_water_and_in_air() -> None:
    assert value("water_flow") * 1000 * 4180 * 10 == pytest.approx(120e3)
    assert value("air_flow") * 1.2 * 1005 * 15 == pytest.approx(120e3)


def test_what_flattens_a_rack() -> None:
    mean = 0.7 * 120e3 + 0.3 * 50e3
    assert value("short_store") == pytest.approx((120e3 - mean) * 0.7 * 0.1)
    assert value("long_store") == pytest.approx((mean - 50e3) * 0.3 * 5)
    assert value("burnt") == pytest.approx(0.3 * 40e3)


@pytest.mark.parametrize(("name", "correlation"), [("servers_independent", 0.0), ("servers_correlated", 0.3)])
def test_servers_that_fit(name: str, correlation: float) -> None:
    def exceeded(servers: float) -> float:
        return 6 * servers + 3.0902 * 1.5 * math.sqrt(servers * (1 + (servers - 1) * correlation))

    found = value(name)
    assert exceeded(found) <= 1000 < exceeded(found + 1)
    if name == "servers_correlated":
        assert value("servers_rated") == pytest.approx(found * 10 / 1000)


def test_readings_of_a_sensor_that_sees_a_quarter() -> None:
    # A window of 25 ms slides over a square wave of 80 ms: 55 ms hold one level, the rest are ramps of 25 ms.
    starts = [80 * (i + 0.5) / 80000 for i in range(80000)]
    high = [min(max(40 - start, 0), 25) + max(start + 25 - 80, 0) for start in starts]
    powers = [200 + 400 * part / 25 for part in high]
    mean = sum(powers) / len(powers)
    spread = math.sqrt(sum((power - mean) ** 2 for power in powers) / len(powers))
    assert value("deviation") == pytest.approx(spread, rel=1e-3)
    assert value("readings") == pytest.approx((spread / 8) ** 2, rel=2e-3)
    assert value("seen") == pytest.approx(25 / 100)
