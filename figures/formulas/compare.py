"""Ratios of like quantities, so that "n times" in the text is computed too."""

from __future__ import annotations

from figures.formula import formula


@formula(latex=r"q = \frac{M_1}{M_2}", symbols={"first": "M_1", "second": "M_2"})
def size_ratio(first: float, second: float) -> float:
    """How many times as large one size is as another.

    Args:
        first (B): the size in question.
        second (B): the size that it is compared with.

    Returns:
        (1) first over second.
    """
    return first / second


@formula(latex=r"q = \frac{t_1}{t_2}", symbols={"first": "t_1", "second": "t_2"})
def time_ratio(first: float, second: float) -> float:
    """One time in units of another.

    Args:
        first (s): the time in question.
        second (s): the time that it is compared with.

    Returns:
        (1) first over second.
    """
    return first / second


@formula(latex=r"q = \frac{n_1}{n_2}", symbols={"first": "n_1", "second": "n_2"})
def count_ratio(first: float, second: float) -> float:
    """One count divided by another.

    Args:
        first (1): the count in question.
        second (1): the count that it is compared with.

    Returns:
        (1) first over second.
    """
    return first / second


@formula(latex=r"q = \frac{\lambda_1}{\lambda_2}", symbols={"first": r"\lambda_1", "second": r"\lambda_2"})
def rate_ratio(first: float, second: float) -> float:
    """How many times as many requests per second.

    Args:
        first (1/s): a rate.
        second (1/s): the rate that it is compared with.

    Returns:
        (1) first over second.
    """
    return first / second


@formula(latex=r"q = \frac{r_1}{r_2}", symbols={"first": "r_1", "second": "r_2"})
def throughput_ratio(first: float, second: float) -> float:
    """How many times as many tokens per second.

    Args:
        first (token/s): a rate.
        second (token/s): the rate that it is compared with.

    Returns:
        (1) first over second.
    """
    return first / second


@formula(latex=r"t = t_1 + t_2", symbols={"first": "t_1", "second": "t_2"})
def time_sum(first: float, second: float) -> float:
    """Time of two things that do not overlap.

    Args:
        first (s): time of the one.
        second (s): time of the other.

    Returns:
        (s) one after the other.
    """
    return first + second


@formula(latex=r"q = \frac{t_1}{t_2} - 1", symbols={"first": "t_1", "second": "t_2"})
def time_excess(first: float, second: float) -> float:
    """By what share one time is longer than another.

    Args:
        first (s): the time in question.
        second (s): the time that it is compared with.

    Returns:
        (1) 0 if they are equal.
    """
    return first / second - 1


@formula(latex=r"t = t_1\, (1 + q)", symbols={"time": "t_1", "gain": "q"})
def time_without_gain(time: float, gain: float) -> float:
    """Time of the same work without a measure that raised its throughput.

    Args:
        time (s): time with the measure.
        gain (1): share by which throughput with it is higher than without.

    Returns:
        (s) time without it.

    Assumptions:
        The work of a step is the same with and without, so that its time is inverse to the throughput.
    """
    return time * (1 + gain)


@formula(latex=r"q = \frac{\beta_1}{\beta_2}", symbols={"first": r"\beta_1", "second": r"\beta_2"})
def bandwidth_ratio(first: float, second: float) -> float:
    """One bandwidth in units of another.

    Args:
        first (B/s): the bandwidth in question.
        second (B/s): the bandwidth that it is compared with.

    Returns:
        (1) first over second.
    """
    return first / second


@formula(latex=r"q = \frac{y_1}{y_2}", symbols={"first": "y_1", "second": "y_2"})
def price_ratio(first: float, second: float) -> float:
    """One price of memory in units of another.

    Args:
        first (USD/B): the price in question.
        second (USD/B): the price that it is compared with.

    Returns:
        (1) first over second.
    """
    return first / second


