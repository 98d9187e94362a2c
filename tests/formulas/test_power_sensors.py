"""Sensors: by hand, and against windows thrown on a sampled wave."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from figures.formulas import power_sensors


def test_seen_share_by_hand() -> None:
    assert power_sensors.seen_share(0.025, 0.1) == pytest.approx(0.25)
    assert power_sensors.seen_share(1, 0.1) == 1


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.85])
@pytest.mark.parametrize("window", [0.05, 0.2, 0.5, 0.7, 1.0, 2.3])
def test_window_deviation_of_all_phases(share: float, window: float) -> None:
    # The integral of the wave at any time, by whole cycles and the part of the last one.
    starts = (np.arange(100_000) + 0.5) / 100_000

    def high(time: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.floor(time) * share + np.minimum(time % 1, share))

    readings = 200 + 500 * (high(starts + window) - high(starts)) / window
    assert readings.mean() == pytest.approx(200 + 500 * share, rel=1e-6)
    expected = power_sensors.window_deviation(700, 200, share, 1, window)
    assert readings.std() == pytest.approx(expected, rel=1e-3, abs=1e-3)


def test_window_deviation_by_hand() -> None:
    # A glance sees one power or the other: 250 W to either side. Whole cycles show the mean.
    assert power_sensors.window_deviation(700, 200, 0.5, 1, 1e-9) == pytest.approx(250)
    assert power_sensors.window_deviation(700, 200, 0.5, 0.1, 0.3) == pytest.approx(0, abs=1e-3)
    # Half a cycle of a half-and-half wave is distributed evenly from one power to the other: a width over √12.
    assert power_sensors.window_deviation(700, 200, 0.5, 1, 0.5) == pytest.approx(500 / 12**0.5)


def test_mean_reading_deviation_and_readings_needed_by_hand() -> None:
    assert power_sensors.mean_reading_deviation(120, 36) == 20
    assert power_sensors.readings_needed(120, 20) == 36


def test_measurement_error_by_hand() -> None:
    assert power_sensors.measurement_error(0.03, 20, 500) == pytest.approx(0.05)


def test_even_reading_deviation_of_a_window_without_gaps_is_none() -> None:
    # Windows as long as the interval tile the run: its energy is exact at any cycle.
    assert power_sensors.even_reading_deviation(600, 200, 0.3, 0.37, 0.1, 0.1, 7) == pytest.approx(0, abs=1e-6)


def test_even_reading_deviation_by_hand() -> None:
    # The cycle divides the interval: all readings are one glance, 200 W to either side of a mean that is exact.
    assert power_sensors.even_reading_deviation(600, 200, 0.5, 0.1, 1e-5, 0.1, 50) == pytest.approx(200, rel=2e-3)
    # So they are with a window of half a cycle: spread evenly over 400 W.
    assert power_sensors.even_reading_deviation(600, 200, 0.5, 0.05, 0.025, 0.1, 9) == pytest.approx(400 / 12**0.5)
    # One reading of an interval that is a whole number of cycles is one of a random phase.
    one = power_sensors.even_reading_deviation(600, 200, 0.3, 0.2, 0.03, 1.0, 1)
    assert one == pytest.approx(power_sensors.window_deviation(600, 200, 0.3, 0.2, 0.03), rel=1e-4)


def test_lagging_share_by_hand() -> None:
    # Two seconds with an average of one: the ramp of the first second shows half of it.
    assert power_sensors.lagging_share(1, 2) == pytest.approx(0.75)
    assert power_sensors.lagging_share(1, 1) == pytest.approx(0.5)
    assert power_sensors.lagging_share(1, 0.5) == pytest.approx(0.25)
