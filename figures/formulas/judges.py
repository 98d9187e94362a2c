"""Judges that err: agreement beyond chance, and win rates corrected with a few human labels."""

from __future__ import annotations

import math
from collections.abc import Sequence

from figures.formula import formula


@formula(
    latex=r"\kappa_\mathrm{j} = \frac{p_\mathrm{o} - p_\mathrm{ch}}{1 - p_\mathrm{ch}}",
    symbols={"observed": r"p_\mathrm{o}", "chance": r"p_\mathrm{ch}"},
)
def cohen_kappa(observed: float, chance: float) -> float:
    """Agreement of two judges beyond chance (Cohen's kappa).

    Args:
        observed (1): share of the items on which they agree.
        chance (1): share on which they would agree if each kept its habits and both judged independently.

    Returns:
        (1) 1 for full agreement, 0 for no more than chance.

    Assumptions:
        The same items were judged by both.
    """
    return (observed - chance) / (1 - chance)


@formula(
    latex=r"p_\mathrm{ch} = \sum_i u_i\, v_i",
    symbols={"first": "u_i", "second": "v_i"},
)
def chance_agreement(first: Sequence[float], second: Sequence[float]) -> float:
    """Share of the items on which two judges agree by chance.

    Args:
        first (1): for each verdict, the share of the items to which one judge gives it.
        second (1): the same of the other judge.

    Returns:
        (1) probability that two verdicts, drawn independently from these shares, are the same.

    Assumptions:
        Each list adds up to one.
    """
    return sum(one * other for one, other in zip(first, second, strict=True))


@formula(
    latex=r"\hat{p}_\mathrm{s} = \frac{q_\mathrm{j} - (1 - s_0)}{s_1 + s_0 - 1}",
    symbols={"judged": r"q_\mathrm{j}", "sensitivity": "s_1", "specificity": "s_0"},
)
def corrected_share(judged: float, sensitivity: float, specificity: float) -> float:
    """Share of good answers, from what an imperfect judge says (Rogan and Gladen's estimate).

    Args:
        judged (1): share of the answers that the judge calls good.
        sensitivity (1): share of the good answers that it calls good.
        specificity (1): share of the bad answers that it calls bad; both together above 1.

    Returns:
        (1) estimate of the true share; it may fall below 0 or above 1 by chance.

    Assumptions:
        The judge errs on these answers as often as on those on which its two rates were measured.
    """
    return (judged - (1 - specificity)) / (sensitivity + specificity - 1)


@formula(
    latex=r"\mathrm{SE}_\mathrm{j} = \frac{1}{s_1 + s_0 - 1} \sqrt{\frac{q_\mathrm{j} (1 - q_\mathrm{j})}{n_\mathrm{x}}"
    r" + \hat{p}_\mathrm{s}^2 \frac{s_1 (1 - s_1)}{n_+} + (1 - \hat{p}_\mathrm{s})^2 \frac{s_0 (1 - s_0)}{n_-}},\quad"
    r" \hat{p}_\mathrm{s} = \frac{q_\mathrm{j} - (1 - s_0)}{s_1 + s_0 - 1}",
    symbols={
        "judged": r"q_\mathrm{j}",
        "sensitivity": "s_1",
        "specificity": "s_0",
        "answers": r"n_\mathrm{x}",
        "good": "n_+",
        "bad": "n_-",
    },
)
def corrected_share_error(
    judged: float, sensitivity: float, specificity: float, answers: float, good: float, bad: float
) -> float:
    """Standard error of the share of good answers after the correction of a judge.

    Args:
        judged (1): share of the answers that the judge calls good.
        sensitivity (1): share of the good answers that it calls good.
        specificity (1): share of the bad answers that it calls bad; both together above 1.
        answers (1): answers that only the judge saw.
        good (1): good answers, by human labels, on which the sensitivity was measured.
        bad (1): bad answers, by human labels, on which the specificity was measured.

    Returns:
        (1) standard deviation over repetitions with other answers and other labels; to first order (delta method).

    Assumptions:
        The three samples are independent, and so are the answers in each.
    """
    share = corrected_share(judged, sensitivity, specificity)
    variance = (
        judged * (1 - judged) / answers
        + share**2 * sensitivity * (1 - sensitivity) / good
        + (1 - share) ** 2 * specificity * (1 - specificity) / bad
    )
    return math.sqrt(variance) / (sensitivity + specificity - 1)


