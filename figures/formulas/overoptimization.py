"""Gold reward against the distance that optimizing a proxy has taken: two fitted forms and where they peak."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"R_\mathrm{bon} = d_\mathrm{D}\, (\alpha_\mathrm{o} - \beta_\mathrm{o}\, d_\mathrm{D})",
    symbols={"distance": r"d_\mathrm{D}", "rise": r"\alpha_\mathrm{o}", "fall": r"\beta_\mathrm{o}"},
    sources=("gao2023overopt{§1}",),
)
def gold_of_best(distance: float, rise: float, fall: float) -> float:
    """Gold reward under best-of-n by a proxy, as fitted to experiments.

    Args:
        distance (1): square root of the KL divergence from the initial policy, in nats.
        rise (1): coefficient of the proxy's use.
        fall (1): coefficient of the proxy's abuse.

    Returns:
        (1) gain of the gold reward over the initial policy.
    """
    return distance * (rise - fall * distance)


@formula(
    latex=r"R_\mathrm{rl} = d_\mathrm{D}\, (\alpha_\mathrm{o} - \beta_\mathrm{o} \ln d_\mathrm{D})",
    symbols={"distance": r"d_\mathrm{D}", "rise": r"\alpha_\mathrm{o}", "fall": r"\beta_\mathrm{o}"},
    sources=("gao2023overopt{§1}",),
)
def gold_of_learning(distance: float, rise: float, fall: float) -> float:
    """Gold reward under reinforcement learning on a proxy, as fitted to experiments.

    Args:
        distance (1): square root of the KL divergence from the initial policy, in nats, above 0.
        rise (1): coefficient of the proxy's use.
        fall (1): coefficient of the proxy's abuse.

    Returns:
        (1) gain of the gold reward over the initial policy.
    """
    return distance * (rise - fall * math.log(distance))


@formula(
    latex=r"d_\mathrm{bon}^{*} = \frac{\alpha_\mathrm{o}}{2\, \beta_\mathrm{o}}",
    symbols={"rise": r"\alpha_\mathrm{o}", "fall": r"\beta_\mathrm{o}"},
)
def peak_of_best(rise: float, fall: float) -> float:
    """Distance at which the gold reward under best-of-n is highest.

    Args:
        rise (1): coefficient of the proxy's use.
        fall (1): coefficient of the proxy's abuse.

    Returns:
        (1) square root of the KL divergence, in nats.

    Assumptions:
        The form fitted to best-of-n.
    """
    return rise / (2 * fall)


@formula(
    latex=r"d_\mathrm{rl}^{*} = e^{\alpha_\mathrm{o} / \beta_\mathrm{o} - 1}",
    symbols={"rise": r"\alpha_\mathrm{o}", "fall": r"\beta_\mathrm{o}"},
)
def peak_of_learning(rise: float, fall: float) -> float:
    """Distance at which the gold reward under reinforcement learning is highest.

    Args:
        rise (1): coefficient of the proxy's use.
        fall (1): coefficient of the proxy's abuse.

    Returns:
        (1) square root of the KL divergence, in nats.

    Assumptions:
        The form fitted to reinforcement learning.
    """
    return math.exp(rise / fall - 1)
