"""The policy that maximizes reward less a KL penalty, and direct preference optimization, which needs no sampling."""

from __future__ import annotations

import math
from collections.abc import Sequence

from figures.formula import formula


@formula(
    latex=r"V^{*} = \beta_\mathrm{K} \ln \sum_j \pi^\mathrm{ref}_j\, e^{\hat{r}_j / \beta_\mathrm{K}}",
    symbols={"penalty": r"\beta_\mathrm{K}", "references": r"\pi^\mathrm{ref}_j", "rewards": r"\hat{r}_j"},
    sources=('rafailov2023{"Deriving the DPO objective"}',),
)
def optimal_value(penalty: float, references: Sequence[float], rewards: Sequence[float]) -> float:
    """Largest value of expected reward less a multiple of the KL divergence from a reference policy.

    Args:
        penalty (1): that multiple.
        references (1): probabilities of the answers under the reference.
        rewards (1): their rewards.

    Returns:
        (1) penalty times the logarithm of the partition function.

    Assumptions:
        The policy may be any distribution over the answers.
    """
    top = max(rewards)
    scaled = sum(p * math.exp((r - top) / penalty) for p, r in zip(references, rewards, strict=True))
    return top + penalty * math.log(scaled)


@formula(
    latex=r"\pi^{*}_i = \pi^\mathrm{ref}_i\, e^{(\hat{r}_i - V^{*}) / \beta_\mathrm{K}}",
    symbols={
        "reference": r"\pi^\mathrm{ref}_i",
        "reward": r"\hat{r}_i",
        "value": "V^{*}",
        "penalty": r"\beta_\mathrm{K}",
    },
    sources=('rafailov2023{"Deriving the DPO objective"}',),
)
def optimal_probability(reference: float, reward: float, value: float, penalty: float) -> float:
    """Probability of an answer under the policy that reaches that value.

    Args:
        reference (1): its probability under the reference.
        reward (1): its reward.
        value (1): value of the best policy.
        penalty (1): multiple of the KL divergence that is subtracted.

    Returns:
        (1) the reference, tilted.

    Assumptions:
        The policy may be any distribution over the answers.
    """
    return reference * math.exp((reward - value) / penalty)


@formula(
    latex=r"\hat{m} = \beta_\mathrm{K} \left( \ln \frac{\pi_\mathrm{w}}{\pi^\mathrm{ref}_\mathrm{w}}"
    r" - \ln \frac{\pi_\mathrm{l}}{\pi^\mathrm{ref}_\mathrm{l}} \right)",
    symbols={
        "penalty": r"\beta_\mathrm{K}",
        "chosen": r"\pi_\mathrm{w}",
        "chosen_reference": r"\pi^\mathrm{ref}_\mathrm{w}",
        "rejected": r"\pi_\mathrm{l}",
        "rejected_reference": r"\pi^\mathrm{ref}_\mathrm{l}",
    },
    sources=('rafailov2023{"Deriving the DPO objective"}',),
)
def implicit_margin(
    penalty: float, chosen: float, chosen_reference: float, rejected: float, rejected_reference: float
) -> float:
    """Difference of the rewards of two answers that a policy implies.

    Args:
        penalty (1): multiple of the KL divergence.
        chosen (1): probability of the preferred answer under the policy.
        chosen_reference (1): the same under the reference.
        rejected (1): probability of the other answer under the policy.
        rejected_reference (1): the same under the reference.

    Returns:
        (1) preferred less other; the partition function has cancelled.

    Assumptions:
        The policy is the optimum of some reward.
    """
    return penalty * (math.log(chosen / chosen_reference) - math.log(rejected / rejected_reference))


@formula(
    latex=r"\omega_\mathrm{dpo} = \frac{1}{1 + e^{\hat{m}}}",
    symbols={"margin": r"\hat{m}"},
    sources=("rafailov2023{paragraph after the DPO loss}",),
)
def pair_weight(margin: float) -> float:
    """Weight of a pair in the gradient of direct preference optimization.

    Args:
        margin (1): implicit reward of the preferred answer less that of the other.

    Returns:
        (1) one half at no margin, near 1 where the policy orders the pair wrongly, near 0 where it is learned.

    Assumptions:
        The logistic loss of Bradley and Terry's model.
    """
    return 1 / (1 + math.exp(margin))
