"""What a power sensor sees that averages over a window and reports at intervals."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"f_\mathrm{seen} = \min\left( 1,\ \frac{t_\mathrm{win}}{t_\mathrm{upd}} \right)",
    symbols={"window": r"t_\mathrm{win}", "update": r"t_\mathrm{upd}"},
)
def seen_share(window: float, update: float) -> float:
    """Share of the time that enters the readings of a power sensor.

    Args:
        window (s): time over which a reading averages.
        update (s): time from one reading to the next.

    Returns:
        (1) the rest leaves no trace.

    Assumptions:
        The window is averaged evenly and lies at one place between two readings.
    """
    return min(1, window / update)


@formula(
    latex=r"\sigma_\mathrm{win} = (P_\mathrm{hi} - P_\mathrm{lo})\, \frac{t_\mathrm{cyc}}{t_\mathrm{win}}"
    r" \sqrt{\mu_\mathrm{w}^2 \left( \nu_\mathrm{w} - \frac{\mu_\mathrm{w}}{3} \right)"
    r" - (\mu_\mathrm{w} \nu_\mathrm{w})^2},\quad "
    r"\mu_\mathrm{w} = \min(\hat{d}, \hat{w}),\quad "
    r"\nu_\mathrm{w} = \max(\hat{d}, \hat{w})",
    symbols={
        "high": r"P_\mathrm{hi}",
        "low": r"P_\mathrm{lo}",
        "share": r"\hat{d}",
        "cycle": r"t_\mathrm{cyc}",
        "window": r"t_\mathrm{win}",
    },
)
def window_deviation(high: float, low: float, share: float, cycle: float, window: float) -> float:
    """Standard deviation of one reading of a power that alternates, when its phase is random.

    Args:
        high (W): power in the high phase.
        low (W): power in the low phase.
        share (1): share of a cycle that the high phase takes.
        cycle (s): length of a cycle.
        window (s): time over which the reading averages.

    Returns:
        (W) around the mean power; none if the window is a whole number of cycles.

    Assumptions:
        Two constant powers; the window averages evenly; the hats mean folded at one half: of the share and of what
        the window has beyond whole cycles, in cycles, the part or its complement to 1, whichever is less.
    """
    part = window / cycle - math.floor(window / cycle)
    part, pulse = min(part, 1 - part), min(share, 1 - share)
    less, more = min(part, pulse), max(part, pulse)
    variance = less**2 * (more - less / 3) - (less * more) ** 2
    return abs(high - low) * cycle / window * math.sqrt(max(variance, 0))


@formula(
    latex=r"\sigma_{\bar{P}} = \frac{\sigma_\mathrm{win}}{\sqrt{n_\mathrm{rd}}}",
    symbols={"deviation": r"\sigma_\mathrm{win}", "readings": r"n_\mathrm{rd}"},
)
def mean_reading_deviation(deviation: float, readings: float) -> float:
    """Standard deviation of the mean of several readings of a power.

    Args:
        deviation (W): standard deviation of one.
        readings (1): readings whose phases are independent.

    Returns:
        (W) around the mean power; a wrong calibration of the sensor comes on top and does not average out.

    Assumptions:
        Independent phases: random delays between runs, or a cycle that does not divide the time between readings. If
        it divides it, all readings have one phase and their mean is no better than one of them.
    """
    return deviation / math.sqrt(readings)


@formula(
    latex=r"n_\mathrm{rd} = \left( \frac{\sigma_\mathrm{win}}{\sigma_{\bar{P}}} \right)^2",
    symbols={"deviation": r"\sigma_\mathrm{win}", "wanted": r"\sigma_{\bar{P}}"},
)
def readings_needed(deviation: float, wanted: float) -> float:
    """Readings whose mean has a wanted standard deviation.

    Args:
        deviation (W): standard deviation of one.
        wanted (W): standard deviation that their mean may have.

    Returns:
        (1) readings with independent phases.

    Assumptions:
        Those of the mean of several readings.
    """
    return (deviation / wanted) ** 2


@formula(
    latex=r"\epsilon_\mathrm{P} = \sqrt{\epsilon_\mathrm{cal}^2 + \left( \frac{\sigma_{\bar{P}}}{\bar{P}} \right)^2}",
    symbols={
        "calibration": r"\epsilon_\mathrm{cal}",
        "deviation": r"\sigma_{\bar{P}}",
        "mean": r"\bar{P}",
    },
)
def measurement_error(calibration: float, deviation: float, mean: float) -> float:
    """Relative standard error of a measured mean power.

    Args:
        calibration (1): relative standard error of the sensor's calibration, which all readings share.
        deviation (W): standard deviation of the mean of the readings.
        mean (W): mean power.

    Returns:
        (1) standard error over the mean.

    Assumptions:
        Both errors are independent. A stated tolerance is no standard error: for an even distribution divide it by
        the root of 3.
    """
    return math.sqrt(calibration**2 + (deviation / mean) ** 2)
