"""Three estimates of a KL divergence from samples of the policy: as values, and as losses that are differentiated."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from figures.lab.alignment import policies

Array = NDArray[np.float64]

VALUES: dict[str, Callable[[Array], Array]] = {
    "first": lambda logs: -logs,
    "second": lambda logs: logs**2 / 2,
    "third": lambda logs: np.expm1(logs) - logs,
}
"""Value of one sample, from log r: the logarithm of reference over policy."""

SLOPES: dict[str, Callable[[Array], Array]] = {
    "first": lambda logs: np.ones_like(logs),
    "second": lambda logs: -logs,
    "third": lambda logs: -np.expm1(logs),
}
"""Derivative of that value with respect to the logarithm of the policy's probability of the sample."""


def moments(policy: Array, reference: Array, name: str) -> tuple[float, float]:
    """Mean and standard deviation of one sample's estimate, by enumeration."""
    values = VALUES[name](np.log(reference / policy))
    mean = float(policy @ values)
    return mean, float(np.sqrt(policy @ (values - mean) ** 2))


def loss_gradient(policy: Array, reference: Array, name: str) -> Array:
    """Expected gradient of the estimate as a loss: samples are held, their logarithms are differentiated."""
    gradient: Array = (policy * SLOPES[name](np.log(reference / policy))) @ policies.scores(policy)
    return gradient


def reward_gradient(policy: Array, reference: Array, name: str) -> Array:
    """Expected gradient of the estimate as part of the reward: its value times the score of the sample."""
    gradient: Array = (policy * VALUES[name](np.log(reference / policy))) @ policies.scores(policy)
    return gradient


def reverse_gradient(policy: Array, reference: Array) -> Array:
    """Gradient of the divergence of the policy from the reference with respect to the logits."""
    return policies.reward_gradient(policy, np.log(policy / reference))


def forward_gradient(policy: Array, reference: Array) -> Array:
    """Gradient of the divergence of the reference from the policy with respect to the logits."""
    return policy - reference
