"""Energy that two power sensors report of a load that alternates, and of a run after idle time: simulated.

Not a measurement of a GPU: ``figures.lab.power_sensor`` reads the traces of ``figures.lab.power_traces``, whose phases
are drawn from a seed. The same versions give the same numbers on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from figures import paths
from figures.lab.power_sensor import readings
from figures.lab.power_traces import Phase, training
from figures.measurements import harness

Row = dict[str, float]

FOLDER = paths.FIGURES / "power_and_thermal_management"
STEP = 0.0005  # s
HIGH, LOW, SHARE = 600.0, 200.0, 0.5  # W, W, share of a cycle at the higher power
UPDATE = 0.1  # s
SHORT, LONG = 0.025, 1.0  # s, averaging windows
CYCLES = (0.0131, 0.0173, 0.02, 0.0231, 0.03, 0.0397, 0.05, 0.063, 0.083, 0.1, 0.127, 0.171, 0.31, 0.53, 1.3, 3.1)
COUNTS = (10, 100)  # readings of a run
RUNS = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)  # s
PHASES, SEED = 300, 16


@dataclass(frozen=True, slots=True)
class Case:
    """A sensor, a load and a run."""

    window: float
    cycle: float
    count: int


def error(case: Case) -> float:
    """Root mean square of the relative error of the energy over random phases."""
    lead = round(1 / STEP)
    busy, wait = Phase(HIGH, SHARE * case.cycle), Phase(LOW, (1 - SHARE) * case.cycle)
    seconds = 1 + case.count * UPDATE
    trace = training(busy, wait, PHASES, seconds, STEP, SEED, together=False)
    found = readings(trace, round(case.window / STEP), round(UPDATE / STEP), lead).mean(axis=1)
    truth = trace[:, lead:].mean(axis=1)
    mean = SHARE * HIGH + (1 - SHARE) * LOW
    return float(np.sqrt(np.mean((found - truth) ** 2)) / mean)


def shown(window: float, run: float) -> float:
    """Energy that readings show during a run at the high power after idle time at the low one, over the true one."""
    lead = round(LONG / STEP)
    trace = np.concatenate([np.full(lead, LOW), np.full(round(run / STEP), HIGH)])
    return float(readings(trace, round(window / STEP), round(UPDATE / STEP), lead).mean() / HIGH)


def measure(commit: str) -> None:
    """Simulate all cases and write the data files."""
    errors = [
        {"window": window, "cycle": cycle, "count": count, "error": error(Case(window, cycle, count))}
        for window in (SHORT, LONG)
        for count in COUNTS
        for cycle in CYCLES
    ]
    late = [{"window": window, "run": run, "shown": shown(window, run)} for window in (SHORT, LONG) for run in RUNS]
    harness.write(
        {FOLDER / "sensor_error.csv": errors, FOLDER / "sensor_lag.csv": late},
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__}",
        repetitions=PHASES,
        warm_up=0,
        statistic="root mean square over random phases of the load; the run after idle time has none",
        notes={
            "kind": f"simulation in steps of {STEP * 1e3:g} ms: a sensor that averages over a window and reads every "
            f"{UPDATE * 1e3:g} ms; {HIGH:g} W and {LOW:g} W, half and half",
            "columns": "window: of averaging, s; cycle: of the load, s; count: readings in a run; error: of energy, "
            "over the mean; run: length after idle time, s; shown: energy of the readings over the true one",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
