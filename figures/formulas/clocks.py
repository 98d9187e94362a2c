"""Clock, voltage and power: what a slower clock costs in time and saves in energy."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"U = \max\left( U_\mathrm{min},\ U_0 + U' f_\mathrm{clk} \right)",
    symbols={"clock": r"f_\mathrm{clk}", "least": r"U_\mathrm{min}", "intercept": "U_0", "slope": "U'"},
)
def voltage_at(clock: float, least: float, intercept: float, slope: float) -> float:
    """Supply voltage that a clock needs.

    Args:
        clock (Hz): cycles per second.
        least (V): voltage below which the chip is not run.
        intercept (V): where the line of voltage over clock meets no clock.
        slope (V/Hz): voltage that a faster clock needs more.

    Returns:
        (V) supply voltage.

    Assumptions:
        Above the floor the voltage is a line in the clock.
    """
    return max(least, intercept + slope * clock)


@formula(
    latex=r"P_\mathrm{tot} = P_\mathrm{st} + k_3\, f_\mathrm{clk}^3",
    symbols={"static": r"P_\mathrm{st}", "cubic": "k_3", "clock": r"f_\mathrm{clk}"},
)
def cubic_power(static: float, cubic: float, clock: float) -> float:
    """Power of a chip whose voltage is proportional to its clock.

    Args:
        static (W): power that does not depend on the clock: leakage, memory, what idles.
        cubic (W·s·s·s): activity times capacitance times the square of voltage over clock.
        clock (Hz): cycles per second.

    Returns:
        (W) power.

    Assumptions:
        The voltage is proportional to the clock. At the floor of the voltage it is linear in the clock instead.
    """
    return static + cubic * clock**3


@formula(
    latex=r"k_3 = \frac{P_\mathrm{tot} - P_\mathrm{st}}{f_\mathrm{clk}^3}",
    symbols={"power": r"P_\mathrm{tot}", "static": r"P_\mathrm{st}", "clock": r"f_\mathrm{clk}"},
)
def cubic_coefficient(power: float, static: float, clock: float) -> float:
    """Coefficient of the cubic power law, from the power at one clock.

    Args:
        power (W): power at that clock, above the static power.
        static (W): power that does not depend on the clock.
        clock (Hz): that clock.

    Returns:
        (W·s·s·s) coefficient of the cube of the clock.

    Assumptions:
        Those of the cubic power law.
    """
    if power <= static:
        raise ValueError("the power at the clock must be above the static power")
    return float((power - static) / clock**3)


@formula(
    latex=r"P_\mathrm{tot} = P_\mathrm{st} + k_1\, f_\mathrm{clk} \left( U_0 + U' f_\mathrm{clk} \right)^2",
    symbols={
        "static": r"P_\mathrm{st}",
        "switched": "k_1",
        "clock": r"f_\mathrm{clk}",
        "intercept": "U_0",
        "slope": "U'",
    },
)
def line_power(static: float, switched: float, clock: float, intercept: float, slope: float) -> float:
    """Power of a chip whose voltage is a line in its clock.

    Args:
        static (W): power that does not depend on the clock.
        switched (F): capacitance that is charged in a cycle: activity times capacitance.
        clock (Hz): cycles per second.
        intercept (V): where the line of voltage over clock meets no clock.
        slope (V/Hz): voltage that a faster clock needs more.

    Returns:
        (W) power; with no intercept the cubic law.

    Assumptions:
        Above the floor of the voltage.
    """
    return static + switched * clock * (intercept + slope * clock) ** 2


@formula(
    latex=r"t = \max\left( t_\mathrm{mem},\ t_\mathrm{cmp}\, \frac{f_{\mathrm{clk},0}}{f_\mathrm{clk}} \right)",
    symbols={
        "memory": r"t_\mathrm{mem}",
        "compute": r"t_\mathrm{cmp}",
        "reference": r"f_{\mathrm{clk},0}",
        "clock": r"f_\mathrm{clk}",
    },
)
def overlapped_time_at(memory: float, compute: float, reference: float, clock: float) -> float:
    """Time of work at a clock, if traffic and arithmetic overlap.

    Args:
        memory (s): time of its memory traffic.
        compute (s): time of its arithmetic at the reference clock.
        reference (Hz): reference clock.
        clock (Hz): clock of the arithmetic units.

    Returns:
        (s) the longer of both; infinite without a clock.

    Assumptions:
        Memory has a clock of its own, which stays; overlap is perfect.
    """
    return math.inf if clock == 0 else max(memory, compute * reference / clock)


@formula(
    latex=r"t = t_\mathrm{mem} + t_\mathrm{cmp}\, \frac{f_{\mathrm{clk},0}}{f_\mathrm{clk}}",
    symbols={
        "memory": r"t_\mathrm{mem}",
        "compute": r"t_\mathrm{cmp}",
        "reference": r"f_{\mathrm{clk},0}",
        "clock": r"f_\mathrm{clk}",
    },
)
def serial_time_at(memory: float, compute: float, reference: float, clock: float) -> float:
    """Time of work at a clock, if traffic and arithmetic follow each other.

    Args:
        memory (s): time that does not depend on the clock.
        compute (s): time at the reference clock that does.
        reference (Hz): reference clock.
        clock (Hz): clock of the arithmetic units.

    Returns:
        (s) the sum.

    Assumptions:
        Memory has a clock of its own, which stays; nothing overlaps.
    """
    return memory + compute * reference / clock


@formula(
    latex=r"f_\mathrm{clk}^{*} = \min\left( \frac{t_\mathrm{cmp}}{t_\mathrm{mem}}\, f_{\mathrm{clk},0},\ "
    r"\sqrt[3]{\frac{P_\mathrm{st}}{2\, k_3}} \right)",
    symbols={
        "memory": r"t_\mathrm{mem}",
        "compute": r"t_\mathrm{cmp}",
        "reference": r"f_{\mathrm{clk},0}",
        "static": r"P_\mathrm{st}",
        "cubic": "k_3",
    },
)
def overlapped_best_clock(memory: float, compute: float, reference: float, static: float, cubic: float) -> float:
    """Clock at which work takes the least energy, if traffic and arithmetic overlap.

    Args:
        memory (s): time of its memory traffic.
        compute (s): time of its arithmetic at the reference clock.
        reference (Hz): reference clock.
        static (W): power that does not depend on the clock.
        cubic (W·s·s·s): coefficient of the cubic power law.

    Returns:
        (Hz) the clock at which arithmetic just hides behind memory, or that of compute-bound work if it is lower.

    Assumptions:
        Cubic power law, whether the units wait or not; the static power is paid until the work is done. Above the
        first clock energy grows with power, as the time stays; below it the work is compute-bound.
    """
    return float(min(compute * reference / memory, (static / (2 * cubic)) ** (1 / 3)))


@formula(
    latex=r"f_\mathrm{clk}^{*} = f \text{ with } 3\, k_3\, t_\mathrm{mem}\, f^4"
    r" + 2\, k_3\, t_\mathrm{cmp} f_{\mathrm{clk},0}\, f^3 = P_\mathrm{st}\, t_\mathrm{cmp} f_{\mathrm{clk},0}",
    symbols={
        "memory": r"t_\mathrm{mem}",
        "compute": r"t_\mathrm{cmp}",
        "reference": r"f_{\mathrm{clk},0}",
        "static": r"P_\mathrm{st}",
        "cubic": "k_3",
    },
)
def serial_best_clock(memory: float, compute: float, reference: float, static: float, cubic: float) -> float:
    """Clock at which work takes the least energy, if traffic and arithmetic follow each other.

    Args:
        memory (s): time that does not depend on the clock.
        compute (s): time at the reference clock that does.
        reference (Hz): reference clock.
        static (W): power that does not depend on the clock.
        cubic (W·s·s·s): coefficient of the cubic power law.

    Returns:
        (Hz) the only positive root of the derivative of the energy.

    Assumptions:
        Cubic power law in both phases; the static power is paid until the work is done.
    """
    # In units of the compute-bound optimum u: share u^4 + u^3 = 1, whose root lies between 0 and 1.
    alone = (static / (2 * cubic)) ** (1 / 3)
    share = 1.5 * memory * alone / (compute * reference)
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if share * middle**4 + middle**3 < 1 else (low, middle)
    return float(alone * high)


@formula(
    latex=r"f_\mathrm{clk}^{*} = \frac{U_0}{U'} \left[ \tfrac{2}{3} \cosh\left( \tfrac{1}{3}"
    r" \operatorname{arcosh} \frac{27 q_U - 2}{2} \right) - \tfrac{1}{3} \right],\quad "
    r"q_U = \frac{P_\mathrm{st}\, U'}{2\, k_1\, U_0^3}",
    symbols={"static": r"P_\mathrm{st}", "switched": "k_1", "intercept": "U_0", "slope": "U'"},
)
def line_best_clock(static: float, switched: float, intercept: float, slope: float) -> float:
    """Clock at which compute-bound work takes the least energy, if the voltage is a line in the clock.

    Args:
        static (W): power that does not depend on the clock.
        switched (F): capacitance that is charged in a cycle.
        intercept (V): where the line of voltage over clock meets no clock, above 0.
        slope (V/Hz): voltage that a faster clock needs more.

    Returns:
        (Hz) root of the derivative of the energy, by Cardano; for arguments of arcosh below 1 cosh and arcosh are cos
        and arccos.

    Assumptions:
        Above the floor of the voltage; the static power is paid until the work is done.
    """
    ratio = static * slope / (2 * switched * intercept**3)
    inner = (27 * ratio - 2) / 2
    if inner > 1e6:  # far from the intercept's reach: the root of u^3 + u^2 = ratio by its leading terms cancels less
        root = ratio ** (1 / 3)
        for _ in range(8):
            root -= (root**3 + root**2 - ratio) / (3 * root**2 + 2 * root)
    elif inner >= 1:
        root = 2 / 3 * math.cosh(math.acosh(inner) / 3) - 1 / 3
    else:
        root = 2 / 3 * math.cos(math.acos(max(inner, -1.0)) / 3) - 1 / 3
        for _ in range(2):  # near no static power the difference cancels
            root -= (root**3 + root**2 - ratio) / (3 * root**2 + 2 * root)
    return float(intercept / slope * root)


@formula(
    latex=r"f_\mathrm{cap} = \min\left( f_\mathrm{max},\ \sqrt[3]{\frac{P_\mathrm{cap} - P_\mathrm{st}}{k_3}} \right)",
    symbols={"cap": r"P_\mathrm{cap}", "static": r"P_\mathrm{st}", "cubic": "k_3", "most": r"f_\mathrm{max}"},
)
def capped_clock(cap: float, static: float, cubic: float, most: float) -> float:
    """Clock at which a power cap holds a chip.

    Args:
        cap (W): power cap.
        static (W): power that does not depend on the clock.
        cubic (W·s·s·s): coefficient of the cubic power law for the work that runs.
        most (Hz): fastest clock.

    Returns:
        (Hz) the fastest clock whose power is within the cap; 0 if the static power alone exceeds it.

    Assumptions:
        Cubic power law; the governor holds the cap exactly.
    """
    return float(min(most, (max(cap - static, 0) / cubic) ** (1 / 3)))


@formula(
    latex=r"c_\mathrm{clk} = \frac{1}{3} \sqrt{c_\mathrm{chip}^2"
    r" + \left( \frac{\sigma_\mathrm{st}}{P_\mathrm{cap} - P_\mathrm{st}} \right)^2}",
    symbols={
        "variation": r"c_\mathrm{chip}",
        "static_deviation": r"\sigma_\mathrm{st}",
        "cap": r"P_\mathrm{cap}",
        "static": r"P_\mathrm{st}",
    },
)
def capped_clock_variation(variation: float, static_deviation: float, cap: float, static: float) -> float:
    """How much the clocks of equally capped chips differ.

    Args:
        variation (1): standard deviation of the cubic coefficient over its mean, chip to chip.
        static_deviation (W): standard deviation of the static power, chip to chip.
        cap (W): power cap, the same for all.
        static (W): static power on average.

    Returns:
        (1) standard deviation of the clock over its mean.

    Assumptions:
        Cubic power law; small and independent differences (first order); every chip is held by its cap. With locked
        clocks there is no spread of clocks, and that of power is the whole one.
    """
    return math.sqrt(variation**2 + (static_deviation / (cap - static)) ** 2) / 3
