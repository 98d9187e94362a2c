"""A true reward, a proxy of it, and policies that push the proxy: best-of-n and the exponential tilt, by quadrature.

Answers of the reference are ordered by their proxy reward. What a policy does to the true reward depends only on the
distribution of the proxy and on the mean true reward of the answers with each proxy reward.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

GOLD = np.linspace(-8, 8, 801)


@dataclass(frozen=True, slots=True)
class World:
    """Levels of the proxy, their probabilities under the reference, and the mean true reward at each."""

    proxy: Array
    mass: Array
    gold: Array


def normal(values: Array, mean: float, deviation: float) -> Array:
    """Density of a normal distribution."""
    density: Array = np.exp(-(((values - mean) / deviation) ** 2) / 2) / (deviation * math.sqrt(2 * math.pi))
    return density


def student(values: Array, scale: float, freedom: float) -> Array:
    """Density of Student's distribution with a scale."""
    log_front = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - 0.5 * math.log(freedom * math.pi)
    density: Array = np.exp(log_front) / scale * (1 + (values / scale) ** 2 / freedom) ** (-(freedom + 1) / 2)
    return density


def _world(proxy: Array, joint: Array, values: Array) -> World:
    """From the joint density of proxy (rows) and true reward (columns)."""
    mass = joint.sum(axis=1)
    gold = joint @ values / np.maximum(mass, 1e-300)
    return World(proxy, mass / mass.sum(), gold)


def noisy(noise: str, size: float, top: float) -> World:
    """A standard normal true reward and a proxy that adds noise of the scale ``size``; the proxy ends at ``top``."""
    proxy = np.linspace(-top, top, 4001)
    gap = proxy[:, None] - GOLD[None, :]
    density = normal(gap, 0, size) if noise == "normal" else student(gap, size, 3)
    return _world(proxy, density * normal(GOLD, 0, 1)[None, :], GOLD)


def exploitable(size: float, share: float, bonus: float, harm: float, top: float) -> World:
    """Normal noise, and a rare kind of answer that gets a ``bonus`` of proxy and loses ``harm`` of true reward."""
    proxy = np.linspace(-top, top, 4001)
    usual = normal(proxy[:, None] - GOLD[None, :], 0, size) * normal(GOLD, 0, 1)[None, :]
    tricks = normal(proxy[:, None] - bonus - GOLD[None, :], 0, size) * normal(GOLD, -harm, 1)[None, :]
    return _world(proxy, (1 - share) * usual + share * tricks, GOLD)


@dataclass(frozen=True, slots=True)
class Outcome:
    """KL divergence from the reference, mean proxy and mean true reward of a policy."""

    divergence: float
    proxy: float
    gold: float


def outcome(world: World, policy: Array) -> Outcome:
    """What a policy over the levels of the proxy gets."""
    held = policy > 0
    divergence = float((policy[held] * np.log(policy[held] / world.mass[held])).sum())
    return Outcome(divergence, float(policy @ world.proxy), float(policy @ world.gold))


def best_of(world: World, samples: float) -> Outcome:
    """The best of some samples by the proxy."""
    ends = np.concatenate(([0.0], np.minimum(1, np.cumsum(world.mass)))) ** samples
    return outcome(world, np.diff(ends))


def tilt(world: World, strength: float) -> Outcome:
    """The policy with the largest expected proxy at its divergence: the reference times e to ``strength`` × proxy."""
    logs = np.log(np.maximum(world.mass, 1e-300)) + strength * world.proxy
    weights = np.exp(logs - logs.max())
    return outcome(world, weights / weights.sum())


def climb(world: World, rate: float, steps: int, penalty: float) -> list[Outcome]:
    """Natural policy gradient on the proxy less ``penalty`` times the divergence, from the reference."""
    logs = np.log(np.maximum(world.mass, 1e-300))
    start = logs.copy()
    found = []
    for _ in range(steps):
        logs = logs + rate * (world.proxy - penalty * (logs - start))
        weights = np.exp(logs - logs.max())
        found.append(outcome(world, weights / weights.sum()))
    return found
