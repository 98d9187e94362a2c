"""Importance ratios of long answers: products of token ratios, and what they leave of a sample."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"\rho_T = \rho_1^{T}",
    symbols={"ratio": r"\rho_1", "tokens": "T"},
    sources=("verl2026{docs/algo/rollout_corr_math.md, §3.3.3}",),
)
def sequence_ratio(ratio: float, tokens: float) -> float:
    """Importance ratio of an answer whose tokens all have the same one.

    Args:
        ratio (1): probability of a token under the policy that is trained over that under the one that sampled it.
        tokens (1): tokens of the answer.

    Returns:
        (1) ratio of the whole answer.
    """
    return float(ratio**tokens)


@formula(
    latex=r"f_\mathrm{ESS} = e^{-\sigma_\rho^2\, T}",
    symbols={"deviation": r"\sigma_\rho", "tokens": "T"},
)
def effective_share(deviation: float, tokens: float) -> float:
    """Share of a sample of answers that is left when each is weighted by its importance ratio.

    Args:
        deviation (1): standard deviation of the logarithm of one token's ratio.
        tokens (1): tokens of an answer.

    Returns:
        (1) effective sample size over sample size: squared mean weight over mean squared weight.

    Assumptions:
        Logarithms of the ratios are normal and independent from token to token; the mean weight is 1.
    """
    return math.exp(-(deviation**2) * tokens)


@formula(
    latex=r"T_\mathrm{ESS} = \frac{-\ln f_\mathrm{ESS}}{\sigma_\rho^2}",
    symbols={"share": r"f_\mathrm{ESS}", "deviation": r"\sigma_\rho"},
)
def tokens_at_share(share: float, deviation: float) -> float:
    """Length of answers at which weighting leaves a given share of a sample.

    Args:
        share (1): effective sample size over sample size, below 1.
        deviation (1): standard deviation of the logarithm of one token's ratio.

    Returns:
        (1) tokens of an answer.

    Assumptions:
        Those of the share that is left.
    """
    return -math.log(share) / deviation**2
