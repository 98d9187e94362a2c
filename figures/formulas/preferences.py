"""Preferences as labels: rewards on the scale of ratings, and what agreement says of the best reward model."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"\Delta_\mathrm{R} = \frac{400}{\ln 10}\, \Delta_r",
    symbols={"difference": r"\Delta_r"},
)
def points_of_rewards(difference: float) -> float:
    """Difference of two rewards on the scale of ratings.

    Args:
        difference (1): reward of one answer less that of the other, in nats.

    Returns:
        (1) points; the probability of a preference is that of a win with such a lead.

    Assumptions:
        Bradley and Terry's model in both: the odds of a preference are e to the difference of the rewards.
    """
    return 400 / math.log(10) * difference


@formula(
    latex=r"a_\mathrm{l} = p_\mathrm{l}^2 + (1 - p_\mathrm{l})^2",
    symbols={"preferred": r"p_\mathrm{l}"},
)
def agreement(preferred: float) -> float:
    """Probability that two labellers agree on a pair of answers.

    Args:
        preferred (1): probability that a labeller prefers the first of them.

    Returns:
        (1) both prefer the first, or both the second.

    Assumptions:
        Labellers decide independently, with one probability for a pair.
    """
    return preferred**2 + (1 - preferred) ** 2


@formula(
    latex=r"A_\mathrm{max} = \frac{1 + \sqrt{2\, a_\mathrm{l} - 1}}{2}",
    symbols={"agreement": r"a_\mathrm{l}"},
)
def accuracy_bound(agreement: float) -> float:
    """Accuracy that no reward model can exceed on labels of which two agree with a given probability.

    Args:
        agreement (1): probability that two labellers agree, on average over pairs; at least one half.

    Returns:
        (1) share of the labels of one labeller that a model can predict; reached if all pairs are equally clear.

    Assumptions:
        Labellers decide independently, with one probability for a pair. The best prediction is right with the larger
        of the two probabilities, which is a concave function of the agreement.
    """
    return (1 + math.sqrt(2 * agreement - 1)) / 2