@formula(
    latex=r"q = \frac{\mathcal{E}_1}{\mathcal{E}_2}",
    symbols={"first": r"\mathcal{E}_1", "second": r"\mathcal{E}_2"},
)
def energy_ratio(first: float, second: float) -> float:
    """One energy in units of another.

    Args:
        first (J): the energy in question.
        second (J): the energy that it is compared with.

    Returns:
        (1) first over second.
    """
    return first / second


@formula(latex=r"q = \frac{I_1}{I_2}", symbols={"first": "I_1", "second": "I_2"})
def intensity_ratio(first: float, second: float) -> float:
    """One arithmetic intensity in units of another.

    Args:
        first (FLOP/B): the intensity in question.
        second (FLOP/B): the intensity that it is compared with.

    Returns:
        (1) first over second.
    """
    return first / second


@formula(
    latex=r"\mathcal{E} = \mathcal{E}_1 + \mathcal{E}_2",
    symbols={"first": r"\mathcal{E}_1", "second": r"\mathcal{E}_2"},
)
def energy_sum(first: float, second: float) -> float:
    """Energy of two things together.

    Args:
        first (J): energy of the one.
        second (J): energy of the other.

    Returns:
        (J) their sum.
    """
    return first + second


@formula(latex=r"n_2 = q\, n_1", symbols={"factor": "q", "count": "n_1"})
def scaled_count(factor: float, count: float) -> float:
    """A count, so many times.

    Args:
        factor (1): how many times.
        count (1): the count.

    Returns:
        (1) their product.
    """
    return factor * count


@formula(latex=r"q = \frac{P_1}{P_2}", symbols={"first": "P_1", "second": "P_2"})
def power_ratio(first: float, second: float) -> float:
    """One power in units of another.

    Args:
        first (W): the power in question.
        second (W): the power that it is compared with.

    Returns:
        (1) first over second.
    """
    return first / second


@formula(latex=r"\Delta P = P_1 - P_2", symbols={"first": "P_1", "second": "P_2"})
def power_difference(first: float, second: float) -> float:
    """By how much one power is larger than another.

    Args:
        first (W): the power in question.
        second (W): the power that it is compared with.

    Returns:
        (W) first less second.
    """
    return first - second


@formula(
    latex=r"q = \frac{P_1\, t_1}{P_2\, t_2}",
    symbols={"first_power": "P_1", "first_time": "t_1", "second_power": "P_2", "second_time": "t_2"},
)
def work_energy_ratio(first_power: float, first_time: float, second_power: float, second_time: float) -> float:
    """Energy of some work in one way in units of its energy in another.

    Args:
        first_power (W): mean power in the way in question.
        first_time (s): time that it takes.
        second_power (W): mean power in the other way.
        second_time (s): time that it takes.

    Returns:
        (1) first energy over second.
    """
    return first_power * first_time / (second_power * second_time)


@formula(latex=r"P = P_1 + P_2", symbols={"first": "P_1", "second": "P_2"})
def power_sum(first: float, second: float) -> float:
    """Power of two things together.

    Args:
        first (W): power of the one.
        second (W): power of the other.

    Returns:
        (W) both.
    """
    return first + second


@formula(latex=r"q = \frac{y_1}{y_2}", symbols={"first": "y_1", "second": "y_2"})
def cost_ratio(first: float, second: float) -> float:
    """One price in units of another.

    Args:
        first (USD): the price in question.
        second (USD): the price that it is compared with.

    Returns:
        (1) first over second.
    """
    return first / second


@formula(latex=r"q = \frac{P_1'}{P_2'}", symbols={"first": "P_1'", "second": "P_2'"})
def arithmetic_ratio(first: float, second: float) -> float:
    """How many times as many operations per second.

    Args:
        first (FLOP/s): the rate in question.
        second (FLOP/s): the rate that it is compared with.

    Returns:
        (1) first over second.
    """
    return first / second
