"""Growth as a power of a size: the exponent that measurements show."""

from __future__ import annotations

import math
from collections.abc import Sequence

from figures.formula import formula


@formula(
    latex=r"\zeta = \frac{\sum_j (\ln X_j - \overline{\ln X})\, \ln Y_j}{\sum_j (\ln X_j - \overline{\ln X})^2}",
    symbols={"sizes": "X_j", "values": "Y_j"},
)
def power_exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Exponent of a power law through measured values, by least squares of their logarithms.

    Args:
        sizes (1): sizes, at least two of them different.
        values (1): what was measured at each.

    Returns:
        (1) the slope in a plot with two logarithmic axes.

    Assumptions:
        The relative errors of all values are alike; the law holds over all sizes.
    """
    mean = sum(math.log(size) for size in sizes) / len(sizes)
    above = sum((math.log(size) - mean) * math.log(value) for size, value in zip(sizes, values, strict=True))
    return above / sum((math.log(size) - mean) ** 2 for size in sizes)
