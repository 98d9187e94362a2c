"""Three estimates of a KL divergence from samples: their errors for two normal distributions of equal width."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"D = \frac{\mu_\mathrm{D}^2}{2}",
    symbols={"distance": r"\mu_\mathrm{D}"},
    sources=("schulman2020{first table}",),
)
def normal_divergence(distance: float) -> float:
    """KL divergence of two normal distributions of unit variance.

    Args:
        distance (1): distance of their means, in standard deviations.

    Returns:
        (1) divergence in nats; the same in both directions.
    """
    return distance**2 / 2


@formula(
    latex=r"\epsilon_1 = \frac{2}{\mu_\mathrm{D}}",
    symbols={"distance": r"\mu_\mathrm{D}"},
    sources=("schulman2020{first table}",),
)
def first_error(distance: float) -> float:
    """Standard deviation of one sample of the estimate −log r, over the divergence itself.

    Args:
        distance (1): distance of the means of two normal distributions, in standard deviations.

    Returns:
        (1) relative standard deviation; the estimate is unbiased.

    Assumptions:
        Two normal distributions of unit variance; r is the density of the second over that of the first, which is
        sampled.
    """
    return 2 / distance


@formula(
    latex=r"b_\mathrm{D} = \frac{\mu_\mathrm{D}^2}{4}",
    symbols={"distance": r"\mu_\mathrm{D}"},
    sources=("schulman2020{second table}",),
)
def second_bias(distance: float) -> float:
    """Bias of the estimate ½ log² r, over the divergence itself.

    Args:
        distance (1): distance of the means of two normal distributions, in standard deviations.

    Returns:
        (1) relative bias: always too high here.

    Assumptions:
        Those of the error of −log r.
    """
    return distance**2 / 4


@formula(
    latex=r"\epsilon_2 = \sqrt{2 + \mu_\mathrm{D}^2}",
    symbols={"distance": r"\mu_\mathrm{D}"},
    sources=("schulman2020{second table}",),
)
def second_error(distance: float) -> float:
    """Standard deviation of one sample of the estimate ½ log² r, over the divergence itself.

    Args:
        distance (1): distance of the means of two normal distributions, in standard deviations.

    Returns:
        (1) relative standard deviation, without the bias.

    Assumptions:
        Those of the error of −log r.
    """
    return math.sqrt(2 + distance**2)


@formula(
    latex=r"\epsilon_3 = \frac{2 \sqrt{e^{\mu_\mathrm{D}^2} - 1 - \mu_\mathrm{D}^2}}{\mu_\mathrm{D}^2}",
    symbols={"distance": r"\mu_\mathrm{D}"},
    sources=("schulman2020{second table}",),
)
def third_error(distance: float) -> float:
    """Standard deviation of one sample of the estimate r − 1 − log r, over the divergence itself.

    Args:
        distance (1): distance of the means of two normal distributions, in standard deviations.

    Returns:
        (1) relative standard deviation; the estimate is unbiased.

    Assumptions:
        Those of the error of −log r.
    """
    square = distance**2
    return 2 * math.sqrt(max(0, math.exp(square) - 1 - square)) / square


@formula(
    latex=r"D_{13} = \frac{\mu_\mathrm{D}^2}{2},\quad \epsilon_3(\mu_\mathrm{D}) ="
    r" q_\epsilon\, \epsilon_1(\mu_\mathrm{D})",
    symbols={"ratio": r"q_\epsilon"},
)
def divergence_at_error_ratio(ratio: float) -> float:
    """Divergence at which r − 1 − log r scatters as much as −log r, or a given multiple of it.

    Args:
        ratio (1): standard deviation of the former over that of the latter; 1 where both are as good.

    Returns:
        (1) divergence in nats. The ratio grows with it from 0 on; found by bisection.

    Assumptions:
        Those of the error of −log r.
    """
    low, high = 1e-6, 40.0  # squared distances
    for _ in range(200):
        middle = (low + high) / 2
        reached = third_error(math.sqrt(middle)) / first_error(math.sqrt(middle))
        low, high = (middle, high) if reached < ratio else (low, middle)
    return high / 2
