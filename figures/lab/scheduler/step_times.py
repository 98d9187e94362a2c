"""The two-resource roofline as the time of a step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from figures.formulas import batching, kv_cache
from figures.lab.scheduler.state import Work


@dataclass(frozen=True, slots=True)
class Roofline:
    """A dense model on GPUs that share it evenly; arguments as in ``batching.mixed_step_time``.

    Attributes:
        weights: bytes of the weights.
        parameters: parameters that every token passes.
        layers: layers of the model.
        query_heads: query heads of a layer.
        head_dim: dimension of a head.
        growth: bytes of cache of one token.
        gpus: GPUs.
        bandwidth: peak memory bandwidth of one GPU, in B/s.
        bandwidth_share: share of it that is achieved.
        peak: peak arithmetic rate of one GPU, in FLOP/s.
        utilization: share of it that is achieved.
        overhead: seconds per step beside both.
    """

    weights: float
    parameters: float
    layers: int
    query_heads: int
    head_dim: int
    growth: float
    gpus: int
    bandwidth: float
    bandwidth_share: float
    peak: float
    utilization: float
    overhead: float

    def __call__(self, works: Sequence[Work]) -> float:
        """Seconds of a step; a chunk of a prompt reads the cache of what came before it, as a token does."""
        prefixes = [work.prefix for work in works]
        readers = sum(1 for prefix in prefixes if prefix)
        operations = batching.step_operations(
            prefixes,
            [work.chunk for work in works],
            self.parameters,
            self.layers,
            self.query_heads,
            self.head_dim,
        )
        return batching.mixed_step_time(
            self.weights,
            readers,
            kv_cache.added_bytes(sum(prefixes), self.growth) / max(1, readers),
            operations,
            self.gpus,
            self.bandwidth,
            self.bandwidth_share,
            self.peak,
            self.utilization,
            self.overhead,
        )
