"""Experts of one layer in a least-recently-used cache: simulated, and by Che's approximation.

Popularity follows a power law of the rank. Each token asks for several different experts, drawn one after the other
in proportion to their popularity without repetition, independently of other tokens.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from figures.formulas import caching
from figures.lab.lru_cache import BlockCache, characteristic_time

SEED = 2026


def popularity(experts: int, exponent: float) -> NDArray[np.float64]:
    """Shares of the experts, the most popular first: a power of the rank; 0 for equal shares."""
    shares = np.arange(1, experts + 1, dtype=float) ** -exponent
    result: NDArray[np.float64] = shares / shares.sum()
    return result


def draws(shares: NDArray[np.float64], active: int, tokens: int, seed: int = SEED) -> NDArray[np.intp]:
    """For each token, the experts that it asks for (Gumbel's trick: the largest perturbed logarithms)."""
    noise = np.random.default_rng(seed).gumbel(size=(tokens, len(shares)))
    chosen: NDArray[np.intp] = np.argpartition(-(np.log(shares) + noise), active - 1, axis=1)[:, :active]
    return chosen


def simulated_hit_rate(chosen: NDArray[np.intp], capacity: int, warm_up: int) -> float:
    """Share of the requests after ``warm_up`` tokens that a cache of ``capacity`` experts answers."""
    cache = BlockCache(capacity)
    hits = 0
    for place, experts in enumerate(chosen.tolist()):
        if place >= warm_up:
            hits += sum(expert in cache for expert in experts)
        cache.keep(experts)
    return hits / (chosen[warm_up:].size)


def inclusions(chosen: NDArray[np.intp], experts: int) -> NDArray[np.float64]:
    """For each expert, the share of the tokens that asked for it."""
    counts: NDArray[np.float64] = np.bincount(chosen.ravel(), minlength=experts) / len(chosen)
    return counts


def che_hit_rate(rates: Sequence[float], capacity: float) -> float:
    """Hit rate by Che's approximation, experts asked for independently at these rates per token."""
    if capacity >= len(rates):
        return 1.0
    return caching.hit_rate(rates, characteristic_time(rates, capacity))


def pinned_hit_rate(rates: Sequence[float], capacity: int) -> float:
    """Hit rate if the most popular experts stay for good: the best that a fixed choice can do."""
    ordered = sorted(rates, reverse=True)
    return float(sum(ordered[:capacity]) / sum(ordered))
