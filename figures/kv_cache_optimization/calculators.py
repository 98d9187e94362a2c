"""Calculators of the article: how large the cache of one sequence grows, and how many sequences fit."""

from __future__ import annotations

from figures import presets
from figures.calculators import Calculator, Field, Output
from figures.formulas import kv_cache, model, reuse, roofline
from figures.kv_cache_optimization import results

CONTEXT = Field("context", "Context", results.context.value, 1, presets.LONGEST)

cache_size = Calculator(
    "KV cache of one sequence",
    outputs=(
        Output(kv_cache.growth_per_token, "Each further token adds"),
        Output(kv_cache.cache_bytes, "Cache of the sequence"),
    ),
    fields=(
        CONTEXT,
        presets.ELEMENT_BYTES,
        *presets.SHAPE,
    ),
    presets=(presets.models(),),
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
        presets.gpu_count(4),
        CONTEXT,
        presets.MEMORY,
        Field("usable", "Usable share", results.usable.value, 0.01, 1),
        Field("reserve", "Reserve per GPU", results.reserve.value / 1e9, 0, 10_000, unit="GB"),
        presets.PARAMETERS,
        presets.PARAMETER_BYTES,
        presets.ELEMENT_BYTES,
        *presets.SHAPE,
    ),
    presets=(presets.models("parameters"), presets.gpus(memory="memory_capacity")),
)


reload = Calculator(
    "Reload or recompute a prefix",
    outputs=(
        Output(roofline.achieved, "Arithmetic rate", unit="TFLOP/s"),
        Output(reuse.prefill_operations, "Operations of the prefill"),
        Output(
            reuse.recompute_time, "Time to recompute", using={"operations": "prefill_operations", "rate": "achieved"}
        ),
        Output(kv_cache.added_bytes, "Cache of the prefix", using={"tokens": "prefix"}),
        Output(reuse.reload_time, "Time to load", using={"cache": "added_bytes"}),
        Output(
            reuse.break_even_bandwidth,
            "Loading wins above",
            unit="GB/s",
            using={"cache": "added_bytes", "operations": "prefill_operations", "rate": "achieved"},
        ),
    ),
    fields=(
        Field("prefix", "Prefix", results.context.value, 1, presets.LONGEST),
        Field("growth", "Cache per token", None, 0.01, 100_000, unit="KiB/token"),
        presets.PARAMETERS,
        Field("layers", "Layers", None, 1, 1000),
        presets.QUERY_HEADS,
        presets.HEAD_DIM,
        presets.gpu_count(4),
        Field("peak", "Peak per GPU", None, 0.1, 1e6, unit="TFLOP/s"),
        Field("utilization", "Share achieved", results.prefill_share.value, 0.01, 1),
        Field("bandwidth", "Bandwidth of the load", 64, 0.001, 1e6, unit="GB/s"),
        Field("latency", "Latency", 10, 0, 1e6, unit="ms"),
    ),
    presets=(presets.prefix_models(), presets.gpus(peak="bf16_dense")),
)
