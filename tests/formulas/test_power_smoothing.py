"""Swings of power: by hand, and against a sampled wave."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.formulas import power_smoothing


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_flattening_energy_is_the_range_of_the_stored_energy(share: float) -> None:
    wave = np.where(np.arange(100_000) < share * 100_000, 900.0, 300.0)
    stored = np.cumsum(wave.mean() - wave) * (2.0 / 100_000)
    expected = power_smoothing.flattening_energy(900, 300, share, 2.0)
    assert np.ptp(np.append(stored, 0)) == pytest.approx(expected, rel=1e-3)


def test_flattening_energy_by_hand() -> None:
    # Half and half: each phase is 50 MW off the mean for 5 s.
    assert power_smoothing.flattening_energy(100e6, 0, 0.5, 10) == pytest.approx(250e6)


def test_ramp_energy_by_hand() -> None:
    # 60 MW at 10 MW per second take 6 s: half of 60 MW times 6 s.
    assert power_smoothing.ramp_energy(100e6, 40e6, 10e6) == pytest.approx(180e6)


def test_filtered_swing_of_a_sampled_wave() -> None:
    value, seen = 600.0, []
    for index in range(40_000):
        value += ((900 if index % 2000 < 1000 else 300) - value) * 1e-3 / 0.7
        seen.append(value)
    assert max(seen[-4000:]) - min(seen[-4000:]) == pytest.approx(
        power_smoothing.filtered_swing(900, 300, 2, 0.7), 2e-3
    )
    # Slow filters leave the triangle of a cycle over four time constants.
    assert power_smoothing.filtered_swing(900, 300, 2, 100) == pytest.approx(600 * 2 / 400, rel=1e-4)


@pytest.mark.parametrize("share", [0.3, 0.5])
@pytest.mark.parametrize("harmonic", [1, 2, 3])
def test_harmonic_amplitude_is_that_of_a_transform(share: float, harmonic: int) -> None:
    time = (np.arange(20_000) + 0.5) / 20_000 - 0.5
    wave = np.where(np.abs(time) < share / 2, 900.0, 300.0)
    found = 2 * np.mean(wave * np.cos(2 * math.pi * harmonic * time))
    assert power_smoothing.harmonic_amplitude(900, 300, share, harmonic) == pytest.approx(found, abs=0.1)


def test_floor_loss_by_hand() -> None:
    assert power_smoothing.floor_loss(0.75, 500, 300) == 50
    assert power_smoothing.floor_loss(0.75, 200, 300) == 0


def test_pause_burn_by_hand() -> None:
    # 70 kW at 5 kW/s: 14 s, a triangle of 490 kJ. A pause of 10 s cuts it: 700 kJ less 250 kJ.
    assert power_smoothing.pause_burn(120e3, 50e3, 5e3, 20) == pytest.approx(490e3)
    assert power_smoothing.pause_burn(120e3, 50e3, 5e3, 10) == pytest.approx(450e3)


def test_storage_loss_by_hand() -> None:
    assert power_smoothing.storage_loss(490e3, 0.9) == pytest.approx(49e3)
