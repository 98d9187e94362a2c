"""What the scheduler simulator predicts for the small engine's requests, beside what they really waited for.

The time of a step is fitted to steps measured one at a time (``decoder_steps``), not to the engine; the policies are
the simulator's own. Nothing is timed here: the same data files give the same numbers.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

import numpy as np

from figures.lab.scheduler import metrics
from figures.lab.scheduler.engine import Machine, Record, simulate
from figures.lab.scheduler.policies import Chunked, Continuous
from figures.lab.scheduler.state import Policy
from figures.lab.scheduler.workload import poisson
from figures.lab.step_fit import FittedStep, StepFit, fit
from figures.measurement import read
from figures.measurements import batching_loop, decoder_steps, harness
from figures.measurements.batching_loop import APART, BATCH, BUDGET, CHUNKED, RATES

Row = dict[str, float]
POLICIES: dict[int, Policy] = {APART: Continuous(BATCH, prompts_apart=True), CHUNKED: Chunked(BATCH, BUDGET)}
FOLDER = decoder_steps.FILE.parent
MANY = 0.9  # of the requests whose TTFT the percentile does not exceed


def fitted() -> StepFit:
    """The time of a step with grouped-query attention."""
    return fit(measured_steps())


def measured_steps() -> Sequence[tuple[float, float, float]]:
    """Bytes of cache, operations and seconds of every measured step with grouped-query attention."""
    rows = [row for row in read(decoder_steps.FILE).rows if row["kv_heads"] == decoder_steps.GQA]
    return [(row["cache_bytes"], decoder_steps.work(row), row["median_s"]) for row in rows]


def predicted(policy: int, rate: float, step: StepFit) -> Sequence[Record]:
    """What the simulator says of the requests that the engine served."""
    size = decoder_steps.SIZES[decoder_steps.GQA]
    growth, head = decoder_steps.BYTES * size.cached_elements, size.vocabulary * size.width
    time = FittedStep(step, size.parameters - head, head, size.layers, size.heads, size.head_dim, growth)
    requests = poisson(batching_loop.COUNT, rate, batching_loop.PROMPT, batching_loop.ANSWER, batching_loop.SEED)
    return simulate(requests, Machine(POLICIES[policy], time)).records


def tables() -> dict[str, list[Row]]:
    """Per request both times of first and last token; per run TTFT and TPOT; the fit and its errors."""
    step = fitted()
    requests, runs = [], []
    served = read(batching_loop.FILE).rows
    for rate in RATES:
        for policy in POLICIES:
            records = predicted(policy, rate, step)
            rows = [row for row in served if row["rate"] == rate and row["policy"] == policy]
            pairs = [
                {"policy": policy, "rate": rate, "request": row["request"], "answer": row["answer"]}
                | {"ttft_s": row["first_s"] - row["arrival_s"], "predicted_ttft_s": metrics.ttft(record)}
                | {"lasting_s": row["last_s"] - row["first_s"]}
                | {"predicted_lasting_s": record.finish - record.tokens[0]}
                for row, record in zip(rows, records, strict=True)
            ]
            requests += pairs
            runs.append({"policy": policy, "rate": rate} | summary(pairs, "") | summary(pairs, "predicted_"))
    errors = [step.seconds(cache, operations) / seconds - 1 for cache, operations, seconds in measured_steps()]
    return {
        "batching_loop_predicted.csv": requests,
        "batching_loop_summary.csv": runs,
        "decoder_steps_fit.csv": [
            {"fixed_s": step.fixed, "bandwidth": step.bandwidth, "rate": step.rate, "steps": len(errors)}
            | {"typical_error": statistics.median(map(abs, errors)), "worst_error": max(map(abs, errors))}
        ],
    }


def summary(pairs: Sequence[Row], prefix: str) -> Row:
    """Mean and 90th percentile of TTFT, and mean TPOT of the requests that have one."""
    ttft = [row[f"{prefix}ttft_s"] for row in pairs]
    tpot = [row[f"{prefix}lasting_s"] / (row["answer"] - 1) for row in pairs if row["answer"] > 1]
    named: dict[str, Callable[[], float]] = {
        "ttft_s": lambda: statistics.fmean(ttft),
        "ttft_p90_s": lambda: metrics.percentile(ttft, MANY),
        "tpot_s": lambda: statistics.fmean(tpot),
    }
    return {f"{prefix}{name}": value() for name, value in named.items()}


def measure(commit: str) -> None:
    """Simulate all runs and write the data files."""
    harness.write(
        {FOLDER / name: rows for name, rows in tables().items()},
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__}",
        repetitions=1,
        warm_up=0,
        statistic="means over requests, 90th percentile of TTFT; median and largest relative error of the fit",
        notes={
            "kind": "simulation of figures/measurements/batching_loop.py beside its times",
            "step time": "fixed time, cache bytes over a bandwidth, operations over a rate; fitted by least squares of "
            "relative errors to figures/batching_report/decoder_steps.csv, 4 KV heads",
            "columns": "lasting: from first to last token",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
