"""Several answers to one problem: any of them right, all of them right, most of them right."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"c_\mathrm{y}' = \min(c_\mathrm{y},\ n_\mathrm{y})",
    symbols={"right": r"c_\mathrm{y}", "answers": r"n_\mathrm{y}"},
)
def right_among_drawn(right: float, answers: float) -> float:
    """Right answers out of those that were drawn, as many as there can be.

    Args:
        right (1): answers that are said to be right.
        answers (1): answers drawn for the problem.

    Returns:
        (1) the smaller number.

    Assumptions:
        No answer counts twice.
    """
    return min(right, answers)


@formula(
    latex=r"k_\mathrm{y}' = \min(k_\mathrm{y},\ n_\mathrm{y})",
    symbols={"tries": r"k_\mathrm{y}", "answers": r"n_\mathrm{y}"},
)
def tries_among_drawn(tries: float, answers: float) -> float:
    """Answers that are tried out of those that were drawn, as many as there are.

    Args:
        tries (1): answers that are asked for, k.
        answers (1): answers drawn for the problem.

    Returns:
        (1) the smaller number.

    Assumptions:
        No answer is tried twice.
    """
    return min(tries, answers)


@formula(
    latex=r"\mathrm{pass@}k = 1 - \binom{n_\mathrm{y} - c_\mathrm{y}}{k_\mathrm{y}}"
    r" \Big/ \binom{n_\mathrm{y}}{k_\mathrm{y}}"
    r" = 1 - \prod_{i = n_\mathrm{y} - c_\mathrm{y} + 1}^{n_\mathrm{y}} \left( 1 - \frac{k_\mathrm{y}}{i} \right)",
    symbols={"answers": r"n_\mathrm{y}", "right": r"c_\mathrm{y}", "tries": r"k_\mathrm{y}"},
    sources=("openai2025humaneval{human_eval/evaluation.py, estimate_pass_at_k}",),
)
def pass_at_k(answers: int, right: int, tries: int) -> float:
    """Unbiased estimate of the probability that at least one of several answers is right (pass@k).

    Args:
        answers (1): answers drawn for the problem.
        right (1): those of them that are right.
        tries (1): answers of which one must be right, k; at most as many as were drawn.

    Returns:
        (1) share of the sets of k among the drawn answers that hold a right one.

    Assumptions:
        Answers are drawn independently from one distribution.
    """
    if not right <= answers:
        raise ValueError("more answers are right than were drawn")
    if not tries <= answers:
        raise ValueError("k is larger than the number of answers drawn")
    if answers - right < tries:
        return 1
    logs = sum(math.log(1 - tries / i) for i in range(int(answers - right) + 1, int(answers) + 1))
    none = math.exp(logs)
    # Kahan's form of 1 - exp(logs), which keeps its digits where the result is small.
    return -logs if none == 1 else (1 - none) * logs / math.log(none) if none > 0 else 1


@formula(
    latex=r"\mathrm{pass}^k = \binom{c_\mathrm{y}}{k_\mathrm{y}} \Big/ \binom{n_\mathrm{y}}{k_\mathrm{y}}"
    r" = \prod_{i = 0}^{k_\mathrm{y} - 1} \frac{c_\mathrm{y} - i}{n_\mathrm{y} - i}",
    symbols={"answers": r"n_\mathrm{y}", "right": r"c_\mathrm{y}", "tries": r"k_\mathrm{y}"},
    sources=("sierra2026{tau_bench/run.py}",),
)
def pass_hat_k(answers: int, right: int, tries: int) -> float:
    """Unbiased estimate of the probability that several answers are all right (pass^k).

    Args:
        answers (1): answers drawn for the problem.
        right (1): those of them that are right.
        tries (1): answers that must all be right, k; at most as many as were drawn.

    Returns:
        (1) share of the sets of k among the drawn answers that hold right ones only.

    Assumptions:
        Answers are drawn independently from one distribution.
    """
    if not right <= answers:
        raise ValueError("more answers are right than were drawn")
    if not tries <= answers:
        raise ValueError("k is larger than the number of answers drawn")
    if right < tries:
        return 0
    return math.exp(sum(math.log((right - i) / (answers - i)) for i in range(int(tries))))


@formula(
    latex=r"P_\mathrm{any} = 1 - (1 - p_\mathrm{y})^{k_\mathrm{y}}",
    symbols={"right": r"p_\mathrm{y}", "tries": r"k_\mathrm{y}"},
)
def any_right(right: float, tries: float) -> float:
    """Probability that at least one of several answers is right.

    Args:
        right (1): probability that an answer to this problem is right. With the share of right answers instead of
            it the result is biased: too low on average.
        tries (1): answers.

    Returns:
        (1) what pass@k estimates, for one problem.

    Assumptions:
        Answers are drawn independently from one distribution.
    """
    return float(1 - (1 - right) ** tries)


@formula(
    latex=r"P_\mathrm{all} = p_\mathrm{y}^{k_\mathrm{y}}",
    symbols={"right": r"p_\mathrm{y}", "tries": r"k_\mathrm{y}"},
)
def all_right(right: float, tries: float) -> float:
    """Probability that several answers are all right.

    Args:
        right (1): probability that an answer to this problem is right. With the share of right answers instead of
            it the result is biased: too high on average.
        tries (1): answers.

    Returns:
        (1) what pass^k estimates, for one problem.

    Assumptions:
        Answers are drawn independently from one distribution.
    """
    return float(right**tries)


@formula(
    latex=r"\Delta_k = \sum_{c_\mathrm{y} = 0}^{n_\mathrm{y}} \binom{n_\mathrm{y}}{c_\mathrm{y}}"
    r" p_\mathrm{y}^{c_\mathrm{y}} (1 - p_\mathrm{y})^{n_\mathrm{y} - c_\mathrm{y}}"
    r" \left[ (1 - p_\mathrm{y})^{k_\mathrm{y}}"
    r" - \left( 1 - \frac{c_\mathrm{y}}{n_\mathrm{y}} \right)^{k_\mathrm{y}} \right]",
    symbols={"right": r"p_\mathrm{y}", "answers": r"n_\mathrm{y}", "tries": r"k_\mathrm{y}"},
)
def plug_in_bias(right: float, answers: int, tries: int) -> float:
    """Bias of an estimate of pass@k that puts the share of right answers in place of the probability.

    Args:
        right (1): probability that an answer to this problem is right, below 1.
        answers (1): answers drawn for the problem.
        tries (1): answers of which one must be right, k.

    Returns:
        (1) mean of the estimate less the truth; negative or 0.

    Assumptions:
        Answers are drawn independently from one distribution.
    """
    none = (1 - right) ** tries
    return sum(_binomial(c, answers, right) * (none - (1 - c / answers) ** tries) for c in range(answers + 1))


@formula(
    latex=r"\mathrm{SE}_k = \sqrt{\sum_{c_\mathrm{y} = 0}^{n_\mathrm{y}} \binom{n_\mathrm{y}}{c_\mathrm{y}}"
    r" p_\mathrm{y}^{c_\mathrm{y}} (1 - p_\mathrm{y})^{n_\mathrm{y} - c_\mathrm{y}}"
    r" \left[ \mathrm{pass@}k - 1 + (1 - p_\mathrm{y})^{k_\mathrm{y}} \right]^2}",
    symbols={"right": r"p_\mathrm{y}", "answers": r"n_\mathrm{y}", "tries": r"k_\mathrm{y}"},
)
def pass_at_k_error(right: float, answers: int, tries: int) -> float:
    """Standard error of the unbiased estimate of pass@k of one problem.

    Args:
        right (1): probability that an answer to this problem is right, below 1.
        answers (1): answers drawn for the problem.
        tries (1): answers of which one must be right, k; at most as many as were drawn.

    Returns:
        (1) standard deviation over repetitions with other answers to the same problem.

    Assumptions:
        Answers are drawn independently from one distribution.
    """
    truth = any_right(right, tries)
    return math.sqrt(
        sum(_binomial(c, answers, right) * (pass_at_k(answers, c, tries) - truth) ** 2 for c in range(answers + 1))
    )


@formula(
    latex=r"P_\mathrm{maj} = \sum_{c_\mathrm{y} = \lfloor n_\mathrm{y} / 2 \rfloor + 1}^{n_\mathrm{y}}"
    r" \binom{n_\mathrm{y}}{c_\mathrm{y}} p_\mathrm{y}^{c_\mathrm{y}} (1 - p_\mathrm{y})^{n_\mathrm{y} - c_\mathrm{y}}",
    symbols={"right": r"p_\mathrm{y}", "answers": r"n_\mathrm{y}"},
)
def majority_right(right: float, answers: int) -> float:
    """Probability that more than half of the answers to a problem are right.

    Args:
        right (1): probability that an answer to this problem is right, below 1.
        answers (1): answers that vote.

    Returns:
        (1) least probability that the vote is right: it may also be right with fewer votes if wrong answers differ.

    Assumptions:
        Answers are drawn independently from one distribution.
    """
    return sum(_binomial(c, answers, right) for c in range(answers // 2 + 1, answers + 1))


def _binomial(count: int, trials: int, probability: float) -> float:
    """Probability of ``count`` successes, by logarithms so that large counts do not overflow."""
    if probability == 0:
        return float(count == 0)
    ways = math.lgamma(trials + 1) - math.lgamma(count + 1) - math.lgamma(trials - count + 1)
    return math.exp(ways + count * math.log(probability) + (trials - count) * math.log1p(-probability))
