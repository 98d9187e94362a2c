"""The time of a step as a sum of three parts, fitted to measured steps.

A step takes a fixed time for the weights and for starting its work, a time for every byte of cache that it reads, and
one for every operation. Nothing overlaps: on one thread of a CPU the truth is nearer to that than to the roofline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from figures.formulas import batching, kv_cache
from figures.lab.scheduler.state import Work


class StepFit(NamedTuple):
    """Fixed seconds of a step, bytes of cache per second, operations per second."""

    fixed: float
    bandwidth: float
    rate: float

    def seconds(self, cache_bytes: float, operations: float) -> float:
        """Time of a step that reads so much cache and does so many operations."""
        return self.fixed + cache_bytes / self.bandwidth + operations / self.rate


def fit(steps: Iterable[tuple[float, float, float]]) -> StepFit:
    """Least squares of the relative errors over bytes of cache, operations and seconds of steps.

    Raises:
        ValueError: the rows do not determine three positive numbers.
    """
    rows = list(steps)
    times = np.array([seconds for _, _, seconds in rows])
    parts = np.array([[1.0, cache_bytes, operations] for cache_bytes, operations, _ in rows])
    scale = parts.max(axis=0)
    found, _, rank, _ = np.linalg.lstsq(parts / scale / times[:, None], np.ones(len(rows)), rcond=None)
    if rank < 3 or not (found > 0).all():
        raise ValueError(f"{len(rows)} steps do not determine fixed time, bandwidth and rate: {found / scale}")
    fixed, per_byte, per_operation = (found / scale).tolist()
    return StepFit(fixed, 1 / per_byte, 1 / per_operation)


@dataclass(frozen=True, slots=True)
class FittedStep:
    """A fit as the step time of the scheduler simulator, for a model of one size.

    ``parameters`` are those that every position passes; ``head_parameters``, of the output layer, are passed once per
    sequence and step.
    """

    fit: StepFit
    parameters: int
    head_parameters: int
    layers: int
    query_heads: int
    head_dim: int
    growth: float

    def __call__(self, works: Sequence[Work]) -> float:
        """Seconds of a step from the parts of its sequences."""
        prefixes = [work.prefix for work in works]
        operations = batching.step_operations(
            prefixes, [work.chunk for work in works], self.parameters, self.layers, self.query_heads, self.head_dim
        )
        operations += 2 * self.head_parameters * len(works)
        return self.fit.seconds(kv_cache.added_bytes(sum(prefixes), self.growth), operations)
