"""What feeds a rack: currents, the breaker in front of it, and what the conductors lose."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"I_\mathrm{ac} = \frac{P_\mathrm{tot}}{\sqrt{3}\, U_\mathrm{ll}\, \cos\varphi}",
    symbols={"power": r"P_\mathrm{tot}", "voltage": r"U_\mathrm{ll}", "power_factor": r"\cos\varphi"},
)
def three_phase_current(power: float, voltage: float, power_factor: float) -> float:
    """Current in each conductor of a three-phase feed.

    Args:
        power (W): power that the feed delivers.
        voltage (V): voltage from line to line.
        power_factor (1): real power over apparent power.

    Returns:
        (A) effective value.

    Assumptions:
        The three phases are loaded alike.
    """
    return power / (math.sqrt(3) * voltage * power_factor)


@formula(
    latex=r"I_\mathrm{dc} = \frac{P_\mathrm{tot}}{U_\mathrm{dc}}",
    symbols={"power": r"P_\mathrm{tot}", "voltage": r"U_\mathrm{dc}"},
)
def direct_current(power: float, voltage: float) -> float:
    """Current of a feed or busbar with direct current.

    Args:
        power (W): power that it delivers.
        voltage (V): voltage between its two conductors.

    Returns:
        (A) current.

    Assumptions:
        Constant voltage.
    """
    return power / voltage


@formula(
    latex=r"I_\mathrm{br} = \frac{I_\mathrm{ac}}{d_\mathrm{br}\, n_\mathrm{feed}}",
    symbols={"current": r"I_\mathrm{ac}", "derating": r"d_\mathrm{br}", "feeds": r"n_\mathrm{feed}"},
)
def breaker_rating(current: float, derating: float, feeds: int) -> float:
    """Least rating of a breaker that carries a load without end.

    Args:
        current (A): current of all feeds together.
        derating (1): share of its rating that a breaker may carry without end.
        feeds (1): feeds that share the current; those kept for redundancy do not count.

    Returns:
        (A) rating; the next size that is sold must be at least this.

    Assumptions:
        The feeds share the load evenly.
    """
    return current / (derating * feeds)


@formula(
    latex=r"P_\mathrm{loss} = R_\mathrm{cond} \left( \frac{P_\mathrm{tot}}{U_\mathrm{dc}} \right)^2",
    symbols={"resistance": r"R_\mathrm{cond}", "power": r"P_\mathrm{tot}", "voltage": r"U_\mathrm{dc}"},
)
def conductor_loss(resistance: float, power: float, voltage: float) -> float:
    """Power that the conductors of a feed with direct current lose.

    Args:
        resistance (Ω): resistance of the way there and back.
        power (W): power that arrives.
        voltage (V): voltage at which it arrives.

    Returns:
        (W) heat in the conductors.

    Assumptions:
        The resistance does not depend on the temperature.
    """
    return resistance * direct_current(power, voltage) ** 2
