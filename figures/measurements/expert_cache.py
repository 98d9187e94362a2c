"""Hit rate of a cache of experts against its size, replayed token by token, beside Che's approximation.

A simulation, not a measurement of a model: requests are drawn by ``figures.lab.expert_cache``, independently from
token to token, equally or with popularities that fall with the rank. Nothing is timed, and the seed makes the file the
same everywhere.
"""

from __future__ import annotations

import numpy as np

from figures import paths
from figures.lab.expert_cache import SEED, che_hit_rate, draws, inclusions, pinned_hit_rate, popularity
from figures.lab.expert_cache import simulated_hit_rate as simulated
from figures.measurements import harness

EXPERTS, ACTIVE = 256, 8  # of a layer of DeepSeek-V3
EXPONENTS = (0.0, 0.5, 1.0)
CAPACITIES = (8, 16, 32, 48, 64, 96, 128, 160, 192, 224)
TOKENS, WARM_UP = 20_000, 4_000
FOLDER = paths.FIGURES / "memory_hierarchy_and_offloading"


def rows() -> list[dict[str, float]]:
    """A row per exponent and capacity."""
    found = []
    for exponent in EXPONENTS:
        chosen = draws(popularity(EXPERTS, exponent), ACTIVE, TOKENS)
        rates = [float(rate) for rate in inclusions(chosen, EXPERTS)]
        exact = [ACTIVE / EXPERTS] * EXPERTS if exponent == 0 else rates
        found += [
            {
                "exponent": exponent,
                "capacity": capacity,
                "simulated": simulated(chosen, capacity, WARM_UP),
                "che": che_hit_rate(exact, capacity),
                "pinned": pinned_hit_rate(exact, capacity),
            }
            for capacity in CAPACITIES
        ]
    return found


def measure(commit: str) -> None:
    """Replay all cases and write the data file."""
    harness.write(
        {FOLDER / "expert_cache.csv": rows()},
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__}",
        repetitions=1,
        warm_up=0,
        statistic="hits counted, nothing timed",
        notes={
            "kind": "simulation",
            "case": f"{EXPERTS} experts of a layer, {ACTIVE} different ones per token, {TOKENS} tokens of which the "
            f"first {WARM_UP} are not counted, seed {SEED}",
            "exponent": "the popularity of an expert is its rank to the power of minus this; 0 for equal popularity",
            "columns": "hit rates: of least recently used experts, replayed; by Che's approximation with the shares of "
            "tokens that asked for each expert; of the most popular experts, kept for good",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
