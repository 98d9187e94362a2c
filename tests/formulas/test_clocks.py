"""Clocks: by hand, and the optima against a search."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from figures.formulas import clocks


def searched(energy: Callable[[float], float], low: float, high: float) -> float:
    """The argument of least energy, by a grid of 200,001 points."""
    grid = np.linspace(low, high, 200_001)
    return float(grid[np.argmin([energy(float(one)) for one in grid[::20]]) * 20])


def test_voltage_at_by_hand() -> None:
    assert clocks.voltage_at(1.0e9, 0.7, 0.4, 0.25e-9) == 0.7
    assert clocks.voltage_at(2.0e9, 0.7, 0.4, 0.25e-9) == pytest.approx(0.9)


def test_cubic_power_and_cubic_coefficient_by_hand() -> None:
    coefficient = clocks.cubic_coefficient(700, 200, 2.0)
    assert coefficient == 62.5
    with pytest.raises(ValueError, match="above the static power"):
        clocks.cubic_coefficient(200, 200, 2.0)
    assert clocks.cubic_power(200, coefficient, 1.0) == 262.5


def test_line_power_has_the_cubic_law_as_its_limit() -> None:
    assert clocks.line_power(100, 5, 2, 0, 3) == clocks.cubic_power(100, 5 * 9, 2)
    assert clocks.line_power(100, 5, 2, 1, 3) == 100 + 5 * 2 * 49


def test_overlapped_time_at_and_serial_time_at_by_hand() -> None:
    assert clocks.overlapped_time_at(3, 2, 1.5, 1.2) == 3
    assert clocks.overlapped_time_at(3, 2, 1.5, 0.5) == 6
    assert clocks.overlapped_time_at(3, 2, 1.5, 0) == math.inf
    assert clocks.serial_time_at(3, 2, 1.5, 0.5) == 9


@pytest.mark.parametrize(("memory", "compute"), [(0.1, 1.0), (1.0, 0.8), (1.0, 0.3)])
def test_overlapped_best_clock_takes_the_least_energy(memory: float, compute: float) -> None:
    def energy(clock: float) -> float:
        return clocks.cubic_power(150, 70, clock) * clocks.overlapped_time_at(memory, compute, 1.5, clock)

    best = clocks.overlapped_best_clock(memory, compute, 1.5, 150, 70)
    assert best == pytest.approx(searched(energy, 0.1, 2.5), abs=5e-4)


@pytest.mark.parametrize(("memory", "compute"), [(0.0, 1.0), (0.1, 1.0), (1.0, 0.3), (5.0, 0.01)])
def test_serial_best_clock_takes_the_least_energy(memory: float, compute: float) -> None:
    def energy(clock: float) -> float:
        return clocks.cubic_power(150, 70, clock) * clocks.serial_time_at(memory, compute, 1.5, clock)

    best = clocks.serial_best_clock(memory, compute, 1.5, 150, 70)
    assert best == pytest.approx(searched(energy, 0.05, 2.5), abs=5e-4)


def test_best_clocks_of_compute_bound_work_spend_a_third_on_switching() -> None:
    # 2 k f³ = P_st: at the optimum the static power is twice the cubic part.
    best = clocks.serial_best_clock(0, 1, 1.5, 150, 70)
    assert clocks.cubic_power(150, 70, best) == pytest.approx(1.5 * 150)
    assert clocks.overlapped_best_clock(1e-9, 1, 1.5, 150, 70) == pytest.approx(best)


@pytest.mark.parametrize("static", [0.001, 10.0, 100.0, 1000.0])
def test_line_best_clock_takes_the_least_energy(static: float) -> None:
    def energy(clock: float) -> float:
        return clocks.line_power(static, 150, clock, 0.5, 0.3) / clock

    best = clocks.line_best_clock(static, 150, 0.5, 0.3)
    assert best == pytest.approx(searched(energy, best / 3, best * 3), rel=5e-4)


def test_line_best_clock_has_the_cubic_law_as_its_limit() -> None:
    # An intercept of a millivolt: 2 k_1 V'² f³ = P_st, but for that millivolt.
    cubic = clocks.serial_best_clock(0, 1, 1, 1000, 150 * 0.3**2)
    assert clocks.line_best_clock(1000, 150, 1e-3, 0.3) == pytest.approx(cubic, rel=2e-3)
    assert clocks.line_best_clock(1000, 150, 1e-7, 0.3) == pytest.approx(cubic, rel=1e-6)


def test_capped_clock_by_hand() -> None:
    assert clocks.capped_clock(700, 200, 62.5, 1.98) == 1.98
    assert clocks.capped_clock(262.5, 200, 62.5, 1.98) == 1
    assert clocks.capped_clock(150, 200, 62.5, 1.98) == 0


def test_capped_clock_variation_of_many_chips() -> None:
    source = np.random.default_rng(16)
    found = [
        clocks.capped_clock(500, static, 62.5 * cubic, 9)
        for static, cubic in zip(source.normal(200, 9, 20_000), source.normal(1, 0.03, 20_000), strict=True)
    ]
    expected = clocks.capped_clock_variation(0.03, 9, 500, 200)
    assert expected == pytest.approx(np.sqrt(2) / 100)
    assert np.std(found) / np.mean(found) == pytest.approx(expected, rel=0.02)
