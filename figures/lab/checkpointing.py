"""A run that fails and returns to its last checkpoint: drawn failure by failure, with no formula for the loss."""

from __future__ import annotations

import numpy as np


def kept_share(interval: float, save: float, restart: float, between: float, *, failures: int, seed: int) -> float:
    """Training time that is kept, over all time, of a run with so many failures.

    Failures come at a constant rate, also while the run saves or restarts; each returns it to its last checkpoint.
    All times are in one unit.
    """
    source = np.random.default_rng(seed)
    clock, kept, restarting = 0.0, 0.0, 0.0
    for failure in source.exponential(between, failures):
        clock += failure
        working = max(0.0, failure - restarting)
        kept += (working // (interval + save)) * interval
        restarting = restart  # from here on it restarts, and does so again if it fails meanwhile
    return float(kept / clock)
