"""How far a score would move if the benchmark were made again: standard errors of a mean over problems."""

from __future__ import annotations

import math
from collections.abc import Sequence

from figures.formula import formula


@formula(
    latex=r"\mathrm{SE} = \sqrt{\frac{p_\mathrm{s}\, (1 - p_\mathrm{s})}{n_\mathrm{x}}}",
    symbols={"solved": r"p_\mathrm{s}", "problems": r"n_\mathrm{x}"},
    sources=("miller2024{§2.1, Eq. 2}",),
)
def score_error(solved: float, problems: float) -> float:
    """Standard error of the share of problems that a model solves.

    Args:
        solved (1): probability that it solves one.
        problems (1): problems, each answered once.

    Returns:
        (1) standard deviation of the share over repetitions with other problems of the same kind.

    Assumptions:
        The problems are independent and alike.
    """
    return math.sqrt(solved * (1 - solved) / problems)


@formula(
    latex=r"\mathrm{SE} = \sqrt{\frac{\sigma_\mathrm{x}^2 + \sigma_\mathrm{y}^2 / n_\mathrm{y}}{n_\mathrm{x}}}",
    symbols={
        "between": r"\sigma_\mathrm{x}^2",
        "within": r"\sigma_\mathrm{y}^2",
        "problems": r"n_\mathrm{x}",
        "answers": r"n_\mathrm{y}",
    },
    sources=("miller2024{§3, §3.1}",),
)
def resampled_error(between: float, within: float, problems: float, answers: float) -> float:
    """Standard error of a score whose problems are answered several times each.

    Args:
        between (1): variance, over problems, of a problem's mean score.
        within (1): variance of the score of one answer to a given problem, averaged over problems.
        problems (1): problems.
        answers (1): answers drawn for each problem, whose scores are averaged.

    Returns:
        (1) standard deviation of the score over repetitions with other problems and other answers.

    Assumptions:
        Problems are independent and alike; answers to one problem are drawn independently.
    """
    return math.sqrt((between + within / answers) / problems)


@formula(
    latex=r"\sigma_\mathrm{y}^2 = p_\mathrm{s}\, (1 - p_\mathrm{s}) - \sigma_\mathrm{x}^2",
    symbols={"solved": r"p_\mathrm{s}", "between": r"\sigma_\mathrm{x}^2"},
)
def answer_variance(solved: float, between: float) -> float:
    """Variance of the answers' luck, where an answer is right or wrong.

    Args:
        solved (1): share of right answers over all problems.
        between (1): variance, over problems, of the probability of a right answer.

    Returns:
        (1) variance of an answer to a given problem, averaged over problems: what is left of the variance of an answer
        to any problem.

    Assumptions:
        Scores are 0 or 1.
    """
    return solved * (1 - solved) - between


@formula(
    latex=r"\mathrm{SE}_\mathrm{c} = \frac{1}{n_\mathrm{x}} \sqrt{\sum_j r_j^2}",
    symbols={"sums": "r_j", "problems": r"n_\mathrm{x}"},
    sources=("miller2024{§2.2, Eq. 4}",),
)
def clustered_error(sums: Sequence[float], problems: float) -> float:
    """Standard error of a score whose problems come in groups, from the data.

    Args:
        sums (1): for each group, the sum over its problems of score less mean score.
        problems (1): problems in all groups.

    Returns:
        (1) standard deviation of the score over repetitions with other groups.

    Assumptions:
        Groups are independent of each other and many: with few the result is too small on average. A group of one is
        a problem on its own.
    """
    return math.sqrt(sum(one**2 for one in sums)) / problems


@formula(
    latex=r"d_\mathrm{x} = 1 + (m_\mathrm{x} - 1)\, \rho_\mathrm{x}",
    symbols={"size": r"m_\mathrm{x}", "correlation": r"\rho_\mathrm{x}"},
)
def design_effect(size: float, correlation: float) -> float:
    """Factor by which groups of related problems raise the variance of a score.

    Args:
        size (1): problems of a group.
        correlation (1): correlation of the scores of two problems of one group.

    Returns:
        (1) variance of the score over that of as many independent problems.

    Assumptions:
        All groups have one size, and any two problems of a group the same correlation.
    """
    return 1 + (size - 1) * correlation


@formula(
    latex=r"\rho_\mathrm{x} = \frac{(\mathrm{SE}_\mathrm{c} / \mathrm{SE})^2 - 1}{m_\mathrm{x} - 1}",
    symbols={"ratio": r"\mathrm{SE}_\mathrm{c} / \mathrm{SE}", "size": r"m_\mathrm{x}"},
)
def group_correlation(ratio: float, size: float) -> float:
    """Correlation within groups that a measured ratio of standard errors implies.

    Args:
        ratio (1): standard error with the groups over the one that ignores them.
        size (1): problems of a group, more than one.

    Returns:
        (1) correlation of the scores of two problems of one group: the design effect, solved for it.

    Assumptions:
        Those of the design effect, whose root the ratio is.
    """
    return (ratio**2 - 1) / (size - 1)


@formula(
    latex=r"n_\mathrm{x}' = \frac{n_\mathrm{x}}{d_\mathrm{x}}",
    symbols={"problems": r"n_\mathrm{x}", "effect": r"d_\mathrm{x}"},
)
def effective_problems(problems: float, effect: float) -> float:
    """Independent problems that tell as much as problems in groups.

    Args:
        problems (1): problems.
        effect (1): factor by which their groups raise the variance of the score.

    Returns:
        (1) what replaces the number of problems in the standard error.

    Assumptions:
        Those of the design effect.
    """
    return problems / effect


@formula(
    latex=r"b_\mathrm{B} = \frac{\ell_\mathrm{t}\, n_\mathrm{tok}}{n_\mathrm{B} \ln 2}",
    symbols={"loss": r"\ell_\mathrm{t}", "tokens": r"n_\mathrm{tok}", "size": r"n_\mathrm{B}"},
)
def bits_per_byte(loss: float, tokens: float, size: float) -> float:
    """Loss of a language model per byte of text, which does not depend on its tokenizer.

    Args:
        loss (1/token): mean negative logarithm of the probability of a token, in nats.
        tokens (token): tokens of the text.
        size (B): bytes of the same text.

    Returns:
        (1/B) bits per byte.

    Assumptions:
        Every token of the text is predicted once, given all before it.
    """
    return loss * tokens / (size * math.log(2))