@formula(
    latex=r"\mathrm{SE}_\mathrm{j} = \sqrt{\frac{\sigma_\mathrm{j}^2}{n_\mathrm{x}}"
    r" + \frac{\sigma_\mathrm{r}^2}{n_\mathrm{h}}}",
    symbols={
        "judge": r"\sigma_\mathrm{j}^2",
        "rest": r"\sigma_\mathrm{r}^2",
        "answers": r"n_\mathrm{x}",
        "labels": r"n_\mathrm{h}",
    },
    sources=("angelopoulos2026{ppi_py/ppi.py, ppi_mean_ci}",),
)
def rectified_error(judge: float, rest: float, answers: float, labels: float) -> float:
    """Standard error of a judge's mean score to which the mean error on labelled answers is added.

    Args:
        judge (1): variance of the judge's scores.
        rest (1): variance of human score less the judge's.
        answers (1): answers that only the judge scored.
        labels (1): answers that both scored.

    Returns:
        (1) of the estimate that prediction-powered inference makes of a mean.

    Assumptions:
        Labelled answers are a random sample of the same kind; answers are independent.
    """
    return math.sqrt(judge / answers + rest / labels)


@formula(
    latex=r"\mathrm{SE}_\mathrm{j} = \sqrt{\frac{\sigma_\mathrm{h}^2}{n_\mathrm{h}}"
    r" \left( 1 - \rho_\mathrm{j}^2\, \frac{n_\mathrm{x}}{n_\mathrm{x} + n_\mathrm{h}} \right)}",
    symbols={
        "human": r"\sigma_\mathrm{h}^2",
        "correlation": r"\rho_\mathrm{j}",
        "answers": r"n_\mathrm{x}",
        "labels": r"n_\mathrm{h}",
    },
)
def assisted_error(human: float, correlation: float, answers: float, labels: float) -> float:
    """Standard error of a mean of human scores that a judge's scores of further answers assist.

    Args:
        human (1): variance of the human scores.
        correlation (1): correlation of human and judge over the answers.
        answers (1): answers that only the judge scored.
        labels (1): answers that both scored.

    Returns:
        (1) of prediction-powered inference with the weight of the judge that makes it smallest.

    Assumptions:
        Labelled answers are a random sample of the same kind; answers are independent; the weight is known.
    """
    return math.sqrt(human / labels * (1 - correlation**2 * answers / (answers + labels)))


@formula(
    latex=r"h_\mathrm{j} = \frac{1}{1 - \rho_\mathrm{j}^2\, n_\mathrm{x} / (n_\mathrm{x} + n_\mathrm{h})}",
    symbols={"correlation": r"\rho_\mathrm{j}", "answers": r"n_\mathrm{x}", "labels": r"n_\mathrm{h}"},
)
def label_factor(correlation: float, answers: float, labels: float) -> float:
    """Factor by which a judge multiplies human labels.

    Args:
        correlation (1): correlation of human and judge over the answers, above −1 and below 1.
        answers (1): answers that only the judge scored.
        labels (1): answers that both scored.

    Returns:
        (1) labels that would give the same standard error without the judge, over the labels there are.

    Assumptions:
        Those of the standard error of an assisted mean.
    """
    return 1 / (1 - correlation**2 * answers / (answers + labels))


@formula(
    latex=r"P_\mathrm{acc} = \frac{p_\mathrm{y}\, s_1}{p_\mathrm{y}\, s_1 + (1 - p_\mathrm{y}) (1 - s_0)}",
    symbols={"right": r"p_\mathrm{y}", "sensitivity": "s_1", "specificity": "s_0"},
)
def accepted_right(right: float, sensitivity: float, specificity: float) -> float:
    """Probability that an answer which a verifier accepts is right.

    Args:
        right (1): probability that an answer to this problem is right.
        sensitivity (1): share of the right answers that the verifier accepts.
        specificity (1): share of the wrong answers that it rejects.

    Returns:
        (1) success of the best of several answers, given that any was accepted, however many were drawn.

    Assumptions:
        Answers are drawn independently; the verifier errs independently of them and of how many there are; among the
        accepted ones any is as likely to be taken.
    """
    accepted = right * sensitivity
    return accepted / (accepted + (1 - right) * (1 - specificity))
