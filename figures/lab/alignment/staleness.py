"""Learning from answers of an older policy: what each correction does when answers are several updates late."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from figures.lab.alignment import policies

Array = NDArray[np.float64]
Weigh = Callable[[Array, Array, Array, Array], Array]
"""From advantages and probabilities of the samples now, at the last refresh and when sampled, to their weights."""


def _clip(ratio: Array, advantages: Array, bound: float) -> Array:
    """1 where PPO's clipped objective has a gradient."""
    kept: Array = np.where(advantages > 0, ratio <= 1 + bound, ratio >= 1 - bound).astype(float)
    return kept


def ignored(advantages: Array, now: Array, recent: Array, sampled: Array) -> Array:
    """Samples are taken as if the present policy had drawn them."""
    return advantages


def naive(advantages: Array, now: Array, recent: Array, sampled: Array) -> Array:
    """PPO: ratio to the policy that sampled, clipped around it."""
    ratio = now / sampled
    return advantages * ratio * _clip(ratio, advantages, BOUND)


def decoupled(advantages: Array, now: Array, recent: Array, sampled: Array) -> Array:
    """PPO clipped around a recent policy, weighted with that policy's ratio to the one that sampled."""
    ratio = now / recent
    return advantages * recent / sampled * ratio * _clip(ratio, advantages, BOUND)


def truncated(advantages: Array, now: Array, recent: Array, sampled: Array) -> Array:
    """The importance ratio as a weight, at most ``CAP``; nothing is dropped."""
    return advantages * np.minimum(now / sampled, CAP)


BOUND, CAP = 0.2, 2.0
WAYS: dict[str, Weigh] = {"ignored": ignored, "naive": naive, "decoupled": decoupled, "truncated": truncated}


@dataclass(frozen=True, slots=True)
class Setting:
    """Rewards of the answers, samples per batch, batches, updates per batch, step size."""

    rewards: tuple[float, ...]
    samples: int
    batches: int
    updates: int
    rate: float


def train(setting: Setting, way: Weigh, lag: int, runs: int, rng: np.random.Generator) -> Array:
    """Expected reward of the policy after all batches, one per run; answers are ``lag`` batches old when used."""
    rewards = np.array(setting.rewards)
    found = np.empty(runs)
    for run in range(runs):
        logits = np.zeros(rewards.size)
        past: deque[Array] = deque(maxlen=lag + 1)
        for _ in range(setting.batches):
            recent = policies.softmax(logits)
            past.append(recent)
            old = past[0]
            drawn = rng.choice(rewards.size, size=setting.samples, p=old)
            gained = rewards[drawn]
            advantages = (gained - gained.mean()) / max(1e-6, float(gained.std()))
            for _ in range(setting.updates):
                now = policies.softmax(logits)
                weights = way(advantages, now[drawn], recent[drawn], old[drawn])
                pushed = np.bincount(drawn, weights=weights, minlength=rewards.size) / setting.samples
                logits = logits + setting.rate * (pushed - pushed.sum() * now)
        found[run] = policies.softmax(logits) @ rewards
    return found
