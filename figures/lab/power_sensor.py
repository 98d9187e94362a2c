"""A power sensor: it averages over a window before each reading, and reads at intervals."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def readings(trace: Array, window: int, update: int, lead: int) -> Array:
    """What the sensor reports during a run.

    Args:
        trace: power over time in its last axis, with a lead before the run.
        window: entries that a reading averages, at most ``lead + update``.
        update: entries from one reading to the next; the first comes so long after the beginning of the run.
        lead: entries before the run.
    """
    sums = np.concatenate([np.zeros((*trace.shape[:-1], 1)), np.cumsum(trace, axis=-1)], axis=-1)
    ends = np.arange(lead + update, trace.shape[-1] + 1, update)
    return np.asarray((sums[..., ends] - sums[..., ends - window]) / window)
