"""Schedule of layers that are fetched over one link into a few buffers and computed by one device."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Interval(NamedTuple):
    """When one layer is fetched and computed, in seconds."""

    load_start: float
    load_end: float
    compute_start: float
    compute_end: float


def schedule(steps: Sequence[tuple[float, float]], buffers: int) -> list[Interval]:
    """Fetch and compute layers in order, each as early as it can be.

    The link carries one layer at a time, the device computes one at a time, and a layer holds its buffer from the
    start of its fetch to the end of its computation.

    Args:
        steps: for each layer, the seconds to fetch it (none if it is resident) and to compute it.
        buffers: layers that can be held at a time.

    Raises:
        ValueError: no buffer.
    """
    if buffers < 1:
        raise ValueError(f"{buffers} buffers; a layer needs one")
    done: list[Interval] = []
    for place, (load, compute) in enumerate(steps):
        free = done[place - buffers].compute_end if place >= buffers else 0.0
        load_start = max(free, done[-1].load_end if done else 0.0)
        load_end = load_start + load
        compute_start = max(load_end, done[-1].compute_end if done else 0.0)
        done.append(Interval(load_start, load_end, compute_start, compute_start + compute))
    return done


def makespan(intervals: Sequence[Interval]) -> float:
    """When the last layer is computed."""
    return max(interval.compute_end for interval in intervals)
