"""Whether two models differ: errors of a difference of scores, what they hide, and how many problems it takes."""

from __future__ import annotations

import math
from statistics import NormalDist

from figures.formula import formula
from figures.formulas import primitives, score_intervals


@formula(
    latex=r"\mathrm{SE}_\Delta = \sqrt{\mathrm{SE}_1^2 + \mathrm{SE}_2^2"
    r" - 2 \rho_{12}\, \mathrm{SE}_1\, \mathrm{SE}_2}",
    symbols={"first": r"\mathrm{SE}_1", "second": r"\mathrm{SE}_2", "correlation": r"\rho_{12}"},
    sources=("miller2024{§4.2}",),
)
def difference_error(first: float, second: float, correlation: float) -> float:
    """Standard error of the difference of two scores.

    Args:
        first (1): standard error of one score.
        second (1): standard error of the other.
        correlation (1): correlation of both models' scores over the problems; 0 if each had problems of its own.

    Returns:
        (1) standard deviation of the difference over repetitions with other problems of the same kind.

    Assumptions:
        Both models answer the same problems, or the correlation is 0.
    """
    return math.sqrt(max(0, first**2 + second**2 - 2 * correlation * first * second))


@formula(
    latex=r"\rho_{12} = \frac{p_{12} - p_1\, p_2}{\sqrt{p_1 (1 - p_1)\, p_2 (1 - p_2)}}",
    symbols={"both": "p_{12}", "first": "p_1", "second": "p_2"},
)
def score_correlation(both: float, first: float, second: float) -> float:
    """Correlation of two models' scores, from how many problems both solve.

    Args:
        both (1): share of the problems that both models solve.
        first (1): share that one of them solves.
        second (1): share that the other solves.

    Returns:
        (1) 0 if one model's success says nothing about the other's.

    Assumptions:
        Scores are 0 or 1; neither model solves all problems or none.
    """
    return (both - first * second) / math.sqrt(first * (1 - first) * second * (1 - second))


@formula(
    latex=r"\mathrm{SE}_\Delta = \sqrt{\frac{f_\mathrm{flip} - \Delta_\mathrm{s}^2}{n_\mathrm{x}}}",
    symbols={"flips": r"f_\mathrm{flip}", "difference": r"\Delta_\mathrm{s}", "problems": r"n_\mathrm{x}"},
)
def flip_error(flips: float, difference: float, problems: float) -> float:
    """Standard error of the difference of two scores, from the problems on which the models differ.

    Args:
        flips (1): share of the problems that exactly one of the two models solves.
        difference (1): difference of their scores.
        problems (1): problems that both models answer, once each.

    Returns:
        (1) standard deviation of the difference over repetitions with other problems of the same kind.

    Assumptions:
        Problems are independent and alike; the scores are 0 or 1.
    """
    return math.sqrt(max(0, flips - difference**2) / problems)


@formula(
    latex=r"z = \frac{n_\mathrm{lost} - n_\mathrm{won}}{\sqrt{n_\mathrm{lost} + n_\mathrm{won}}}",
    symbols={"lost": r"n_\mathrm{lost}", "won": r"n_\mathrm{won}"},
)
def flip_significance(lost: int, won: int) -> float:
    """How many standard errors the losses of a second model exceed its gains.

    Args:
        lost (1): problems that only the first model solves.
        won (1): problems that only the second model solves.

    Returns:
        (1) standard errors of their difference, if losses and gains were equally likely (McNemar's test).

    Assumptions:
        Each problem flips independently of the others; enough flips for a normal approximation.
    """
    return (lost - won) / math.sqrt(lost + won)


@formula(
    latex=r"n_\mathrm{x} = \frac{z^2\, f_\mathrm{flip}}{\Delta_\mathrm{s}^2}",
    symbols={"flips": r"f_\mathrm{flip}", "difference": r"\Delta_\mathrm{s}", "errors": "z"},
)
def problems_needed(flips: float, difference: float, errors: float) -> float:
    """Problems from which a difference of two scores stands out.

    Args:
        flips (1): share of the problems that exactly one of the two models solves.
        difference (1): difference of their scores.
        errors (1): standard errors by which it is to stand out.

    Returns:
        (1) problems that both models answer.

    Assumptions:
        Those of the significance of flips.
    """
    return errors**2 * flips / difference**2


