"""Ratios by hand."""

from __future__ import annotations

import pytest

from figures.formula import Formula
from figures.formulas import compare


@pytest.mark.parametrize(
    "ratio",
    [
        compare.size_ratio,
        compare.time_ratio,
        compare.count_ratio,
        compare.rate_ratio,
        compare.throughput_ratio,
        compare.energy_ratio,
    ],
)
def test_first_over_second(ratio: Formula[[float, float]]) -> None:
    assert ratio(12.0, 4.0) == 3.0


def test_time_sum_and_excess() -> None:
    assert compare.time_sum(2.0, 0.5) == 2.5
    assert compare.time_excess(1.5, 1.2) == pytest.approx(0.25)


def test_time_without_gain() -> None:
    rate = 22_310.0  # SGLang's decode with two-batch overlap, 25.5 % faster than without
    assert compare.time_without_gain(2048 / rate, 0.255) == pytest.approx(2048 / (rate / 1.255))


def test_ratios_of_bandwidths_prices_and_intensities() -> None:
    assert compare.bandwidth_ratio(3350e9, 67e9) == 50
    assert compare.price_ratio(13.6e-9, 3.4e-9) == pytest.approx(4)
    assert compare.intensity_ratio(300, 100) == 3


def test_energy_sum_and_scaled_count() -> None:
    assert compare.energy_sum(0.5, 0.25) == 0.75
    assert compare.scaled_count(2.5, 8) == 20


def test_powers_and_energies_by_hand() -> None:
    assert compare.power_ratio(900, 600) == 1.5
    assert compare.power_difference(68, 40) == 28
    assert compare.power_sum(600, 40) == 640
    assert compare.work_energy_ratio(300, 2, 800, 1) == 0.75


def test_cost_ratio_of_two_bills() -> None:
    assert compare.cost_ratio(3.0, 1.5) == 2


def test_arithmetic_ratio_of_a_rate_and_a_peak() -> None:
    assert compare.arithmetic_ratio(500e12, 1000e12) == 0.5
