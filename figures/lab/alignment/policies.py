"""Softmax policies over a few answers: divergences, entropy and the optimum of a regularized reward."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def softmax(logits: Array) -> Array:
    """Probabilities of the answers; the last axis holds the answers."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Array = shifted / shifted.sum(axis=-1, keepdims=True)
    return shares


def divergence(policy: Array, reference: Array) -> float:
    """KL divergence of a policy from a reference, in nats."""
    held = policy > 0
    return float((policy[held] * np.log(policy[held] / reference[held])).sum())


def entropy(policy: Array) -> float:
    """Entropy in nats."""
    held = policy > 0
    return float(-(policy[held] * np.log(policy[held])).sum())


def scores(policy: Array) -> Array:
    """Row i: gradient of the logarithm of the probability of answer i with respect to the logits."""
    return np.eye(policy.size) - policy


def reward_gradient(policy: Array, rewards: Array) -> Array:
    """Gradient of the expected reward with respect to the logits."""
    gradient: Array = policy * (rewards - policy @ rewards)
    return gradient


def tilted(reference: Array, rewards: Array, penalty: float) -> Array:
    """Policy with the highest expected reward less ``penalty`` times its divergence from the reference."""
    return softmax(np.log(reference) + rewards / penalty)


def objective(policy: Array, reference: Array, rewards: Array, penalty: float) -> float:
    """Expected reward less ``penalty`` times the divergence from the reference."""
    return float(policy @ rewards) - penalty * divergence(policy, reference)
