"""Calculators of the article: how large the cache of one sequence grows, and how many sequences fit."""

from __future__ import annotations

from figures import data
from figures.calculators import Calculator, Field, Option, Output, Preset
from figures.data import Datum
from figures.formulas import kv_cache, model
from figures.kv_cache_optimization import results
from figures.results import Source
from figures.shapes import cache_shape

LONGEST = 100_000_000  # tokens; no model comes near, and every result stays exact below it

LAYERS = Field("layers", "Layers", None, 1, 1000)
ELEMENTS = Field("elements", "Elements per entry", None, 1, 1_000_000)
WINDOWS = Field("windows", "Window", None, 0, LONGEST)
STRIDES = Field("strides", "Tokens per entry", None, 1, 100_000)
ELEMENT_BYTES = Field(
    "element_bytes", "Bytes per element", 2, 0.25, 8, help="bytes of one cached element: 2 for BF16, 1 for FP8"
)


def _models(*more: str) -> Preset:
    """All models that have the fields ``more`` besides the shape of their cache."""
    options: dict[str, Option] = {}
    for key, entry in data.load("models").items():
        extra = {name: value for name in more if isinstance(value := entry.get(name), Datum)}
        if len(extra) == len(more):
            shape = cache_shape(key)
            values: dict[str, Source | tuple[Source, ...]] = dict(extra)
            values |= shape.lists()
            options[key] = Option(str(entry["name"]), values)
    return Preset("model", "Model", options, "llama3_1_70b")


def _gpus() -> Preset:
    options = {
        key: Option(str(entry["name"]), {"memory": data.value("hardware", key, "memory_capacity")})
        for key, entry in data.load("hardware").items()
    }
    return Preset("gpu", "GPU", options, "nvidia_h100_80gb_sxm")


cache_size = Calculator(
    "KV cache of one sequence",
    outputs=(
        Output(kv_cache.growth_per_token, "Each further token adds"),
        Output(kv_cache.cache_bytes, "Cache of the sequence"),
    ),
    fields=(
        Field("context", "Context", results.context.value, 1, LONGEST),
        ELEMENT_BYTES,
        LAYERS,
        ELEMENTS,
        WINDOWS,
        STRIDES,
    ),
    presets=(_models(),),
)

users = Calculator(
    "Sequences that fit",
    outputs=(
        Output(model.weight_bytes, "Weights", unit="GB"),
        Output(kv_cache.cache_bytes, "Cache of one sequence"),
        Output(
            kv_cache.sequences_that_fit,
            "Sequences at a time",
            using={"weights": "weight_bytes", "cache": "cache_bytes"},
        ),
    ),
    fields=(
        Field("gpus", "GPUs", 4, 1, 10_000),
        Field("context", "Context", results.context.value, 1, LONGEST),
        Field("memory", "Memory per GPU", None, 1, 10_000, unit="GB"),
        Field("usable", "Usable share", results.usable.value, 0.01, 1),
        Field("reserve", "Reserve per GPU", results.reserve.value / 1e9, 0, 10_000, unit="GB"),
        Field("parameters", "Parameters", None, 1, 1e13),
        Field("parameter_bytes", "Bytes per parameter", 2, 0.1, 8, help="scales included: 2 for BF16, about 1 for FP8"),
        ELEMENT_BYTES,
        LAYERS,
        ELEMENTS,
        WINDOWS,
        STRIDES,
    ),
    presets=(_models("parameters"), _gpus()),
)
