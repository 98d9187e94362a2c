"""Power that many servers draw together: percentiles of summed traces, and how many servers fit behind a feed.

Not a measurement of servers: ``figures.lab.power_traces`` draws their phases from seeds. The same versions give the
same numbers on every machine.
"""

from __future__ import annotations

import numpy as np

from figures import paths
from figures.lab.power_traces import Phase, serving, surging
from figures.measurements import harness

Row = dict[str, float]

FOLDER = paths.FIGURES / "power_and_thermal_management"
# Prefill, decode and idle of a server in W and s: 6 kW on average with a standard deviation of 1.5 kW.
PHASES = (Phase(10_000, 0.9), Phase(6_000, 8.06), Phase(3_500, 1.44))
ALONE, TOGETHER = 0, 1
COMMON = 0.4  # correlation of demands
SECONDS, STEP = 20_000.0, 0.5  # of traces
TIMES = 40_000  # glances at servers with a common demand
RISK = 0.001
COUNTS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
FEED = 1e6  # W
SEED = 16


def percentile(kind: int, count: int) -> float:
    """Power that so many servers exceed in a thousandth of the time, in W."""
    if kind == ALONE:
        total = serving(PHASES, count, SECONDS, STEP, SEED).sum(axis=0)
    else:
        total = surging(PHASES, COMMON, count, TIMES, SEED)
    return float(np.quantile(total, 1 - RISK))


def correlation() -> float:
    """Correlation of the powers of two servers with a common demand, from the variance of many."""
    count = 64
    one, many = (surging(PHASES, COMMON, servers, TIMES, SEED).var() for servers in (1, count))
    return float((many / (count * one) - 1) / (count - 1))


def fitting(kind: int) -> int:
    """Servers that fit behind the feed: the most whose percentile is within it."""
    low, high = 1, 400
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if percentile(kind, middle) <= FEED else (low, middle)
    return low


def measure(commit: str) -> None:
    """Simulate both kinds of servers and write the data files."""
    rows = [
        {"kind": kind, "servers": count, "percentile": percentile(kind, count)}
        for kind in (ALONE, TOGETHER)
        for count in COUNTS
    ]
    fits = [
        {"kind": kind, "servers": fitting(kind), "correlation": correlation() if kind == TOGETHER else 0.0}
        for kind in (ALONE, TOGETHER)
    ]
    harness.write(
        {FOLDER / "oversubscription.csv": rows, FOLDER / "oversubscription_fits.csv": fits},
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__}",
        repetitions=1,
        warm_up=0,
        statistic=f"quantile at {1 - RISK:g} over the times of one seeded simulation",
        notes={
            "kind": "simulation of servers that prefill, decode and idle, at 10, 6 and 3.5 kW for 0.9, 8.06 and 1.44 s "
            "on average",
            "columns": f"kind: 0 independent traces of {SECONDS:g} s in steps of {STEP:g} s, 1 demands that are "
            f"correlated by {COMMON:g}, {TIMES} times; servers: how many, or how many fit behind {FEED / 1e6:g} MW; "
            "percentile: of their power together, W; correlation: of the powers of two servers",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
