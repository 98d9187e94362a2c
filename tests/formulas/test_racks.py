"""Power of a rack: by hand."""

from __future__ import annotations

import pytest

from figures.formulas import racks


def test_rack_power_by_hand() -> None:
    # Four nodes of eight GPUs: 4 · (8 · 700 W + 2,400 W) + 1,000 W = 33 kW, which supplies of 96 % take as 34.4 kW.
    assert racks.rack_power(4, 8, 700, 2400, 1000, 1) == 33_000
    assert racks.rack_power(4, 8, 700, 2400, 1000, 0.96) == pytest.approx(34_375)


def test_liquid_heat_and_air_heat_are_all_of_the_power() -> None:
    assert racks.liquid_heat(0.85, 120e3) == pytest.approx(102e3)
    assert racks.air_heat(0.85, 120e3) == pytest.approx(18e3)
