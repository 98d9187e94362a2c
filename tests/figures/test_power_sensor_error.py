"""The committed errors of two sensors are a fresh run and lie on the closed form."""

from __future__ import annotations

import pytest

from figures.formulas import power_sensors
from figures.measurement import read
from figures.measurements import power_sensor_error as simulated

DATA = read(simulated.FOLDER / "sensor_error.csv")
LATE = read(simulated.FOLDER / "sensor_lag.csv")


@pytest.mark.parametrize("window", [simulated.SHORT, simulated.LONG])
def test_a_committed_row_is_a_fresh_run(window: float) -> None:
    fresh = simulated.error(simulated.Case(window, 0.31, 10))
    assert DATA.cell("error", window=window, cycle=0.31, count=10) == pytest.approx(fresh, rel=1e-5)
    assert LATE.cell("shown", window=window, run=2) == pytest.approx(simulated.shown(window, 2), rel=1e-5)


def test_errors_are_those_of_the_closed_form() -> None:
    mean = simulated.SHARE * simulated.HIGH + (1 - simulated.SHARE) * simulated.LOW
    for row in DATA.rows:
        expected = power_sensors.even_reading_deviation(
            simulated.HIGH,
            simulated.LOW,
            simulated.SHARE,
            row["cycle"],
            row["window"],
            simulated.UPDATE,
            int(row["count"]),
        )
        # The simulated wave has edges on a grid of half a millisecond, and 300 phases.
        assert row["error"] == pytest.approx(expected / mean, rel=0.12, abs=1.7e-3)


def test_a_cycle_that_divides_the_interval_does_not_average_out() -> None:
    few, many = (DATA.cell("error", window=simulated.SHORT, cycle=0.1, count=count) for count in simulated.COUNTS)
    assert few == pytest.approx(many)
    few, many = (DATA.cell("error", window=simulated.SHORT, cycle=0.083, count=count) for count in simulated.COUNTS)
    assert few > 2 * many
