"""Limits on one update: how far clipping lets a probability go, and the penalty of answers that are too long."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"p_\mathrm{new} = \min(1,\ p_\mathrm{old}\, (1 + \varepsilon_\mathrm{h}))",
    symbols={"old": r"p_\mathrm{old}", "clip": r"\varepsilon_\mathrm{h}"},
)
def reachable_probability(old: float, clip: float) -> float:
    """Probability of a token at which its ratio is clipped when its advantage is positive.

    Args:
        old (1): probability when the answer was sampled.
        clip (1): upper bound of the ratio, less 1.

    Returns:
        (1) beyond it the token no longer pushes itself up; tokens above 1 / (1 + clip) are never clipped.

    Assumptions:
        PPO's clipped objective. Other tokens may still push this one further.
    """
    return min(1, old * (1 + clip))


@formula(
    latex=r"r_\mathrm{len} = -\min\left( 1,\ \max\left( 0,\ \frac{T - (T_\mathrm{max} - T_\mathrm{soft})}"
    r"{T_\mathrm{soft}} \right) \right)",
    symbols={"length": "T", "limit": r"T_\mathrm{max}", "soft": r"T_\mathrm{soft}"},
    sources=("yu2025dapo{§3.4, Eq. 13}",),
)
def overlong_penalty(length: float, limit: float, soft: float) -> float:
    """Reward that is added to an answer because of its length (DAPO's soft overlong punishment).

    Args:
        length (token): tokens of the answer.
        limit (token): most tokens, the soft interval included.
        soft (token): interval at its end over which the penalty grows.

    Returns:
        (1) from 0 down to −1.
    """
    return -min(1, max(0, (length - (limit - soft)) / soft))