@formula(
    latex=r"\Delta_\mathrm{min} = \left[ \Phi^{-1}\left( \frac{1 + \gamma_\mathrm{c}}{2} \right)"
    r" + \Phi^{-1}(\pi_\mathrm{p}) \right] \mathrm{SE}_\Delta",
    symbols={"error": r"\mathrm{SE}_\Delta", "confidence": r"\gamma_\mathrm{c}", "power": r"\pi_\mathrm{p}"},
    sources=("miller2024{§5, Eq. 10}",),
)
def detectable_difference(error: float, confidence: float, power: float) -> float:
    """Smallest true difference that a comparison is likely to find.

    Args:
        error (1): standard error of the difference.
        confidence (1): of the interval around the difference that must not hold 0; 95 % makes 5 % false alarms.
        power (1): probability with which such a difference is to be found.

    Returns:
        (1) minimum detectable difference.

    Assumptions:
        The difference is distributed normally, with the same standard error whatever it is. Finding a difference of
        the wrong sign is not counted; with a power above one half it hardly ever happens.
    """
    return (score_intervals.standard_errors(confidence) + primitives.normal_quantile(power)) * error


@formula(
    latex=r"\pi_\mathrm{p} = \Phi\left( \frac{\Delta_\mathrm{s}}{\mathrm{SE}_\Delta}"
    r" - \Phi^{-1}\left( \frac{1 + \gamma_\mathrm{c}}{2} \right) \right)",
    symbols={
        "difference": r"\Delta_\mathrm{s}",
        "error": r"\mathrm{SE}_\Delta",
        "confidence": r"\gamma_\mathrm{c}",
    },
)
def power(difference: float, error: float, confidence: float) -> float:
    """Probability that a comparison finds a difference.

    Args:
        difference (1): true difference of the scores, positive.
        error (1): standard error of the difference.
        confidence (1): of the interval around the difference that must not hold 0.

    Returns:
        (1) share of the repetitions in which the interval lies above 0.

    Assumptions:
        Those of the smallest difference that is likely to be found.
    """
    return NormalDist().cdf(difference / error - score_intervals.standard_errors(confidence))


@formula(
    latex=r"p_\mathrm{e} = 2 \left[ 1 - \Phi\left( \frac{|\Delta_\mathrm{s}|}{\mathrm{SE}_\Delta} \right) \right]",
    symbols={"difference": r"\Delta_\mathrm{s}", "error": r"\mathrm{SE}_\Delta"},
)
def difference_probability(difference: float, error: float) -> float:
    """Probability of a difference as large as the observed one or larger if there is none (p-value, two-sided).

    Args:
        difference (1): observed difference of two scores.
        error (1): its standard error.

    Returns:
        (1) p-value.

    Assumptions:
        The difference is distributed normally, and its standard error is known.
    """
    return 2 * NormalDist().cdf(-abs(difference) / error)


@formula(
    latex=r"n_\mathrm{x} = \left( \frac{\Phi^{-1}\left( \frac{1 + \gamma_\mathrm{c}}{2} \right)"
    r" + \Phi^{-1}(\pi_\mathrm{p})}{\Delta_\mathrm{min}} \right)^2 \sigma_\Delta^2",
    symbols={
        "variance": r"\sigma_\Delta^2",
        "difference": r"\Delta_\mathrm{min}",
        "confidence": r"\gamma_\mathrm{c}",
        "power": r"\pi_\mathrm{p}",
    },
    sources=("miller2024{§5, Eq. 9}",),
)
def problems_for_power(variance: float, difference: float, confidence: float, power: float) -> float:
    """Problems that a comparison needs to find a difference with a given probability.

    Args:
        variance (1): variance, over problems, of one model's score less the other's.
        difference (1): true difference that is to be found.
        confidence (1): of the interval around the difference that must not hold 0.
        power (1): probability with which it is to be found.

    Returns:
        (1) problems that both models answer.

    Assumptions:
        Those of the smallest difference that is likely to be found; problems are independent.
    """
    errors = score_intervals.standard_errors(confidence) + primitives.normal_quantile(power)
    return (errors / difference) ** 2 * variance


@formula(
    latex=r"\sigma_\Delta^2 = p_1 (1 - p_1) + p_2 (1 - p_2) - 2 \rho_{12} \sqrt{p_1 (1 - p_1)\, p_2 (1 - p_2)}",
    symbols={"first": "p_1", "second": "p_2", "correlation": r"\rho_{12}"},
)
def difference_variance(first: float, second: float, correlation: float) -> float:
    """Variance, over problems, of one model's score less the other's.

    Args:
        first (1): share of the problems that one model solves.
        second (1): share that the other solves.
        correlation (1): correlation of both scores over the problems; 0 if each model had problems of its own.

    Returns:
        (1) over the number of problems it is the squared standard error of the difference.

    Assumptions:
        Scores are 0 or 1.
    """
    one, other = first * (1 - first), second * (1 - second)
    return one + other - 2 * correlation * math.sqrt(one * other)
