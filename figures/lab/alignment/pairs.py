"""Direct preference optimization over a few answers: population and sample losses, and where they lead."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from figures.lab.alignment import policies

Array = NDArray[np.float64]


def preferences(rewards: Array) -> Array:
    """Bradley and Terry's probability that the row's answer is preferred to the column's."""
    chances: Array = 1 / (1 + np.exp(rewards[None, :] - rewards[:, None]))
    return chances


def counts(rewards: Array, pairs: int, rng: np.random.Generator) -> Array:
    """How often the row's answer was preferred to the column's in labelled pairs of different answers."""
    size = rewards.size
    first = rng.integers(size, size=pairs)
    second = (first + rng.integers(1, size, size=pairs)) % size
    won = rng.random(pairs) < preferences(rewards)[first, second]
    table = np.zeros((size, size))
    np.add.at(table, (np.where(won, first, second), np.where(won, second, first)), 1.0)
    return table


def loss(logits: Array, reference: Array, penalty: float, table: Array) -> float:
    """Mean loss over a table of preferences; the log of the partition function cancels."""
    implied = penalty * (logits - np.log(reference))
    margins = implied[:, None] - implied[None, :]
    return float((table * np.logaddexp(0, -margins)).sum() / table.sum())


def gradient(logits: Array, reference: Array, penalty: float, table: Array) -> Array:
    """Gradient of that loss with respect to the logits."""
    implied = penalty * (logits - np.log(reference))
    weights = table / (1 + np.exp(implied[:, None] - implied[None, :]))
    slope: Array = -penalty * (weights.sum(axis=1) - weights.sum(axis=0)) / table.sum()
    return slope


def fit(reference: Array, penalty: float, table: Array, steps: int = 200) -> Array:
    """Policy with the smallest loss, by Newton's steps from the reference.

    The loss is convex in the logits and does not change when all of them move alike; that direction is left alone.
    """
    logits = np.log(reference)
    size = logits.size
    for _ in range(steps):
        implied = penalty * (logits - np.log(reference))
        chance = 1 / (1 + np.exp(implied[:, None] - implied[None, :]))
        curve = (table + table.T) * chance * (1 - chance)
        hessian = penalty**2 * (np.diag(curve.sum(axis=1)) - curve) / table.sum()
        move = np.linalg.solve(hessian + np.ones((size, size)), gradient(logits, reference, penalty, table))
        logits = logits - move
        if float(np.abs(move).max()) < 1e-13:
            break
    return policies.softmax(logits)


def displaced(features: Array, chosen: int, rejected: int, rate: float, updates: int, penalty: float) -> list[Array]:
    """Policies along gradient descent on one pair, where answers share features.

    Args:
        features: a row per answer; its logit is the product with the parameters, which start at 0.
        chosen: preferred answer.
        rejected: the other one.
        rate: step size.
        updates: steps.
        penalty: weight of the KL divergence.
    """
    parameters = np.zeros(features.shape[1])
    reference = policies.softmax(features @ parameters)
    table = np.zeros((features.shape[0], features.shape[0]))
    table[chosen, rejected] = 1.0
    found = [reference]
    for _ in range(updates):
        slope = gradient(features @ parameters, reference, penalty, table)
        parameters = parameters - rate * features.T @ slope
        found.append(policies.softmax(features @ parameters))
    return found
