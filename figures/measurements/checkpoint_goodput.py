"""Share of training time that is kept, over the interval between checkpoints: drawn failure by failure.

A simulation, not a measurement of a cluster. Failure rates are multiples of that of Llama 3's log.
"""

from __future__ import annotations

import numpy as np

from figures import data, paths
from figures.formulas import failures
from figures.lab.checkpointing import kept_share
from figures.measurements import harness

Row = dict[str, float]

GPUS = (1024, 16_384, 131_072)
INTERVALS = (2, 5, 10, 20, 40, 80, 160)  # minutes
SAVE, RESTART = 0.5, 10.0  # minutes
FAILURES = 200_000
SEED = 2026
FOLDER = paths.FIGURES / "distributed_training"


def device_minutes() -> float:
    """Mean time between failures of one GPU of Llama 3's cluster, in minutes."""
    days = data.value("training_runs", "llama3_405b", "logged_time").value
    stops = data.value("training_runs", "llama3_405b", "interruptions").value
    gpus = data.value("training_runs", "llama3_405b", "gpus").value
    return failures.mean_time_between(days * 1440, stops) * gpus


def rows(count: int = FAILURES) -> list[Row]:
    """Every number of GPUs with every interval."""
    found = []
    for gpus in GPUS:
        between = failures.job_failure_time(device_minutes(), gpus)
        for interval in INTERVALS:
            share = kept_share(interval, SAVE, RESTART, between, failures=count, seed=SEED)
            found.append({"gpus": float(gpus), "interval_min": float(interval), "kept": round(share, 5)})
    return found


def measure(commit: str) -> None:
    """Simulate and write the data file."""
    harness.write(
        {FOLDER / "checkpoint_goodput.csv": rows()},
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__}",
        repetitions=FAILURES,
        warm_up=0,
        statistic="training time that is kept over all time, over the failures of the run",
        notes={
            "kind": "simulation",
            "setting": f"saving {SAVE:g} min, restart {RESTART:g} min, seed {SEED}; mean time between failures of "
            f"a GPU {device_minutes() / 1440:.1f} d, from figures/data/training_runs.toml",
            "columns": "gpus; interval_min: training between two checkpoints; kept: share of the time",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
