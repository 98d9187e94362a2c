"""The policy that takes the best of n samples by a reward: its probabilities, exactly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def best_of(policy: Array, rewards: Array, samples: int) -> Array:
    """Probability of each answer when the one with the highest reward among ``samples`` is taken.

    Ties are broken at random among the samples, so that answers with equal rewards keep their relative frequency.
    """
    levels, level = np.unique(rewards, return_inverse=True)
    mass = np.bincount(level, weights=policy, minlength=levels.size)
    below = np.concatenate(([0.0], np.cumsum(mass)[:-1]))
    top = np.minimum(1, below + mass) ** samples - below**samples
    shares: Array = policy / mass[level] * top[level]
    return shares


def win_rate(policy: Array, base: Array, rewards: Array) -> float:
    """Share of comparisons that a policy wins against a base, a tie counting half."""
    margins = np.sign(rewards[:, None] - rewards[None, :])
    return float(policy @ (0.5 + margins / 2) @ base)
