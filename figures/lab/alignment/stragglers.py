"""A sampler that waits for its longest answer, one that starts more than it needs, and one that never waits."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sampler:
    """Places, and the time of a decode step: a part that does not depend on the answers in it, and one per answer."""

    places: int
    fixed: float
    each: float

    def time(self, lengths: Array, until: int | None = None) -> float:
        """Time of sampling answers that start together, or of the first ``until`` of them to be done."""
        ends = np.sort(lengths)
        last = ends[-1] if until is None else ends[until - 1]
        steps = float(last)
        tokens = float(np.minimum(lengths, last).sum())
        return self.fixed * steps + self.each * tokens


@dataclass(frozen=True, slots=True)
class Rollout:
    """Time per batch, mean length of the answers that are used, and of all that were asked for."""

    time: float
    used: float
    asked: float


def together(sampler: Sampler, lengths: Array) -> Rollout:
    """Rows are batches: all answers of a batch start together, and the longest is waited for."""
    times = [sampler.time(batch) for batch in lengths]
    return Rollout(float(np.mean(times)), float(lengths.mean()), float(lengths.mean()))


def oversampled(sampler: Sampler, lengths: Array, wanted: int) -> Rollout:
    """More answers start than are wanted; the first ``wanted`` are used, and the others are thrown away."""
    times = [sampler.time(batch, wanted) for batch in lengths]
    used = np.sort(lengths, axis=1)[:, :wanted]
    return Rollout(float(np.mean(times)), float(used.mean()), float(lengths.mean()))


def streamed(sampler: Sampler, lengths: Array, batch: int) -> Rollout:
    """Every place takes the next answer as soon as it is free; a batch is used when so many are done.

    Counted from the first quarter of the answers on, while all places are taken.
    """
    free = [0.0] * sampler.places
    starts, ends = [], []
    for length in lengths.ravel():
        starts.append(heapq.heappop(free))
        ends.append(starts[-1] + float(length))
        heapq.heappush(free, ends[-1])
    begin, end = starts[len(starts) // 4], starts[-1]
    done = np.array([begin < one <= end for one in ends])
    steps = (end - begin) / int(done.sum())
    time = steps * batch * (sampler.fixed + sampler.each * sampler.places)
    return Rollout(time, float(lengths.ravel()[done].mean()), float(lengths.mean()))
