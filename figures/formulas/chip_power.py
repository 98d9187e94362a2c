"""Power of a chip: switching, leakage, and the temperature at which leakage heats itself."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"P_\mathrm{sw} = a_\mathrm{sw}\, C_\mathrm{sw}\, U^2\, f_\mathrm{clk}",
    symbols={
        "activity": r"a_\mathrm{sw}",
        "capacitance": r"C_\mathrm{sw}",
        "voltage": "U",
        "clock": r"f_\mathrm{clk}",
    },
)
def switching_power(activity: float, capacitance: float, voltage: float, clock: float) -> float:
    """Power that a CMOS circuit takes to switch.

    Args:
        activity (1): share of the capacitance that is charged in a cycle, on average.
        capacitance (F): capacitance of all gates and wires.
        voltage (V): supply voltage.
        clock (Hz): cycles per second.

    Returns:
        (W) energy drawn from the supply per second.

    Assumptions:
        Every charge swings over the whole supply voltage: a charge of C U is drawn at the voltage U, half of its energy
        is lost on the way up and half on the way down. Short-circuit currents are neglected.
    """
    return activity * capacitance * voltage**2 * clock


@formula(
    latex=r"P_\mathrm{lk} = P_{\mathrm{lk},0}\, e^{(\vartheta - \vartheta_0) / \vartheta_\mathrm{lk}}",
    symbols={
        "reference_power": r"P_{\mathrm{lk},0}",
        "temperature": r"\vartheta",
        "reference": r"\vartheta_0",
        "scale": r"\vartheta_\mathrm{lk}",
    },
)
def leakage_power(reference_power: float, temperature: float, reference: float, scale: float) -> float:
    """Power that a chip leaks at a temperature.

    Args:
        reference_power (W): leakage at the reference temperature.
        temperature (°C): temperature of the junction.
        reference (°C): reference temperature.
        scale (°C): rise that multiplies leakage by e.

    Returns:
        (W) leakage.

    Assumptions:
        Constant voltage; over the range of operation leakage is close to an exponential of temperature.
    """
    return reference_power * math.exp((temperature - reference) / scale)


@formula(
    latex=r"\vartheta_\mathrm{lk} = \frac{\vartheta_2 - \vartheta_1}{\ln(P_{\mathrm{lk},2} / P_{\mathrm{lk},1})}",
    symbols={
        "first": r"P_{\mathrm{lk},1}",
        "second": r"P_{\mathrm{lk},2}",
        "first_temperature": r"\vartheta_1",
        "second_temperature": r"\vartheta_2",
    },
)
def leakage_scale(first: float, second: float, first_temperature: float, second_temperature: float) -> float:
    """Rise that multiplies leakage by e, from leakage at two temperatures.

    Args:
        first (W): leakage at the one temperature.
        second (W): leakage at the other.
        first_temperature (°C): the one temperature.
        second_temperature (°C): the other.

    Returns:
        (°C) scale of the exponential.

    Assumptions:
        The exponential law, and the same work, voltage and clock at both temperatures.
    """
    return (second_temperature - first_temperature) / math.log(second / first)


@formula(
    latex=r"g_\mathrm{lk} = \frac{R_\vartheta\, P_{\mathrm{lk},0}}{\vartheta_\mathrm{lk}}"
    r" \exp\frac{\vartheta_\mathrm{c} + R_\vartheta P_\mathrm{sw} - \vartheta_0}{\vartheta_\mathrm{lk}}",
    symbols={
        "resistance": r"R_\vartheta",
        "switching": r"P_\mathrm{sw}",
        "coolant": r"\vartheta_\mathrm{c}",
        "reference_power": r"P_{\mathrm{lk},0}",
        "reference": r"\vartheta_0",
        "scale": r"\vartheta_\mathrm{lk}",
    },
)
def leakage_gain(
    resistance: float, switching: float, coolant: float, reference_power: float, reference: float, scale: float
) -> float:
    """How strongly leakage heats itself; above 1/e no temperature is steady.

    Args:
        resistance (°C/W): thermal resistance from junction to coolant.
        switching (W): power that does not depend on temperature.
        coolant (°C): temperature of the coolant.
        reference_power (W): leakage at the reference temperature.
        reference (°C): reference temperature.
        scale (°C): rise that multiplies leakage by e.

    Returns:
        (1) rise by the leakage at the temperature without leakage, in units of the scale.

    Assumptions:
        Leakage is exponential in temperature; one thermal resistance; nothing throttles.
    """
    return resistance * leakage_power(reference_power, coolant + resistance * switching, reference, scale) / scale


@formula(
    latex=r"\vartheta_\infty = \vartheta_\mathrm{c} + R_\vartheta P_\mathrm{sw} + x\, \vartheta_\mathrm{lk},\quad "
    r"x = g_\mathrm{lk}\, e^x \text{, the smaller root}",
    symbols={
        "resistance": r"R_\vartheta",
        "switching": r"P_\mathrm{sw}",
        "coolant": r"\vartheta_\mathrm{c}",
        "gain": r"g_\mathrm{lk}",
        "scale": r"\vartheta_\mathrm{lk}",
    },
)
def leaking_temperature(resistance: float, switching: float, coolant: float, gain: float, scale: float) -> float:
    """Steady temperature of a chip whose leakage grows with its temperature.

    Args:
        resistance (°C/W): thermal resistance from junction to coolant.
        switching (W): power that does not depend on temperature.
        coolant (°C): temperature of the coolant.
        gain (1): how strongly leakage heats itself.
        scale (°C): rise that multiplies leakage by e.

    Returns:
        (°C) the stable one of two balances; infinite if there is none (runaway).

    Assumptions:
        Those of the gain.
    """
    if gain > math.exp(-1):
        return math.inf
    low, high = 0.0, 1.0  # x e^-x rises from 0 to 1/e between them: halve until the bits are used up
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if middle * math.exp(-middle) < gain else (low, middle)
    return coolant + resistance * switching + high * scale


@formula(
    latex=r"P_\mathrm{run} = \frac{1}{R_\vartheta} \left[ \vartheta_0 - \vartheta_\mathrm{c} - \vartheta_\mathrm{lk}"
    r" \left( 1 + \ln\frac{R_\vartheta P_{\mathrm{lk},0}}{\vartheta_\mathrm{lk}} \right) \right]",
    symbols={
        "resistance": r"R_\vartheta",
        "coolant": r"\vartheta_\mathrm{c}",
        "reference_power": r"P_{\mathrm{lk},0}",
        "reference": r"\vartheta_0",
        "scale": r"\vartheta_\mathrm{lk}",
    },
)
def runaway_power(resistance: float, coolant: float, reference_power: float, reference: float, scale: float) -> float:
    """Switching power above which no temperature is steady.

    Args:
        resistance (°C/W): thermal resistance from junction to coolant.
        coolant (°C): temperature of the coolant.
        reference_power (W): leakage at the reference temperature.
        reference (°C): reference temperature.
        scale (°C): rise that multiplies leakage by e.

    Returns:
        (W) power at which the gain is 1/e; negative if even an idle chip runs away.

    Assumptions:
        Those of the gain.
    """
    return (reference - coolant - scale * (1 + math.log(resistance * reference_power / scale))) / resistance


@formula(
    latex=r"A_\mathrm{lk} = \frac{1}{1 - R_\vartheta P_\mathrm{lk} / \vartheta_\mathrm{lk}}",
    symbols={"resistance": r"R_\vartheta", "leakage": r"P_\mathrm{lk}", "scale": r"\vartheta_\mathrm{lk}"},
)
def loop_amplification(resistance: float, leakage: float, scale: float) -> float:
    """By what factor leakage raises the warming by a further watt.

    Args:
        resistance (°C/W): thermal resistance from junction to coolant.
        leakage (W): leakage at the steady temperature.
        scale (°C): rise that multiplies leakage by e.

    Returns:
        (1) warming by a further watt of switching, or degree of coolant, over that of a chip whose leakage stays.

    Assumptions:
        The stable balance: the warming by leakage is less than the scale. Leakage is exponential in temperature.
    """
    return 1 / (1 - resistance * leakage / scale)


@formula(
    latex=r"P'_\mathrm{lk} = A_\mathrm{lk}\, \frac{P_\mathrm{lk}}{\vartheta_\mathrm{lk}}",
    symbols={
        "amplification": r"A_\mathrm{lk}",
        "leakage": r"P_\mathrm{lk}",
        "scale": r"\vartheta_\mathrm{lk}",
    },
)
def leakage_slope(amplification: float, leakage: float, scale: float) -> float:
    """Leakage that a degree of warmer coolant adds.

    Args:
        amplification (1): by what factor leakage raises the warming.
        leakage (W): leakage at the steady temperature.
        scale (°C): rise that multiplies leakage by e.

    Returns:
        (W/°C) slope at the steady temperature.

    Assumptions:
        Those of the amplification; small changes.
    """
    return amplification * leakage / scale
