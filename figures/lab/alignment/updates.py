"""Many updates on one batch: how far each rule lets a token go that was sampled and rewarded.

A context with two tokens: the sampled one, with probability p and a positive advantage, and everything else. Its
log-odds are the only parameter.
"""

from __future__ import annotations

import math
from collections.abc import Callable

Rule = Callable[[float], float]
"""From the importance ratio of the token to the factor of its score, for a positive advantage."""


def unclipped(ratio: float) -> float:
    """The importance ratio itself."""
    return ratio


def clipped(bound: float) -> Rule:
    """PPO: the ratio up to 1 + ``bound``, and nothing beyond."""
    return lambda ratio: ratio if ratio <= 1 + bound else 0.0


def capped(bound: float) -> Rule:
    """CISPO: the ratio as a weight that is held, at most 1 + ``bound``; no token is dropped."""
    return lambda ratio: min(ratio, 1 + bound)


def run(probability: float, rule: Rule, rate: float, updates: int) -> list[float]:
    """Probability of the token after each update on the batch in which it was sampled, with the advantage 1."""
    log_odds = math.log(probability / (1 - probability))
    found = [probability]
    for _ in range(updates):
        now = found[-1]
        log_odds += rate * rule(now / probability) * (1 - now)
        found.append(1 / (1 + math.exp(-log_odds)))
    return found
