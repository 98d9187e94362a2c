"""Slowed changes of power: against the triangles of the formulas."""

from __future__ import annotations

import numpy as np
import pytest

from figures.formulas import power_smoothing
from figures.lab import power_ramps

STEP = 0.01  # s
TIME = np.arange(6000) * STEP
PAUSE = np.where((TIME >= 10) & (TIME < 30), 50.0, 120.0)  # 20 s at 50 kW


@pytest.mark.parametrize("ramp", [2.0, 5.0, 20.0])
def test_burning_takes_the_energy_of_the_formula(ramp: float) -> None:
    met = power_ramps.burning(PAUSE, STEP, ramp)
    assert np.diff(met).min() >= -ramp * STEP - 1e-9
    expected = power_smoothing.pause_burn(120, 50, ramp, 20)
    assert power_ramps.burnt(PAUSE, met, STEP) == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize("ramp", [5.0, 20.0])
def test_storing_needs_the_triangle_and_gives_it_back(ramp: float) -> None:
    met = power_ramps.storing(PAUSE, STEP, ramp)
    assert np.abs(np.diff(met)).max() <= ramp * STEP + 1e-9
    expected = power_smoothing.ramp_energy(120, 50, ramp)
    assert power_ramps.capacity(PAUSE, met, STEP) == pytest.approx(expected, rel=0.01)
    assert power_ramps.burnt(PAUSE, met, STEP) == pytest.approx(0, abs=1)


def test_whole_numbers_are_no_less_smooth() -> None:
    whole = np.array([120, 120, 50, 50, 50])
    assert power_ramps.burning(whole, 0.1, 5).tolist() == [120, 120, 119.5, 119, 118.5]
    assert power_ramps.storing(whole, 0.1, 5).tolist() == [120, 120, 119.5, 119, 118.5]
