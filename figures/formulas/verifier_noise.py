"""A verifier that errs: what it accepts, and how much of the learning signal it leaves."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"q_\mathrm{v} = p_\mathrm{y}\, s_1 + (1 - p_\mathrm{y}) (1 - s_0)",
    symbols={"right": r"p_\mathrm{y}", "sensitivity": "s_1", "specificity": "s_0"},
)
def accepted_share(right: float, sensitivity: float, specificity: float) -> float:
    """Share of the answers that a verifier accepts: the reward that training sees.

    Args:
        right (1): probability that an answer is right.
        sensitivity (1): share of the right answers that it accepts.
        specificity (1): share of the wrong answers that it rejects.

    Returns:
        (1) right ones accepted and wrong ones let through.

    Assumptions:
        The verifier errs at random, whatever the answer looks like. A policy that finds where it errs breaks this.
    """
    return right * sensitivity + (1 - right) * (1 - specificity)


@formula(
    latex=r"\eta_\mathrm{v} = s_1 + s_0 - 1",
    symbols={"sensitivity": "s_1", "specificity": "s_0"},
)
def signal_kept(sensitivity: float, specificity: float) -> float:
    """Factor by which a verifier's errors shrink the gradient of the expected reward.

    Args:
        sensitivity (1): share of the right answers that it accepts.
        specificity (1): share of the wrong answers that it rejects.

    Returns:
        (1) slope of the accepted share over the share that is right; negative if it errs more often than not.

    Assumptions:
        Those of the accepted share.
    """
    return sensitivity + specificity - 1
