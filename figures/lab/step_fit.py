"""The time of a step as a sum of three parts, fitted to measured steps.

A step takes a fixed time for the weights and for starting its work, a time for every byte of cache that it reads, and
one for every operation. Nothing overlaps: on one thread of a CPU the truth is nearer to that than to the roofline.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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


def fit(steps: Iterable[Mapping[str, float]]) -> StepFit:
    """Least squares of the relative errors over rows with ``cache_bytes``, ``operations`` and ``median_s``.

    Raises:
        ValueError: the rows do not determine three positive numbers.
    """
    rows = list(steps)
    times = np.array([row["median_s"] for row in rows])
    parts = np.array([[1.0, row["cache_bytes"], row["operations"]] for row in rows])
    scale = parts.max(axis=0)
    found, _, rank, _ = np.linalg.lstsq(parts / scale / times[:, None], np.ones(len(rows)), rcond=None)
    if rank < 3 or not (found > 0).all():
        raise ValueError(f"{len(rows)} steps do not determine fixed time, bandwidth and rate: {found / scale}")
    fixed, per_byte, per_operation = (found / scale).tolist()
    return StepFit(fixed, 1 / per_byte, 1 / per_operation)


class FittedStep(NamedTuple):
    """A fit as the step time of the scheduler simulator, for a model of one size."""

    fit: StepFit
    parameters: int
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
        return self.fit.seconds(kv_cache.added_bytes(sum(prefixes), self.growth), operations)
