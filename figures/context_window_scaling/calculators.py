"""Calculators of the article: what a context costs, and what a scaling of rotary angles does to a pair."""

from __future__ import annotations

from figures import data, presets
from figures.calculators import Calculator, Field, Option, Output, Preset
from figures.charts import Chart
from figures.context_window_scaling import results
from figures.formulas import context_cost, kv_cache, model, rope, rope_scaling

context_costs = Calculator(
    "Attention and cache at a context",
    outputs=(
        Output(model.weight_bytes, "Weights", unit="GB"),
        Output(kv_cache.cache_bytes, "Cache of one sequence", unit="GB"),
        Output(
            context_cost.cache_traffic_share,
            "Caches in the bytes of a decode step",
            unit="%",
            using={"weights": "weight_bytes", "cache": "cache_bytes"},
        ),
        Output(context_cost.token_attention_share, "Attention in the operations of a token", unit="%"),
        Output(context_cost.prefill_attention_share, "Attention in the operations of the prefill", unit="%"),
    ),
    fields=(
        Field("context", "Context", results.context_131k.value, 1, presets.LONGEST),
        Field("batch", "Sequences at a time", results.batch_8.value, 1, 100_000),
        presets.PARAMETERS,
        presets.PARAMETER_BYTES,
        presets.ELEMENT_BYTES,
        presets.QUERY_HEADS,
        presets.HEAD_DIM,
        *presets.SHAPE,
    ),
    presets=(presets.dense_models(),),
    charts=(Chart("prefill_attention_share", "context", 1024, 2**20, ticks=(1024, 8192, 65_536, 524_288), log=True),),
)

_ROTARY = {
    key: Option(
        str(entry["name"]),
        {
            name: data.value("rotary", key, field)
            for name, field in (
                ("base", "base"),
                ("dim", "dim"),
                ("original", "original"),
                ("scale", "factor"),
                ("low", "low"),
                ("high", "high"),
            )
        },
    )
    for key, entry in data.load("rotary").items()
    if "factor" in entry
}

rotary_pairs = Calculator(
    "A pair of rotated dimensions",
    outputs=(
        Output(rope.unturned_pairs, "Pairs without a whole turn in training", using={"context": "original"}),
        Output(rope.pair_wavelength, "Wavelength in training"),
        Output(rope.turns, "Turns in training", using={"context": "original", "length": "pair_wavelength"}),
        Output(rope_scaling.ntk_base, "Base of NTK-aware scaling"),
        Output(rope.pair_wavelength, "Wavelength, NTK-aware", name="ntk_wavelength", using={"base": "ntk_base"}),
        Output(rope_scaling.kept_by_turns, "Kept by the paper's ramp", unit="%"),
        Output(
            rope_scaling.scaled_wavelength,
            "Wavelength, by parts",
            name="parts_wavelength",
            using={"length": "pair_wavelength", "kept": "kept_by_turns"},
        ),
        Output(
            rope.turning_pair,
            "Ramp of the code begins at",
            name="first",
            using={"context": "original", "count": "high"},
        ),
        Output(
            rope.turning_pair, "Ramp of the code ends at", name="last", using={"context": "original", "count": "low"}
        ),
        Output(rope_scaling.kept_by_index, "Kept by the code's ramp", unit="%"),
        Output(rope_scaling.attention_factor, "Factor on queries and keys"),
        Output(
            rope_scaling.scaled_wavelength,
            "Wavelength, YaRN as coded",
            name="yarn_wavelength",
            using={"length": "pair_wavelength", "kept": "kept_by_index"},
        ),
    ),
    fields=(
        Field("pair", "Pair, from 0", results.example_pair.value, 0, 63),
        Field("dim", "Rotated dimensions", None, 64, 512),
        Field("base", "Base", None, 100, 1e9),
        Field("original", "Context of the training", None, 16, presets.LONGEST),
        Field("scale", "Scale", None, 1, 10_000),
        Field("low", "Slowed fully up to (turns)", None, 0.01, 1000),
        Field("high", "Left alone from (turns)", None, 0.01, 1000),
    ),
    presets=(Preset("rotary", "Model", _ROTARY, "gpt_oss"),),
    charts=(Chart("kept_by_index", "pair", 0, 31, ticks=(0, 8, 16, 24, 31), markers=("first", "last")),),
)
