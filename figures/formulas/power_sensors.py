"""What a power sensor sees that averages over a window and reports at intervals."""

from __future__ import annotations

import math

from figures.formula import formula
from figures.formulas import power_smoothing

HARMONICS = 500


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


@formula(
    latex=r"\sigma_\mathrm{ev} = \left[ \sum_{j_\mathrm{h} \ge 1} \frac{\hat{P}^2}{2}"
    r" \left( \frac{\sin n_\mathrm{rd} \beta_\mathrm{u}}{n_\mathrm{rd} \sin \beta_\mathrm{u}} \right)^2"
    r" \left( \kappa_\mathrm{w}^2 + \kappa_\mathrm{u}^2"
    r" - 2 \kappa_\mathrm{w} \kappa_\mathrm{u} \cos(\beta_\mathrm{u} - \beta_\mathrm{w}) \right) \right]^{1/2},\quad "
    r"\hat{P} = \frac{2 (P_\mathrm{hi} - P_\mathrm{lo})}{\pi j_\mathrm{h}} \sin(\pi j_\mathrm{h} d_\mathrm{hi}),\quad "
    r"\beta_\mathrm{w} = \frac{\pi j_\mathrm{h} t_\mathrm{win}}{t_\mathrm{cyc}},\quad "
    r"\beta_\mathrm{u} = \frac{\pi j_\mathrm{h} t_\mathrm{upd}}{t_\mathrm{cyc}},\quad "
    r"\kappa_\mathrm{w} = \frac{\sin \beta_\mathrm{w}}{\beta_\mathrm{w}},\quad "
    r"\kappa_\mathrm{u} = \frac{\sin \beta_\mathrm{u}}{\beta_\mathrm{u}}",
    symbols={
        "high": r"P_\mathrm{hi}",
        "low": r"P_\mathrm{lo}",
        "share": r"d_\mathrm{hi}",
        "cycle": r"t_\mathrm{cyc}",
        "window": r"t_\mathrm{win}",
        "update": r"t_\mathrm{upd}",
        "readings": r"n_\mathrm{rd}",
    },
)
def even_reading_deviation(
    high: float, low: float, share: float, cycle: float, window: float, update: float, readings: int
) -> float:
    """Standard error of a mean power that comes from evenly spaced readings of one that alternates.

    Args:
        high (W): power in the high phase.
        low (W): power in the low phase.
        share (1): share of a cycle that the high phase takes.
        cycle (s): length of a cycle.
        window (s): time before each reading over which it averages.
        update (s): time from one reading to the next.
        readings (1): readings taken, the last of them at the end of the run.

    Returns:
        (W) deviation from the true mean of the run, over all phases at which it may begin.

    Assumptions:
        The power alternates before the run as during it; the sum is over 500 harmonics, of which the harmonic
        amplitudes are those of the square wave.
    """
    total = 0.0
    for harmonic in range(1, HARMONICS + 1):
        seen, step = math.pi * harmonic * window / cycle, math.pi * harmonic * update / cycle
        apart = math.sin(step)
        kernel = 1.0 if abs(apart) < 1e-9 else math.sin(readings * step) / (readings * apart)
        inside, whole = math.sin(seen) / seen, apart / step
        gap = inside**2 + whole**2 - 2 * inside * whole * math.cos(step - seen)
        total += (power_smoothing.harmonic_amplitude(high, low, share, harmonic) * kernel) ** 2 * gap / 2
    return math.sqrt(max(total, 0))


@formula(
    latex=r"q_\mathrm{lag} = 1 - \frac{t_\mathrm{win}}{2\, t_\mathrm{run}} \text{ if }"
    r" t_\mathrm{win} \le t_\mathrm{run},\quad "
    r"q_\mathrm{lag} = \frac{t_\mathrm{run}}{2\, t_\mathrm{win}} \text{ otherwise}",
    symbols={"window": r"t_\mathrm{win}", "run": r"t_\mathrm{run}"},
)
def lagging_share(window: float, run: float) -> float:
    """Share of the energy of a run above idle that a trailing average shows while the run lasts.

    Args:
        window (s): time before each reading over which it averages.
        run (s): length of the run, which begins after a long idle time.

    Returns:
        (1) the rest appears in the readings after the end.

    Assumptions:
        Constant powers before and during the run; readings without a gap.
    """
    return 1 - window / (2 * run) if window <= run else run / (2 * window)
