"""Policy gradients of a group of samples: mean and variance over all groups that can be drawn."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from figures.lab.alignment import policies

Array = NDArray[np.float64]
Weights = Callable[[Array], Array]
"""From the rewards of a group to the weight of each sample's score."""


def plain(rewards: Array) -> Array:
    """The reward itself."""
    return rewards


def centred(rewards: Array) -> Array:
    """Reward less the mean of the group."""
    advantages: Array = rewards - rewards.mean()
    return advantages


def left_out(rewards: Array) -> Array:
    """Reward less the mean of the other samples (RLOO)."""
    return centred(rewards) * rewards.size / (rewards.size - 1)


def normalized(rewards: Array) -> Array:
    """Reward less the mean, over the standard deviation of the group (GRPO)."""
    spread = float(rewards.std())
    return centred(rewards) / spread if spread > 1e-12 else np.zeros_like(rewards)


WAYS: dict[str, Weights] = {"plain": plain, "centred": centred, "left_out": left_out, "normalized": normalized}


def groups(answers: int, size: int) -> Iterator[tuple[int, ...]]:
    """All ways to draw ``size`` samples from some answers, as counts of each answer."""
    if answers == 1:
        yield (size,)
        return
    for first in range(size + 1):
        for rest in groups(answers - 1, size - first):
            yield (first, *rest)


def moments(policy: Array, rewards: Array, size: int, weights: Weights) -> tuple[Array, float]:
    """Mean of a group's gradient estimate, and the sum of the variances of its components."""
    total = np.zeros(policy.size)
    square = 0.0
    table = policies.scores(policy)
    logs = np.log(policy)
    for counts in groups(policy.size, size):
        number = np.array(counts)
        ways = math.lgamma(size + 1) - sum(math.lgamma(count + 1) for count in counts)
        chance = math.exp(ways + float(number @ logs))
        drawn = np.repeat(np.arange(policy.size), number)
        estimate = weights(rewards[drawn]) @ table[drawn] / size
        total += chance * estimate
        square += chance * float(estimate @ estimate)
    return total, square - float(total @ total)


def fixed_baseline(baseline: float) -> Weights:
    """Reward less a number that does not depend on the samples."""
    return lambda rewards: rewards - baseline


def best_baseline(policy: Array, rewards: Array) -> float:
    """The fixed number that makes the variance smallest: rewards weighted by the squared length of the score."""
    lengths = policy * (policies.scores(policy) ** 2).sum(axis=1)
    return float(lengths @ rewards / lengths.sum())
