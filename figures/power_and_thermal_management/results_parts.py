"""Energy of a token from its time, bytes and operations: three constants fitted to some models, tested on others."""

from __future__ import annotations

from dataclasses import dataclass

from figures import data
from figures.data import Datum
from figures.formula import Formula
from figures.formulas import decode_batch, energy_fit, kv_cache, model
from figures.power_and_thermal_management.results_tokens import series
from figures.results import Assumed, Computed, computed
from figures.shapes import cache_shape, head_dim

two_bytes = Assumed(2, "B", "BF16")
one_byte = Assumed(1, "B", "FP8 weights")

# Entry of token_energies.toml, model, bytes of a parameter.
FITTED = (
    ("llama31_8b_h100", "llama3_1_8b", two_bytes),
    ("llama31_70b_h100", "llama3_1_70b", two_bytes),
    ("llama31_405b_h100", "llama3_1_405b", one_byte),
)
PREDICTED = (
    ("qwen3_8b_h100", "qwen3_8b", two_bytes),
    ("qwen3_32b_h100", "qwen3_32b", two_bytes),
    ("qwen3_8b_gpqa_h100", "qwen3_8b", two_bytes),
    ("qwen3_32b_gpqa_h100", "qwen3_32b", two_bytes),
)


@dataclass(frozen=True, slots=True)
class Point:
    """A published energy of a token, and what the formula takes."""

    batch: Datum
    energy: Datum
    time: Computed
    traffic: Computed
    operations: Computed


def points(key: str, model_key: str, width: Assumed) -> list[Point]:
    """All batches of an entry; caches in BF16, and no prompt in the context."""
    entry = data.load("token_energies")[key]
    rates = [value for name, value in entry.items() if name.startswith("rate_") and isinstance(value, Datum)]
    context, gpus = data.value("token_energies", key, "context"), data.value("token_energies", key, "gpus")
    source = ("token_energies", key) if "parameters" in entry else ("models", model_key)
    parameters = data.value(*source, "parameters")
    shape = cache_shape(model_key)
    cache = computed(kv_cache.cache_bytes, context=context, **shape.inputs(two_bytes))
    operations = computed(
        decode_batch.token_operations,
        parameters=parameters,
        query_heads=data.value("models", model_key, "query_heads"),
        head_dim=head_dim(model_key),
        context=context,
        layers=shape.lists()["layers"],
        windows=shape.windows,
    )
    weights = computed(model.weight_bytes, parameters=parameters, parameter_bytes=width)
    return [
        Point(
            batch,
            energy,
            computed(energy_fit.gpu_time, gpus=gpus, rate=rate),
            computed(energy_fit.token_traffic, weights=weights, batch=batch, cache=cache),
            operations,
        )
        for batch, energy, rate in zip(*series(key), rates, strict=True)
    ]


_FITTED = [point for case in FITTED for point in points(*case)]


def constant(formula: Formula[...]) -> Computed:
    """One of the constants of all points that are fitted."""
    return computed(
        formula,
        times=[point.time for point in _FITTED],
        traffics=[point.traffic for point in _FITTED],
        operations=[point.operations for point in _FITTED],
        energies=[point.energy for point in _FITTED],
    )


fitted_static = constant(energy_fit.static_constant)
fitted_byte = constant(energy_fit.byte_constant)
fitted_operation = constant(energy_fit.operation_constant)


def off(point: Point) -> Computed:
    """By what share the formula is off at a point."""
    predicted = computed(
        energy_fit.parts_energy,
        static=fitted_static,
        time=point.time,
        byte_energy=fitted_byte,
        traffic=point.traffic,
        operation_energy=fitted_operation,
        operations=point.operations,
    )
    return computed(energy_fit.residual, predicted=predicted, measured=point.energy)


_fit_residuals = [off(point) for point in _FITTED]
_test_residuals = [off(point) for case in PREDICTED for point in points(*case)]
fit_least, fit_most = (pick(_fit_residuals, key=lambda one: one.value) for pick in (min, max))
test_least, test_most = (pick(_test_residuals, key=lambda one: one.value) for pick in (min, max))
