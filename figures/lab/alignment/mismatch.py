"""A sampler whose probabilities are not quite those of the trainer: what importance ratios of long answers become."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from figures.lab.alignment import policies

Array = NDArray[np.float64]


def token_logs(tokens: int, answers: int, vocabulary: int, noise: float, rng: np.random.Generator) -> Array:
    """Logarithms of trainer over sampler for each token of each answer; the sampler's logits have ``noise`` added.

    Every token has a context of its own: fresh logits of standard deviation 3, of which the sampler draws.
    """
    found = np.empty((answers, tokens))
    for token in range(tokens):
        logits = rng.normal(0, 3, (answers, vocabulary))
        trainer = policies.softmax(logits)
        sampler = policies.softmax(logits + rng.normal(0, noise, logits.shape))
        drawn = (sampler.cumsum(axis=1) > rng.random((answers, 1))).argmax(axis=1)[:, None]
        ratio = np.take_along_axis(trainer, drawn, 1) / np.take_along_axis(sampler, drawn, 1)
        found[:, token] = np.log(ratio)[:, 0]
    return found


def effective(logs: Array) -> float:
    """Effective sample size over sample size of weights that are given by their logarithms."""
    weights = np.exp(logs - logs.max())
    return float(weights.sum() ** 2 / (weights**2).sum() / weights.size)


def kept(logs: Array, low: float, high: float) -> float:
    """Share of ratios, given by their logarithms, that lie within bounds."""
    return float(((logs >= np.log(low)) & (logs <= np.log(high))).mean())
