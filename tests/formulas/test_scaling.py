"""The exponent of a power law, by hand and against NumPy."""

from __future__ import annotations

import numpy as np
import pytest

from figures.formulas import scaling


def test_power_exponent_of_exact_powers() -> None:
    assert scaling.power_exponent((1, 2, 4), (3, 12, 48)) == pytest.approx(2)
    assert scaling.power_exponent((10, 1000), (5, 0.5)) == pytest.approx(-0.5)


def test_power_exponent_equals_a_fitted_line() -> None:
    sizes, values = (1.0, 3.0, 7.0, 20.0), (2.0, 5.5, 16.0, 31.0)
    slope = np.polyfit(np.log(sizes), np.log(values), 1)[0]
    assert scaling.power_exponent(sizes, values) == pytest.approx(slope)
