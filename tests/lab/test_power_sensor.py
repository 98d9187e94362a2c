"""The sensor: by hand, and against the closed form over all phases."""

from __future__ import annotations

import numpy as np
import pytest

from figures.formulas import power_sensors
from figures.lab.power_sensor import readings
from figures.lab.power_traces import Phase, training


def test_readings_by_hand() -> None:
    trace = np.array([9.0, 9.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    assert readings(trace, 1, 2, 2).tolist() == [2, 4, 6]
    assert readings(trace, 2, 2, 2).tolist() == [1.5, 3.5, 5.5]
    assert readings(trace, 4, 3, 2).tolist() == [pytest.approx(15 / 4), pytest.approx(18 / 4)]


def test_a_step_shows_up_late() -> None:
    # 1 s of idle, 4 s of run in steps of 10 ms, an average of 1 s: half a second of the run is missing.
    trace = np.concatenate([np.full(100, 100.0), np.full(400, 600.0)])
    seen = (readings(trace, 100, 1, 100).mean() - 100) / 500
    assert seen == pytest.approx(power_sensors.lagging_share(1, 4), abs=2e-3)


@pytest.mark.parametrize("cycle", [0.05, 0.08, 0.1, 0.37])
@pytest.mark.parametrize("window", [0.025, 0.1, 1.0])
def test_simulated_errors_are_the_closed_form(cycle: float, window: float) -> None:
    step, update, count = 0.0005, 0.1, 20
    lead = round(1 / step)
    busy, wait = Phase(600, 0.4 * cycle), Phase(200, 0.6 * cycle)
    trace = training(busy, wait, 400, 1 + count * update, step, 7, together=False)
    found = readings(trace, round(window / step), round(update / step), lead).mean(axis=1)
    errors = found - trace[:, lead:].mean(axis=1)
    expected = power_sensors.even_reading_deviation(600, 200, 0.4, cycle, window, update, count)
    assert float(np.sqrt(np.mean(errors**2))) == pytest.approx(expected, rel=0.12, abs=0.5)
