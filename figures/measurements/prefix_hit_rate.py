"""Token hit rate of an LRU prefix cache against its size, replayed for two kinds of conversation.

A simulation, not a measurement of a server: the traffic is that of ``figures.lab.prefix_workload``, drawn from a
seed. The same versions give the same numbers on every machine. Beside each replayed rate stands what Che's
approximation expects without any replay.
"""

from __future__ import annotations

from dataclasses import asdict

import numpy as np

from figures import paths
from figures.lab.prefix_workload import BLOCK, Workload, replay, requests
from figures.measurements import harness

Row = dict[str, float]

CHAT, AGENT = 1, 2
WORKLOADS = {
    CHAT: Workload(system=512, question=128, answer=384, turns=6, gap=90.0, starts=1.0),
    AGENT: Workload(system=12_288, question=1888, answer=352, turns=33, gap=20.0, starts=0.1),
}
CAPACITIES = tuple(2 ** (half / 2) for half in range(28, 47))  # 16 Ki to 8 Mi tokens
SEEDS = 5
SPAN, WARM_UP = 12, 4  # multiples of a conversation's mean duration: all that is replayed, and what is not counted
FOLDER = paths.FIGURES / "kv_cache_optimization"


def tables() -> list[Row]:
    """A row per workload and size."""
    rows = []
    for number, workload in WORKLOADS.items():
        duration = (workload.turns - 1) * workload.gap
        conversations = round(SPAN * duration * workload.starts)
        traffics = [requests(workload, conversations, seed) for seed in range(1, SEEDS + 1)]
        # After the last start conversations only end: the replay stops there.
        traffics = [[one for one in traffic if one.time < SPAN * duration * 0.95] for traffic in traffics]
        for size in CAPACITIES:
            capacity = round(size / BLOCK) * BLOCK
            found = [replay(traffic, capacity, WARM_UP * duration) for traffic in traffics]
            low, middle, high = (round(float(each), 4) for each in np.percentile(found, (25, 50, 75)))
            expected = round(workload.expected(capacity), 4)
            rows.append(
                {"workload": number, "tokens": capacity, "hit_rate": middle, "hit_rate_q1": low, "hit_rate_q3": high}
                | {"che": expected}
            )
    return rows


def measure(commit: str) -> None:
    """Replay all cases and write the data file."""
    kinds = "; ".join(
        f"{number}: " + ", ".join(f"{name} {value:g}" for name, value in asdict(workload).items())
        for number, workload in WORKLOADS.items()
    )
    harness.write(
        {FOLDER / "prefix_hit_rate.csv": tables()},
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__}",
        repetitions=SEEDS,
        warm_up=0,
        statistic=f"median over seeds 1 to {SEEDS}, with lower and upper quartile",
        notes={
            "kind": "simulation",
            "workload": f"{kinds} (lengths in tokens, gap in seconds, starts of conversations per second)",
            "replay": f"{SPAN} times a conversation's mean duration, the first {WARM_UP} not counted",
            "columns": "tokens: size of the cache; hit_rate: cached prompt tokens over prompt tokens; che: the same "
            "by Che's approximation for conversations, figures/formulas/caching.py",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
