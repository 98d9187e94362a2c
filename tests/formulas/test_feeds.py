"""Feeds of a rack: by hand."""

from __future__ import annotations

import pytest

from figures.formulas import feeds


def test_three_phase_current_by_hand() -> None:
    # 415 V from line to line are 239.6 V from line to neutral: three times 239.6 V times 32 A are 23.0 kVA.
    assert feeds.three_phase_current(23_000, 415, 1) == pytest.approx(32.0, abs=0.01)
    assert feeds.three_phase_current(23_000, 415, 0.8) == pytest.approx(40.0, abs=0.01)


def test_direct_current_by_hand() -> None:
    # A shelf of 33 kW at 50 V; at 800 V a sixteenth of it.
    assert feeds.direct_current(33_000, 50) == 660
    assert feeds.direct_current(33_000, 800) == pytest.approx(660 / 16)


def test_breaker_rating_by_hand() -> None:
    # At 80 % a breaker of 60 A carries 48 A without end.
    assert feeds.breaker_rating(48, 0.8, 1) == pytest.approx(60)
    assert feeds.breaker_rating(96, 0.8, 2) == pytest.approx(60)


def test_conductor_loss_by_hand() -> None:
    # 1000 A through 0.1 mΩ: 100 W. Sixteen times the voltage: a 256th of it.
    assert feeds.conductor_loss(1e-4, 50_000, 50) == pytest.approx(100)
    assert feeds.conductor_loss(1e-4, 50_000, 800) == pytest.approx(100 / 256)
