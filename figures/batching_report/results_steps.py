"""Numbers of the article on batching that a small decoder on a CPU gives: its steps, and a loop of such steps."""

from __future__ import annotations

from figures import paths
from figures.formulas import compare, reuse
from figures.measurement import read
from figures.measurements.batching_loop import APART, CHUNKED, COUNT, RATES
from figures.measurements.decoder_steps import GQA, work
from figures.results import Assumed, Computed, Measured, computed

_FOLDER = paths.FIGURES / "batching_report"
_STEPS = read(_FOLDER / "decoder_steps.csv")
_ROOFS = read(_FOLDER / "decoder_steps_roofs.csv")
_FIT = read(_FOLDER / "decoder_steps_fit.csv")
_SERVED = read(_FOLDER / "batching_loop.csv")
_LOOP = read(_FOLDER / "batching_loop_summary.csv")
_POLICIES = {APART: "prompts apart", CHUNKED: "chunked"}


def _step(batch: int) -> Measured:
    cell = _STEPS.cell("median_s", kv_heads=GQA, batch=batch, context=1024, positions=1)
    return Measured(_STEPS, f"median time of a step, batch {batch}, 1,024 cached tokens each", cell, "s")


def _loop(policy: int, column: str, what: str) -> Measured:
    cell = _LOOP.cell(column, policy=policy, rate=RATES[-1])
    return Measured(_LOOP, f"{what}, {_POLICIES[policy]}, 1.8 requests per second", cell, "s")


def _over(first: Measured, second: Measured) -> Computed:
    return computed(compare.time_ratio, first=first, second=second)


cpu_copy = Measured(_ROOFS, "memory copied, bytes read plus bytes written", _ROOFS.cell("copy"), "B/s")
cpu_gemm = Measured(_ROOFS, "rate of a product of two matrices of 1,024 rows", _ROOFS.cell("gemm"), "FLOP/s")
cpu_step_1, cpu_step_2, cpu_step_64 = _step(1), _step(2), _step(64)
cpu_64_over_1, cpu_2_over_1 = _over(cpu_step_64, cpu_step_1), _over(cpu_step_2, cpu_step_1)
_row = next(row for row in _STEPS.rows if (row["kv_heads"], row["batch"], row["context"]) == (GQA, 64, 1024))
_operations = Measured(_STEPS, "operations of a step, batch 64, 1,024 cached tokens each", work(_row), "FLOP")
cpu_64_bound = computed(reuse.recompute_time, operations=_operations, rate=cpu_gemm)
cpu_64_over_bound = computed(compare.time_ratio, first=cpu_step_64, second=cpu_64_bound)
fit_fixed = Measured(_FIT, "fixed time of a step by the fit", _FIT.cell("fixed_s"), "s")
fit_bandwidth = Measured(_FIT, "bytes of cache per second by the fit", _FIT.cell("bandwidth"), "B/s")
fit_rate = Measured(_FIT, "operations per second by the fit", _FIT.cell("rate"), "FLOP/s")
fit_steps = Measured(_FIT, "steps that the fit is made from", _FIT.cell("steps"), "1")
fit_typical = Measured(_FIT, "median of the relative errors of the fit", _FIT.cell("typical_error"), "1")
fit_worst = Measured(_FIT, "largest relative error of the fit", _FIT.cell("worst_error"), "1")
loop_requests = Assumed(COUNT, "1", "requests to the small engine at each rate")
loop_rate = Measured(_SERVED, "requests per second", _SERVED.rows[-1]["rate"], "1/s")
loop_apart_ttft, loop_chunked_ttft = (_loop(each, "ttft_s", "mean TTFT measured") for each in _POLICIES)
loop_apart_ttft_said, loop_chunked_ttft_said = (
    _loop(each, "predicted_ttft_s", "mean TTFT predicted") for each in _POLICIES
)
loop_apart_tpot, loop_chunked_tpot = (_loop(each, "tpot_s", "mean TPOT measured") for each in _POLICIES)
loop_apart_tpot_said, loop_chunked_tpot_said = (
    _loop(each, "predicted_tpot_s", "mean TPOT predicted") for each in _POLICIES
)
