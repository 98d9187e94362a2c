"""Many devices behind one breaker: what they draw together, and how many fit at a risk."""

from __future__ import annotations

import math

from figures.formula import formula
from figures.formulas import primitives


@formula(
    latex=r"\sigma_\Sigma = \sigma_P \sqrt{N_\mathrm{dev} \left[ 1 + (N_\mathrm{dev} - 1)\, \rho_P \right]}",
    symbols={"devices": r"N_\mathrm{dev}", "deviation": r"\sigma_P", "correlation": r"\rho_P"},
)
def combined_deviation(devices: float, deviation: float, correlation: float) -> float:
    """Standard deviation of the power of many devices together.

    Args:
        devices (1): how many there are.
        deviation (W): standard deviation of the power of one, over time.
        correlation (1): correlation of the powers of two of them; 1 if all do the same at the same time.

    Returns:
        (W) standard deviation of the sum.

    Assumptions:
        All devices have one standard deviation, and any two the same correlation.
    """
    return deviation * math.sqrt(devices * (1 + (devices - 1) * correlation))


@formula(
    latex=r"P_p = N_\mathrm{dev}\, \bar{P} + \Phi^{-1}(1 - p_\mathrm{ov})\, \sigma_\Sigma",
    symbols={
        "devices": r"N_\mathrm{dev}",
        "mean": r"\bar{P}",
        "combined": r"\sigma_\Sigma",
        "risk": r"p_\mathrm{ov}",
    },
)
def power_percentile(devices: float, mean: float, combined: float, risk: float) -> float:
    """Power that many devices together exceed only in a given share of the time.

    Args:
        devices (1): how many there are.
        mean (W): mean power of one.
        combined (W): standard deviation of their power together.
        risk (1): share of the time in which it may be exceeded.

    Returns:
        (W) percentile of the sum.

    Assumptions:
        The sum is distributed normally: many devices, none of which dominates, weakly dependent; or normal ones.
    """
    return devices * mean + primitives.normal_quantile(1 - risk) * combined


@formula(
    latex=r"N_\mathrm{dev}^{*} = \left\lfloor \frac{2 P_\mathrm{bud}^2}{b_N + \sqrt{b_N^2 - 4 a_N P_\mathrm{bud}^2}}"
    r" \right\rfloor,\quad a_N = \bar{P}^2 - z_p^2 \sigma_P^2 \rho_P,\quad b_N = 2 P_\mathrm{bud} \bar{P}"
    r" + z_p^2 \sigma_P^2 (1 - \rho_P),\quad z_p = \Phi^{-1}(1 - p_\mathrm{ov})",
    symbols={
        "budget": r"P_\mathrm{bud}",
        "mean": r"\bar{P}",
        "deviation": r"\sigma_P",
        "correlation": r"\rho_P",
        "risk": r"p_\mathrm{ov}",
    },
)
def devices_at_risk(budget: float, mean: float, deviation: float, correlation: float, risk: float) -> float:
    """Devices that fit behind a power budget which they may exceed in a given share of the time.

    Args:
        budget (W): power budget, such as what a breaker carries for ever.
        mean (W): mean power of one device.
        deviation (W): standard deviation of the power of one, over time.
        correlation (1): correlation of the powers of two of them.
        risk (1): share of the time in which the budget may be exceeded, at most one half.

    Returns:
        (1) the largest number whose percentile is within the budget.

    Assumptions:
        Those of the percentile of the sum. A cap catches the rest; without one the risk is that of a trip.
    """
    z = primitives.normal_quantile(1 - risk)
    curve = mean**2 - z**2 * deviation**2 * correlation
    slope = 2 * budget * mean + z**2 * deviation**2 * (1 - correlation)
    return math.floor(2 * budget**2 / (slope + math.sqrt(max(slope**2 - 4 * curve * budget**2, 0))))


@formula(
    latex=r"q_\mathrm{os} = \frac{N_\mathrm{dev} P_\mathrm{dev}}{P_\mathrm{bud}}",
    symbols={"devices": r"N_\mathrm{dev}", "rated": r"P_\mathrm{dev}", "budget": r"P_\mathrm{bud}"},
)
def oversubscription(devices: float, rated: float, budget: float) -> float:
    """Rated power of all devices over the power budget.

    Args:
        devices (1): how many there are.
        rated (W): rated power of one.
        budget (W): power budget.

    Returns:
        (1) above 1 the budget counts on it that not all draw their rated power at once.

    Assumptions:
        One rating for all devices.
    """
    return devices * rated / budget


@formula(
    latex=r"p_\mathrm{ov} = \sum_{j:\ j P_\mathrm{hi} + (N_\mathrm{dev} - j) P_\mathrm{lo} > P_\mathrm{bud}}"
    r" \binom{N_\mathrm{dev}}{j}\, d_\mathrm{hi}^j\, (1 - d_\mathrm{hi})^{N_\mathrm{dev} - j}",
    symbols={
        "devices": r"N_\mathrm{dev}",
        "share": r"d_\mathrm{hi}",
        "high": r"P_\mathrm{hi}",
        "low": r"P_\mathrm{lo}",
        "budget": r"P_\mathrm{bud}",
    },
)
def overload_probability(devices: int, share: float, high: float, low: float, budget: float) -> float:
    """Share of the time in which devices of two states exceed a power budget together.

    Args:
        devices (1): how many there are.
        share (1): share of the time that each spends at its high power.
        high (W): power of a busy one.
        low (W): power of an idle one.
        budget (W): power budget.

    Returns:
        (1) exact probability at any one time.

    Assumptions:
        Devices are independent of each other. Training in step is the opposite case: then the share of the time at
        the high power is the answer.
    """
    over = [j for j in range(devices + 1) if j * high + (devices - j) * low > budget]
    return float(sum(math.comb(devices, j) * share**j * (1 - share) ** (devices - j) for j in over))


@formula(
    latex=r"\sigma_P = (P_\mathrm{hi} - P_\mathrm{lo}) \sqrt{d_\mathrm{hi} (1 - d_\mathrm{hi})}",
    symbols={"high": r"P_\mathrm{hi}", "low": r"P_\mathrm{lo}", "share": r"d_\mathrm{hi}"},
)
def two_state_deviation(high: float, low: float, share: float) -> float:
    """Standard deviation, over time, of a power that has two values.

    Args:
        high (W): the high power.
        low (W): the low power.
        share (1): share of the time at the high power.

    Returns:
        (W) standard deviation.

    Assumptions:
        Two constant powers.
    """
    return abs(high - low) * math.sqrt(share * (1 - share))
