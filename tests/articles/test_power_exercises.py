"""The exercises of the article on power, solved by hand."""

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


def test_the_best_clock() -> None:
    clock = 1.98 * 0.2 ** (1 / 3)  # switching falls from 500 W to 100 W
    assert value("ex_clock", "GHz") == pytest.approx(clock)
    assert value("ex_clock_power") == pytest.approx(300)
    assert value("ex_clock_slowdown") == pytest.approx(5 ** (1 / 3))
    assert value("ex_clock_energy") == pytest.approx(300 * 5 ** (1 / 3) / 700)


def test_the_price_of_a_cap() -> None:
    cap = 250 + 450 * 0.9**3
    assert value("ex_cap") == pytest.approx(cap)
    assert value("ex_cap_energy") == pytest.approx(cap / 700 / 0.9)


def test_how_long_until_it_throttles() -> None:
    assert value("ex_sustained") == pytest.approx(42 / 0.045)
    assert value("ex_time_constant") == pytest.approx(18)
    assert value("ex_throttle_time") == pytest.approx(18 * math.log(30 / 3))  # from 30 °C below 90 °C to 3 °C below
    assert value("ex_high_share") * 1000 + (1 - value("ex_high_share")) * 700 == pytest.approx(42 / 0.045)


def test_the_batch_for_a_price() -> None:
    batch = value("ex_batch")
    assert value("shared_70b") / batch + value("own_70b") == pytest.approx(0.5)
    assert value("ex_cost") == pytest.approx(0.5 * 1.3 / 3.6 * 0.10)


def test_what_the_hours_say() -> None:
    assert value("ex_train_energy", "GWh") == pytest.approx(1.46 * 0.7)
    assert value("ex_train_share") == pytest.approx(6 * 8.03e9 * 15e12 / (1.46e6 * 3600 * 989e12), rel=0.01)


def test_a_rack() -> None:
    assert value("ex_rack", "kW") == pytest.approx(72 * 1.4 + 35)
    assert value("ex_rack_flow") * 1000 * 4180 * 8 == pytest.approx(135.8e3)
    assert value("ex_rack_air") * 1.2 * 1005 * 15 == pytest.approx(135.8e3)
    assert value("ex_rack_current") == pytest.approx(2716)


@pytest.mark.parametrize(("name", "correlation"), [("ex_servers", 0.0), ("ex_servers_correlated", 0.2)])
def test_servers_behind_a_feed(name: str, correlation: float) -> None:
    def percentile(servers: float) -> float:
        return 5e3 * servers + 3.0902 * 2e3 * math.sqrt(servers * (1 + (servers - 1) * correlation))

    servers = value(name)
    assert percentile(servers) <= 2e6 < percentile(servers + 1)
    assert value(name.replace("servers", "oversubscription")) == pytest.approx(servers * 10.2 / 2000)


def test_stores_for_two_periods() -> None:
    assert value("ex_store") == pytest.approx(25e6 * 1)  # 25 MW from the mean, one second
    assert value("ex_store_long") == pytest.approx(25e6 * 30)
    assert value("ex_store_ramp") == pytest.approx(50e6 * 300 / 2)  # five minutes for 50 MW, a triangle


def test_three_sensors() -> None:
    # A window of 25 ms in a half of 30 ms: full for 5 ms of 30, else an edge between; by sums over fine phases.
    cycle, window, steps = 60, 25, 6000
    means = []
    for step in range(steps):
        start = step * cycle / steps
        high = sum(max(0.0, min(start + window, at + 30) - max(start, at)) for at in (0, cycle))
        means.append(100 + 600 * high / window)
    mean = sum(means) / steps
    deviation = math.sqrt(sum((one - mean) ** 2 for one in means) / steps)
    assert value("ex_sensor_deviation") == pytest.approx(deviation, rel=1e-3)
    assert value("ex_readings") == pytest.approx((deviation / 5) ** 2, rel=2e-3)
    assert value("ex_deviation_long") == pytest.approx(4.47, abs=0.01)
