"""Failures of a large run: how often, how often to save, and what share of the time makes progress that is kept."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(latex=r"t_\mathrm{f} = \frac{t}{n_\mathrm{f}}", symbols={"time": "t", "failures": r"n_\mathrm{f}"})
def mean_time_between(time: float, failures: float) -> float:
    """Mean time between failures that were counted.

    Args:
        time (s): for how long they were counted.
        failures (1): how many there were.

    Returns:
        (s) mean time from one to the next.

    Assumptions:
        A constant rate. The relative standard error is one over the root of the number of failures.
    """
    return time / failures


@formula(
    latex=r"t_\mathrm{f} = \frac{t_{\mathrm{f},1}}{N_\mathrm{dev}}",
    symbols={"device": r"t_{\mathrm{f},1}", "devices": r"N_\mathrm{dev}"},
)
def job_failure_time(device: float, devices: float) -> float:
    """Mean time between failures of a job that any of its devices stops.

    Args:
        device (s): mean time between failures of one device, with its share of hosts and network.
        devices (1): devices of the job.

    Returns:
        (s) mean time between failures of the job.

    Assumptions:
        Independent failures at a constant rate.
    """
    return device / devices


@formula(
    latex=r"t_\mathrm{int} = \sqrt{2\, t_\mathrm{save}\, t_\mathrm{f}}",
    symbols={"save": r"t_\mathrm{save}", "between": r"t_\mathrm{f}"},
)
def young_interval(save: float, between: float) -> float:
    """Work between two checkpoints at which a run loses least, to first order (Young).

    Args:
        save (s): time that saving takes from training.
        between (s): mean time between failures of the job.

    Returns:
        (s) training time from the end of one checkpoint to the start of the next.

    Assumptions:
        Saving is much shorter than the time between failures, which have a constant rate.
    """
    return math.sqrt(2 * save * between)


@formula(
    latex=r"t_\mathrm{int} = \sqrt{2\, t_\mathrm{save}\, t_\mathrm{f}} \left[ 1 + \frac{1}{3}"
    r" \sqrt{\frac{t_\mathrm{save}}{2\, t_\mathrm{f}}} + \frac{t_\mathrm{save}}{18\, t_\mathrm{f}} \right]"
    r" - t_\mathrm{save}",
    symbols={"save": r"t_\mathrm{save}", "between": r"t_\mathrm{f}"},
)
def daly_interval(save: float, between: float) -> float:
    """Work between two checkpoints at which a run loses least, to higher order (Daly).

    Args:
        save (s): time that saving takes from training.
        between (s): mean time between failures of the job.

    Returns:
        (s) training time from the end of one checkpoint to the start of the next.

    Assumptions:
        Saving takes less than twice the time between failures, which have a constant rate and may also come during
        saving and restarting.
    """
    root = math.sqrt(save / (2 * between))
    return math.sqrt(2 * save * between) * (1 + root / 3 + save / (18 * between)) - save


@formula(
    latex=r"t_\mathrm{int} = x\, t_\mathrm{f},\quad x = 1 - e^{-x - t_\mathrm{save} / t_\mathrm{f}}",
    symbols={"save": r"t_\mathrm{save}", "between": r"t_\mathrm{f}"},
)
def best_interval(save: float, between: float) -> float:
    """Work between two checkpoints at which a run loses least, exactly.

    Args:
        save (s): time that saving takes from training.
        between (s): mean time between failures of the job.

    Returns:
        (s) training time from the end of one checkpoint to the start of the next.

    Assumptions:
        Failures have a constant rate and may also come during saving and restarting. Solved by Newton's method.
    """
    share = save / between
    above = min(1.0, math.sqrt(2 * share))  # to the right of the solution, so that each step comes closer
    first = above - (above - 1 + math.exp(-above - share)) / (1 - math.exp(-above - share))
    second = first - (first - 1 + math.exp(-first - share)) / (1 - math.exp(-first - share))
    third = second - (second - 1 + math.exp(-second - share)) / (1 - math.exp(-second - share))
    x = third - (third - 1 + math.exp(-third - share)) / (1 - math.exp(-third - share))
    return x * between


@formula(
    latex=r"\eta_\mathrm{good} = \frac{t_\mathrm{int}}{t_\mathrm{f}} \cdot"
    r" \frac{e^{-t_\mathrm{rst} / t_\mathrm{f}}}{e^{(t_\mathrm{int} + t_\mathrm{save}) / t_\mathrm{f}} - 1}",
    symbols={
        "interval": r"t_\mathrm{int}",
        "save": r"t_\mathrm{save}",
        "restart": r"t_\mathrm{rst}",
        "between": r"t_\mathrm{f}",
    },
)
def goodput(interval: float, save: float, restart: float, between: float) -> float:
    """Share of the time that is training which is kept.

    Args:
        interval (s): training time from the end of one checkpoint to the start of the next.
        save (s): time that saving takes from training.
        restart (s): from a failure until training goes on: to notice it, find and replace what failed, load, warm up.
        between (s): mean time between failures of the job.

    Returns:
        (1) training time that no failure undoes, over all time.

    Assumptions:
        Failures have a constant rate, also during saving and restarting; each returns the run to its last checkpoint.
    """
    lasting = (interval + save) / between
    return interval / between * math.exp(-restart / between - lasting) / (1 - math.exp(-lasting))


@formula(
    latex=r"x_\mathrm{f} = \frac{t_\mathrm{save}}{t_\mathrm{int}} + \frac{t_\mathrm{int} / 2 + t_\mathrm{rst}}"
    r"{t_\mathrm{f}}",
    symbols={
        "interval": r"t_\mathrm{int}",
        "save": r"t_\mathrm{save}",
        "restart": r"t_\mathrm{rst}",
        "between": r"t_\mathrm{f}",
    },
)
def first_order_loss(interval: float, save: float, restart: float, between: float) -> float:
    """Time that saving and failures cost over the time of training, to first order.

    Args:
        interval (s): training time from the end of one checkpoint to the start of the next.
        save (s): time that saving takes from training.
        restart (s): from a failure until training goes on.
        between (s): mean time between failures of the job.

    Returns:
        (1) saving, half of an interval done again per failure, and restarting.

    Assumptions:
        All three times are much shorter than the time between failures.
    """
    return save / interval + (interval / 2 + restart) / between


@formula(
    latex=r"\eta_\mathrm{good} = \frac{1}{1 + x_\mathrm{f}}",
    symbols={"loss": r"x_\mathrm{f}"},
)
def share_kept(loss: float) -> float:
    """Share of the time that is kept, from what is lost.

    Args:
        loss (1): lost time over training time that is kept.

    Returns:
        (1) training time that is kept over all time.

    Assumptions:
        Nothing else stops the run.
    """
    return 1 / (1 + loss)
