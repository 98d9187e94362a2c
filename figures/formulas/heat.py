"""Heat of a chip with one thermal resistance and one heat capacity: temperatures, and how long they take."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"\vartheta_\infty = \vartheta_\mathrm{c} + R_\vartheta P_\mathrm{tot}",
    symbols={"coolant": r"\vartheta_\mathrm{c}", "resistance": r"R_\vartheta", "power": r"P_\mathrm{tot}"},
)
def steady_temperature(coolant: float, resistance: float, power: float) -> float:
    """Temperature at which a chip settles at a constant power.

    Args:
        coolant (°C): temperature of the coolant.
        resistance (°C/W): thermal resistance from junction to coolant.
        power (W): power of the device.

    Returns:
        (°C) temperature of the junction.

    Assumptions:
        One thermal resistance; the coolant's temperature does not depend on the power.
    """
    return coolant + resistance * power


@formula(
    latex=r"R_\vartheta = \frac{\vartheta - \vartheta_\mathrm{c}}{P_\mathrm{tot}}",
    symbols={"temperature": r"\vartheta", "coolant": r"\vartheta_\mathrm{c}", "power": r"P_\mathrm{tot}"},
)
def thermal_resistance(temperature: float, coolant: float, power: float) -> float:
    """Thermal resistance from a steady temperature, or the largest one that a limit allows.

    Args:
        temperature (°C): steady temperature of the junction, or its limit.
        coolant (°C): temperature of the coolant.
        power (W): power of the device.

    Returns:
        (°C/W) thermal resistance from junction to coolant.

    Assumptions:
        Those of the steady temperature.
    """
    return (temperature - coolant) / power


@formula(
    latex=r"P_\mathrm{sus} = \frac{\vartheta_\mathrm{max} - \vartheta_\mathrm{c}}{R_\vartheta}",
    symbols={"limit": r"\vartheta_\mathrm{max}", "coolant": r"\vartheta_\mathrm{c}", "resistance": r"R_\vartheta"},
)
def sustainable_power(limit: float, coolant: float, resistance: float) -> float:
    """Power that a chip can hold for ever without passing a temperature.

    Args:
        limit (°C): temperature at which it throttles.
        coolant (°C): temperature of the coolant.
        resistance (°C/W): thermal resistance from junction to coolant.

    Returns:
        (W) power of the device.

    Assumptions:
        Those of the steady temperature.
    """
    return (limit - coolant) / resistance


@formula(
    latex=r"\tau_\vartheta = R_\vartheta\, C_\vartheta",
    symbols={"resistance": r"R_\vartheta", "capacity": r"C_\vartheta"},
)
def thermal_time(resistance: float, capacity: float) -> float:
    """Time constant of a chip's temperature.

    Args:
        resistance (°C/W): thermal resistance from junction to coolant.
        capacity (J/°C): heat capacity of what is heated.

    Returns:
        (s) time in which the distance to the steady temperature falls by a factor e.

    Assumptions:
        One resistance and one capacity. A real stack has several: die, lid and heat sink with their own times.
    """
    return resistance * capacity


@formula(
    latex=r"\vartheta(t) = \vartheta_\infty + (\vartheta_1 - \vartheta_\infty)\, e^{-t / \tau_\vartheta}",
    symbols={
        "start": r"\vartheta_1",
        "steady": r"\vartheta_\infty",
        "time": "t",
        "constant": r"\tau_\vartheta",
    },
)
def temperature_after(start: float, steady: float, time: float, constant: float) -> float:
    """Temperature some time after the power has changed to a new constant value.

    Args:
        start (°C): temperature at the change.
        steady (°C): temperature at which the chip settles with the new power.
        time (s): time since the change.
        constant (s): time constant of the temperature.

    Returns:
        (°C) temperature of the junction.

    Assumptions:
        Those of the time constant.
    """
    return steady + (start - steady) * math.exp(-time / constant)


@formula(
    latex=r"t_\vartheta = \tau_\vartheta \ln\frac{\vartheta_\infty - \vartheta_1}{\vartheta_\infty - \vartheta_2}",
    symbols={
        "start": r"\vartheta_1",
        "end": r"\vartheta_2",
        "steady": r"\vartheta_\infty",
        "constant": r"\tau_\vartheta",
    },
)
def time_to_temperature(start: float, end: float, steady: float, constant: float) -> float:
    """Time in which a chip heats up, or cools down, from one temperature to another.

    Args:
        start (°C): temperature at first.
        end (°C): temperature that is to be reached.
        steady (°C): temperature at which the chip settles with its power.
        constant (s): time constant of the temperature.

    Returns:
        (s) time; infinite if the steady temperature does not lie beyond the end.

    Assumptions:
        Those of the time constant; constant power.
    """
    if (steady - end) * (end - start) <= 0:
        return math.inf
    return constant * math.log((steady - start) / (steady - end))


@formula(
    latex=r"d_\mathrm{hi} = \frac{t_\mathrm{hot}}{t_\mathrm{hot} + t_\mathrm{cool}}",
    symbols={"heating": r"t_\mathrm{hot}", "cooling": r"t_\mathrm{cool}"},
)
def unthrottled_share(heating: float, cooling: float) -> float:
    """Share of the time that a chip runs at its higher power, if it alternates between two.

    Args:
        heating (s): time from the lower to the higher temperature of the governor at the higher power.
        cooling (s): time back at the lower power.

    Returns:
        (1) share of a cycle.

    Assumptions:
        A governor with hysteresis: it throttles at one temperature and releases at a lower one, at once.
    """
    return heating / (heating + cooling)


@formula(
    latex=r"\bar{P} = d_\mathrm{hi} P_\mathrm{hi} + (1 - d_\mathrm{hi})\, P_\mathrm{lo}",
    symbols={"share": r"d_\mathrm{hi}", "high": r"P_\mathrm{hi}", "low": r"P_\mathrm{lo}"},
)
def mean_power(share: float, high: float, low: float) -> float:
    """Power on average over phases of a high and a low power.

    Args:
        share (1): share of the time at the high power.
        high (W): power then.
        low (W): power in the rest of the time.

    Returns:
        (W) mean power.

    Assumptions:
        Two constant powers.
    """
    return share * high + (1 - share) * low


@formula(
    latex=r"d_\mathrm{hi} = \frac{P_\mathrm{sus} - P_\mathrm{lo}}{P_\mathrm{hi} - P_\mathrm{lo}}",
    symbols={"sustained": r"P_\mathrm{sus}", "high": r"P_\mathrm{hi}", "low": r"P_\mathrm{lo}"},
)
def sustained_share(sustained: float, high: float, low: float) -> float:
    """Share of the time at a high power that keeps the mean within what a chip can hold.

    Args:
        sustained (W): power that it can hold for ever.
        high (W): the high power, above it.
        low (W): the low power, below it.

    Returns:
        (1) share at which the mean power is the sustained one.

    Assumptions:
        Two constant powers that alternate faster than the chip warms.
    """
    return (sustained - low) / (high - low)
