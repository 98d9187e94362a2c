"""Reward against compute of reinforcement learning: a sigmoid with a ceiling."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"R_C = R_0 + \frac{A_R - R_0}{1 + (C_\mathrm{mid} / t_\mathrm{GPU})^{B_R}}",
    symbols={
        "start": "R_0",
        "ceiling": "A_R",
        "compute": r"t_\mathrm{GPU}",
        "middle": r"C_\mathrm{mid}",
        "exponent": "B_R",
    },
    sources=("khatri2025{Eq. 1}",),
)
def reward_of_compute(start: float, ceiling: float, compute: float, middle: float, exponent: float) -> float:
    """Expected reward after some compute of reinforcement learning.

    Args:
        start (1): reward before it.
        ceiling (1): reward that it approaches.
        compute (s): GPU time spent.
        middle (s): GPU time at which half of the gain is reached.
        exponent (1): how steeply it is reached.

    Returns:
        (1) reward, such as a pass rate on held-out prompts.
    """
    return float(start + (ceiling - start) / (1 + (middle / compute) ** exponent))


@formula(
    latex=r"C_\phi = C_\mathrm{mid} \left( \frac{\phi_R}{1 - \phi_R} \right)^{1 / B_R}",
    symbols={"share": r"\phi_R", "middle": r"C_\mathrm{mid}", "exponent": "B_R"},
)
def compute_for_share(share: float, middle: float, exponent: float) -> float:
    """Compute at which a given share of the gain that there is has been reached.

    Args:
        share (1): share of the way from the start to the ceiling, strictly between 0 and 1.
        middle (s): GPU time at which half of the gain is reached.
        exponent (1): how steeply it is reached.

    Returns:
        (s) GPU time.

    Assumptions:
        The sigmoid of reward over compute.
    """
    return float(middle * (share / (1 - share)) ** (1 / exponent))
