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
