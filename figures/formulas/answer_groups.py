"""Groups of answers to one prompt, right or wrong: advantages, and what a group teaches."""

from __future__ import annotations

import math

from figures.formula import formula
from figures.formulas import repeated_answers


@formula(
    latex=r"A_{+} = \sqrt{\frac{n_\mathrm{G} - c_\mathrm{G}}{c_\mathrm{G}}}",
    symbols={"answers": r"n_\mathrm{G}", "right": r"c_\mathrm{G}"},
)
def right_advantage(answers: float, right: float) -> float:
    """Advantage of a right answer in a group, in standard deviations of the group's rewards.

    Args:
        answers (1): answers of the group.
        right (1): those of them that are right, at least one.

    Returns:
        (1) its reward less the mean, over the standard deviation.

    Assumptions:
        Rewards of 0 and 1; the standard deviation of the group as a population; some answers are wrong.
    """
    return math.sqrt((answers - right) / right)


@formula(
    latex=r"A_{-} = -\sqrt{\frac{c_\mathrm{G}}{n_\mathrm{G} - c_\mathrm{G}}}",
    symbols={"answers": r"n_\mathrm{G}", "right": r"c_\mathrm{G}"},
)
def wrong_advantage(answers: float, right: float) -> float:
    """Advantage of a wrong answer in a group, in standard deviations of the group's rewards.

    Args:
        answers (1): answers of the group.
        right (1): those of them that are right, fewer than all.

    Returns:
        (1) its reward less the mean, over the standard deviation.

    Assumptions:
        Those of the advantage of a right answer.
    """
    return -math.sqrt(right / (answers - right))


@formula(
    latex=r"u_\mathrm{G} = 1 - (1 - p_\mathrm{y})^{n_\mathrm{G}} - p_\mathrm{y}^{n_\mathrm{G}}",
    symbols={"right": r"p_\mathrm{y}", "answers": r"n_\mathrm{G}"},
)
def useful_share(right: float, answers: float) -> float:
    """Probability that a group holds both right and wrong answers, without which it teaches nothing.

    Args:
        right (1): probability that an answer to this prompt is right.
        answers (1): answers of the group.

    Returns:
        (1) share of the groups whose advantages are not all 0.

    Assumptions:
        Answers are drawn independently; rewards of 0 and 1.
    """
    return repeated_answers.any_right(right, answers) - repeated_answers.all_right(right, answers)


@formula(
    latex=r"s_\mathrm{c} = p_\mathrm{y} (1 - p_\mathrm{y}) \frac{n_\mathrm{G} - 1}{n_\mathrm{G}}",
    symbols={"right": r"p_\mathrm{y}", "answers": r"n_\mathrm{G}"},
)
def centred_signal(right: float, answers: float) -> float:
    """Expected push of a group on the log-odds of a right answer, with rewards less their mean.

    Args:
        right (1): probability that an answer to this prompt is right.
        answers (1): answers of the group.

    Returns:
        (1) the gradient of the probability of a right answer, shrunk by one answer in as many as there are.

    Assumptions:
        Rewards of 0 and 1; the policy has one parameter: the log-odds.
    """
    return right * (1 - right) * (answers - 1) / answers


@formula(
    latex=r"s_\mathrm{n} = \sum_{c = 1}^{n_\mathrm{G} - 1} \binom{n_\mathrm{G}}{c} p_\mathrm{y}^{c}"
    r" (1 - p_\mathrm{y})^{n_\mathrm{G} - c}\, \frac{\sqrt{c\, (n_\mathrm{G} - c)}}{n_\mathrm{G}}",
    symbols={"right": r"p_\mathrm{y}", "answers": r"n_\mathrm{G}"},
)
def normalized_signal(right: float, answers: int) -> float:
    """Expected push of a group on the log-odds of a right answer, with advantages in standard deviations.

    Args:
        right (1): probability that an answer to this prompt is right, strictly between 0 and 1.
        answers (1): answers of the group.

    Returns:
        (1) tends to the square root of p (1 − p) for large groups: the gradient of 2 arcsin √p, not of p.

    Assumptions:
        Those of the push with rewards less their mean.
    """
    odds = math.log(right), math.log(1 - right)
    total = 0.0
    for count in range(1, int(answers)):
        ways = math.lgamma(answers + 1) - math.lgamma(count + 1) - math.lgamma(answers - count + 1)
        chance = math.exp(ways + count * odds[0] + (answers - count) * odds[1])
        total += chance * math.sqrt(count * (answers - count)) / answers
    return total


@formula(
    latex=r"\omega_\mathrm{G} = \frac{1}{\sqrt{p_\mathrm{y} (1 - p_\mathrm{y})}}",
    symbols={"right": r"p_\mathrm{y}"},
)
def difficulty_weight(right: float) -> float:
    """Weight that dividing by the standard deviation gives to a prompt, for large groups.

    Args:
        right (1): probability that an answer to this prompt is right, strictly between 0 and 1.

    Returns:
        (1) 2 at one half, and more for prompts that are nearly always or nearly never solved.

    Assumptions:
        Rewards of 0 and 1.
    """
    return 1 / math.sqrt(right * (1 - right))
