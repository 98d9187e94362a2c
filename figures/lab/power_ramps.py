"""Power at the meter of a load whose changes are slowed down: by burning the rest, or by a store."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def burning(trace: Array, step: float, ramp: float) -> Array:
    """The load with a dummy load beside it, which lets the power fall no faster than a ramp; it may rise at once.

    Args:
        trace: power of the load over time.
        step: time between two entries, in s.
        ramp: steepest fall, in the unit of the power per second.
    """
    found = np.array(trace, dtype=np.float64)
    for index in range(1, trace.size):
        found[index] = max(trace[index], found[index - 1] - ramp * step)
    return found


def storing(trace: Array, step: float, ramp: float) -> Array:
    """The load behind a store without losses, which lets the power neither fall nor rise faster than a ramp.

    Args:
        trace: power of the load over time.
        step: time between two entries, in s.
        ramp: steepest change, in the unit of the power per second.
    """
    found = np.array(trace, dtype=np.float64)
    for index in range(1, trace.size):
        change = trace[index] - found[index - 1]
        found[index] = found[index - 1] + min(max(change, -ramp * step), ramp * step)
    return found


def burnt(trace: Array, met: Array, step: float) -> float:
    """Energy of the dummy load."""
    return float((met - trace).sum() * step)


def capacity(trace: Array, met: Array, step: float) -> float:
    """Usable energy of the store: from its emptiest to its fullest moment."""
    return float(np.ptp(np.cumsum(met - trace) * step))
