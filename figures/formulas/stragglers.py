"""The slowest of many: what chips that differ cost work that waits for all of them."""

from __future__ import annotations

import math

from figures.formula import formula
from figures.formulas import primitives, selection

EULER = 0.5772156649015329


@formula(
    latex=r"e_N \approx \sqrt{2 \ln N_\mathrm{dev}} - \frac{\ln \ln N_\mathrm{dev} + \ln 4\pi - 2\gamma_\mathrm{E}}"
    r"{2 \sqrt{2 \ln N_\mathrm{dev}}}",
    symbols={"devices": r"N_\mathrm{dev}"},
)
def largest_by_logarithms(devices: float) -> float:
    """Mean of the largest of many standard normal variables, to the leading terms.

    Args:
        devices (1): how many there are, at least 2.

    Returns:
        (1) in standard deviations above the mean of one; too high by 1 % for a thousand, by 6 % for ten.

    Assumptions:
        Many independent variables, whose largest is distributed as Gumbel has it; the mean of that distribution is
        Euler's constant, 0.5772.
    """
    root = math.sqrt(2 * math.log(devices))
    return root - (math.log(math.log(devices)) + math.log(4 * math.pi) - 2 * EULER) / (2 * root)


@formula(
    latex=r"e_N \approx \Phi^{-1}\left( \frac{N_\mathrm{dev} - 0.375}{N_\mathrm{dev} + 0.25} \right)",
    symbols={"devices": r"N_\mathrm{dev}"},
)
def largest_by_quantile(devices: float) -> float:
    """Mean of the largest of several standard normal variables, by a quantile (Blom's approximation).

    Args:
        devices (1): how many there are.

    Returns:
        (1) in standard deviations above the mean of one; 4.5 % too high for two, 1.5 % for five, less for more.

    Assumptions:
        Independent variables.
    """
    return primitives.normal_quantile((devices - 0.375) / (devices + 0.25))


@formula(
    latex=r"E[t_\mathrm{slow}] = \bar{t}_\mathrm{dev} + e_N\, \sigma_\mathrm{t},\quad "
    r"e_N = \int_{-\infty}^{\infty} x\, N_\mathrm{dev}\,"
    r" \varphi(x)\, \Phi(x)^{N_\mathrm{dev} - 1}\, \mathrm{d}x",
    symbols={"mean": r"\bar{t}_\mathrm{dev}", "deviation": r"\sigma_\mathrm{t}", "devices": r"N_\mathrm{dev}"},
)
def slowest_time(mean: float, deviation: float, devices: float) -> float:
    """Time of a step that waits for the slowest of many devices.

    Args:
        mean (s): time of one device on average.
        deviation (s): standard deviation of that time: from chip to chip, or with that from step to step.
        devices (1): devices that work in step.

    Returns:
        (s) mean of the slowest time.

    Assumptions:
        Times are normal and independent. Real tails are heavier: then this is a lower bound.
    """
    return mean + deviation * selection.largest_of_normals(devices)


@formula(
    latex=r"q_\mathrm{slow} = c_\mathrm{dev}\, e_N,\quad e_N \approx \Phi^{-1}\left( \frac{N_\mathrm{dev} - 0.375}"
    r"{N_\mathrm{dev} + 0.25} \right)",
    symbols={"variation": r"c_\mathrm{dev}", "devices": r"N_\mathrm{dev}"},
)
def straggler_penalty(variation: float, devices: float) -> float:
    """Time that work in step loses to its slowest device, over the time without differences.

    Args:
        variation (1): standard deviation of the time of a device over its mean.
        devices (1): devices that work in step.

    Returns:
        (1) share by which the step is longer.

    Assumptions:
        Times are normal and independent; the mean of the largest by Blom's approximation.
    """
    return variation * largest_by_quantile(devices)


@formula(
    latex=r"p_\mathrm{any} = 1 - (1 - p_\mathrm{slow})^{N_\mathrm{dev}}",
    symbols={"share": r"p_\mathrm{slow}", "devices": r"N_\mathrm{dev}"},
)
def any_slow(share: float, devices: float) -> float:
    """Probability that at least one of many devices is slow.

    Args:
        share (1): share of slow devices in the fleet.
        devices (1): devices that are drawn from it.

    Returns:
        (1) probability that work in step runs at a slow device's speed.

    Assumptions:
        Drawn independently from a large fleet, whatever the distribution of speeds.
    """
    return float(1 - (1 - share) ** devices)


@formula(
    latex=r"p_q = 1 - (1 - p_\mathrm{ok})^{1 / N_\mathrm{dev}}",
    symbols={"confidence": r"p_\mathrm{ok}", "devices": r"N_\mathrm{dev}"},
)
def slow_share_that_decides(confidence: float, devices: float) -> float:
    """Slowest share of a fleet that contains the slowest of some devices with a given probability.

    Args:
        confidence (1): that probability.
        devices (1): devices that are drawn from the fleet.

    Returns:
        (1) share of the fleet.

    Assumptions:
        Drawn independently from a large fleet, whatever the distribution of speeds.
    """
    return float(1 - (1 - confidence) ** (1 / devices))


@formula(
    latex=r"u_\mathrm{wait} = 1 - \frac{\bar{t}_\mathrm{dev}}{E[t_\mathrm{slow}]}",
    symbols={"mean": r"\bar{t}_\mathrm{dev}", "slowest": r"E[t_\mathrm{slow}]"},
)
def waiting_share(mean: float, slowest: float) -> float:
    """Share of its time that a device waits for the slowest one, on average.

    Args:
        mean (s): time of one device on average.
        slowest (s): mean of the slowest time.

    Returns:
        (1) time lost by all devices over the time paid for.

    Assumptions:
        Every device waits for the slowest at every step.
    """
    return 1 - mean / slowest
