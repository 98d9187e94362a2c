"""Swings of power: the storage that flattens them, and what a filter or a floor leaves and costs."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"\mathcal{E}_\mathrm{buf} = (P_\mathrm{hi} - P_\mathrm{lo})"
    r"\, d_\mathrm{hi} (1 - d_\mathrm{hi})\, t_\mathrm{cyc}",
    symbols={
        "high": r"P_\mathrm{hi}",
        "low": r"P_\mathrm{lo}",
        "share": r"d_\mathrm{hi}",
        "cycle": r"t_\mathrm{cyc}",
    },
)
def flattening_energy(high: float, low: float, share: float, cycle: float) -> float:
    """Usable storage that turns a square wave of power into its mean.

    Args:
        high (W): power in the high phase.
        low (W): power in the low phase.
        share (1): share of a cycle that the high phase takes.
        cycle (s): length of a cycle.

    Returns:
        (J) energy that goes in and out in every cycle: one phase's distance to the mean times its length.

    Assumptions:
        Two constant powers; storage without losses, whose power is at least the larger distance to the mean.
    """
    return (high - low) * share * (1 - share) * cycle


@formula(
    latex=r"\mathcal{E}_\mathrm{buf} = \frac{(P_\mathrm{hi} - P_\mathrm{lo})^2}{2\, \dot{P}}",
    symbols={"high": r"P_\mathrm{hi}", "low": r"P_\mathrm{lo}", "ramp": r"\dot{P}"},
)
def ramp_energy(high: float, low: float, ramp: float) -> float:
    """Usable storage that turns a jump of power into a ramp.

    Args:
        high (W): power on the one side of the jump.
        low (W): power on the other.
        ramp (W/s): steepest ramp that the grid allows.

    Returns:
        (J) area of the triangle between jump and ramp.

    Assumptions:
        The phases last longer than the ramp; storage without losses.
    """
    return (high - low) ** 2 / (2 * ramp)


@formula(
    latex=r"\Delta_P = (P_\mathrm{hi} - P_\mathrm{lo}) \tanh\frac{t_\mathrm{cyc}}{4\, \tau_\mathrm{f}}",
    symbols={
        "high": r"P_\mathrm{hi}",
        "low": r"P_\mathrm{lo}",
        "cycle": r"t_\mathrm{cyc}",
        "constant": r"\tau_\mathrm{f}",
    },
)
def filtered_swing(high: float, low: float, cycle: float, constant: float) -> float:
    """Swing that a first-order filter leaves of a square wave of power with equal phases.

    Args:
        high (W): power in the high phase.
        low (W): power in the low phase.
        cycle (s): length of a cycle, both phases.
        constant (s): time constant of the filter; of a chip's temperature, if the result is multiplied by its thermal
            resistance.

    Returns:
        (W) highest less lowest value after many cycles.

    Assumptions:
        Both phases take half a cycle each; one time constant.
    """
    return (high - low) * math.tanh(cycle / (4 * constant))


@formula(
    latex=r"\hat{P} = \frac{2}{\pi\, j_\mathrm{h}} (P_\mathrm{hi} - P_\mathrm{lo})"
    r" \sin(\pi\, j_\mathrm{h} d_\mathrm{hi})",
    symbols={
        "high": r"P_\mathrm{hi}",
        "low": r"P_\mathrm{lo}",
        "share": r"d_\mathrm{hi}",
        "harmonic": r"j_\mathrm{h}",
    },
)
def harmonic_amplitude(high: float, low: float, share: float, harmonic: int) -> float:
    """Amplitude of a harmonic of a square wave of power.

    Args:
        high (W): power in the high phase.
        low (W): power in the low phase.
        share (1): share of a cycle that the high phase takes.
        harmonic (1): frequency in units of that of the cycle, from 1.

    Returns:
        (W) amplitude of the cosine around the middle of the high phase; its sign is that of the cosine.

    Assumptions:
        Two constant powers.
    """
    return 2 / math.pi * (high - low) * math.sin(math.pi * harmonic * share) / harmonic


@formula(
    latex=r"P_\mathrm{burn} = (1 - d_\mathrm{hi})\, \max(P_\mathrm{fl} - P_\mathrm{lo},\ 0)",
    symbols={"share": r"d_\mathrm{hi}", "floor": r"P_\mathrm{fl}", "low": r"P_\mathrm{lo}"},
)
def floor_loss(share: float, floor: float, low: float) -> float:
    """Mean power that a floor of the power burns.

    Args:
        share (1): share of the time at the high power.
        floor (W): power below which the device is not let fall: it burns the rest.
        low (W): power that it would have in the other phase.

    Returns:
        (W) power burnt, on average.

    Assumptions:
        Two constant powers, the high one above the floor.
    """
    return (1 - share) * max(floor - low, 0)


@formula(
    latex=r"\mathcal{E}_\mathrm{burn} = (P_\mathrm{hi} - P_\mathrm{lo})\, t_< - \frac{\dot{P}\, t_<^2}{2},\quad "
    r"t_< = \min\left( t_\mathrm{pau},\ \frac{P_\mathrm{hi} - P_\mathrm{lo}}{\dot{P}} \right)",
    symbols={
        "high": r"P_\mathrm{hi}",
        "low": r"P_\mathrm{lo}",
        "ramp": r"\dot{P}",
        "pause": r"t_\mathrm{pau}",
    },
)
def pause_burn(high: float, low: float, ramp: float, pause: float) -> float:
    """Energy that is burnt in a pause to let the power fall along a ramp.

    Args:
        high (W): power before the pause.
        low (W): power that the pause would have.
        ramp (W/s): steepest fall that is allowed.
        pause (s): length of the pause.

    Returns:
        (J) area between the ramp and the low power.

    Assumptions:
        Nothing is stored; after the pause the power may rise at once.
    """
    falling = min(pause, (high - low) / ramp)
    return (high - low) * falling - ramp * falling**2 / 2


@formula(
    latex=r"\mathcal{E}_\mathrm{loss} = (1 - \eta_\mathrm{buf})\, \mathcal{E}_\mathrm{buf}",
    symbols={"stored": r"\mathcal{E}_\mathrm{buf}", "efficiency": r"\eta_\mathrm{buf}"},
)
def storage_loss(stored: float, efficiency: float) -> float:
    """Energy that a store loses when it takes in an energy and gives it back.

    Args:
        stored (J): energy that goes in.
        efficiency (1): share of it that comes out again.

    Returns:
        (J) heat.

    Assumptions:
        No loss while it waits.
    """
    return (1 - efficiency) * stored
