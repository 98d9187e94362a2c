"""Ratings from battles: Elo's scale of Bradley and Terry's model, and how sure a difference is."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"p_\mathrm{win} = \frac{1}{1 + 10^{-\Delta_\mathrm{R} / 400}}",
    symbols={"difference": r"\Delta_\mathrm{R}"},
    sources=("lmsys2025{rating_systems.py, fit_vectorized_elo}",),
)
def win_probability(difference: float) -> float:
    """Probability that a model wins a battle, from its rating less the other's.

    Args:
        difference (1): difference of the ratings in points.

    Returns:
        (1) share of battles, a tie counting half.

    Assumptions:
        Bradley and Terry's model: the odds of a win are the quotient of two strengths, whatever the prompt; on
        Elo's scale, a factor of ten in the odds is a difference of 400.
    """
    return 1 / (1 + 10 ** (-difference / 400))


@formula(
    latex=r"\Delta_\mathrm{R} = \frac{400}{\ln 10} \ln \frac{p_\mathrm{win}}{1 - p_\mathrm{win}}",
    symbols={"win": r"p_\mathrm{win}"},
)
def rating_difference(win: float) -> float:
    """Difference of two ratings at which a model wins a given share of the battles.

    Args:
        win (1): probability that it wins, strictly between 0 and 1.

    Returns:
        (1) points.

    Assumptions:
        Those of the probability of a win.
    """
    return 400 / math.log(10) * math.log(win / (1 - win))


@formula(
    latex=r"\mathrm{SE}_\mathrm{R} = \frac{400}{\ln 10}"
    r" \frac{1}{\sqrt{n_\mathrm{g}\, p_\mathrm{win} (1 - p_\mathrm{win})}}",
    symbols={"win": r"p_\mathrm{win}", "battles": r"n_\mathrm{g}"},
)
def rating_error(win: float, battles: float) -> float:
    """Standard error of a difference of two ratings.

    Args:
        win (1): probability that one of the models wins, strictly between 0 and 1.
        battles (1): battles between the two.

    Returns:
        (1) points; to first order (delta method).

    Assumptions:
        Battles are independent and none is a tie; battles with third models are left out, which would make it smaller.
    """
    return 400 / math.log(10) / math.sqrt(battles * win * (1 - win))


@formula(
    latex=r"n_\mathrm{g} = \left( \frac{400}{\ln 10} \right)^2"
    r" \frac{1}{\mathrm{SE}_\mathrm{R}^2\, p_\mathrm{win} (1 - p_\mathrm{win})}",
    symbols={"win": r"p_\mathrm{win}", "error": r"\mathrm{SE}_\mathrm{R}"},
)
def battles_needed(win: float, error: float) -> float:
    """Battles between two models after which the difference of their ratings has a given standard error.

    Args:
        win (1): probability that one of the models wins, strictly between 0 and 1.
        error (1): standard error in points.

    Returns:
        (1) battles.

    Assumptions:
        Those of the standard error of a difference of two ratings.
    """
    return (400 / math.log(10) / error) ** 2 / (win * (1 - win))
