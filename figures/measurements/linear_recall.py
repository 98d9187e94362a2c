"""What a state of fixed size recalls: four rules of writing, from few pairs to more than it has room for.

A simulation, not a measurement of a model: the memory of ``figures.lab.linear_memory`` with random keys. The same
versions give the same numbers on every machine, but for the last digits.
"""

from __future__ import annotations

import numpy as np

from figures import paths
from figures.lab.linear_memory import Rule, recall
from figures.measurements import harness

Row = dict[str, float]

SUM, DELTA, GATED, SOLVED = 0, 1, 2, 3
NAMES: dict[int, Rule] = {SUM: "sum", DELTA: "delta", GATED: "gated", SOLVED: "solved"}
WIDTH = 64
PAIRS = (8, 16, 24, 32, 48, 64, 96, 128, 192, 256)
DECAY = 0.98
SEEDS = 20
FOLDER = paths.FIGURES / "context_window_scaling"


def tables() -> list[Row]:
    """A row per rule and number of pairs."""
    rows = []
    for rule, name in NAMES.items():
        for pairs in PAIRS:
            runs = [recall(name, pairs, WIDTH, DECAY, seed) for seed in range(1, SEEDS + 1)]
            row: Row = {"rule": rule, "pairs": pairs}
            for column in ("recalled", "newest", "replaced", "error"):
                row[column] = round(float(np.mean([getattr(run, column) for run in runs])), 4)
            rows.append(row)
    return rows


def measure(commit: str) -> None:
    """Run all cases and write the data file."""
    harness.write(
        {FOLDER / "linear_recall.csv": tables()},
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__}",
        repetitions=SEEDS,
        warm_up=0,
        statistic=f"mean over seeds 1 to {SEEDS}",
        notes={
            "kind": "simulation",
            "setting": f"keys and values of unit length in {WIDTH} dimensions; decay {DECAY} per pair",
            "columns": "rule: 0 sum of outer products, 1 delta rule, 2 delta rule with decay, 3 least squares; pairs: "
            "written, in order; recalled: share of the values that are nearest to what their key reads; newest: the "
            "same over the last quarter; replaced: of the oldest quarter of the keys, written again with new values, "
            "the share that reads the new value; error: root mean square, over the length of a value",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
