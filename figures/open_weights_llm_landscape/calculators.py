"""The calculator of the article: will it fit?"""

from __future__ import annotations

from dataclasses import replace

from figures import presets
from figures.calculators import Calculator, Field, Option, Output, Preset
from figures.formulas import kv_cache, model
from figures.model_facts import name
from figures.model_facts.selection import models_of_the_article
from figures.open_weights_llm_landscape import results_setup as setup
from figures.parameter_counts import count, countable
from figures.shapes import cache_shape, cached_models


def _models() -> Preset:
    """Every model of the article with parameters from its shape and the layer groups of its cache."""
    known = set(countable()) & set(cached_models())
    options = {
        key: Option(name(key), {"parameters": count(key).total, **cache_shape(key).lists()})
        for key in sorted((key for key in models_of_the_article() if key in known), key=lambda key: name(key).lower())
    }
    return Preset("model", "Model", options, "gpt_oss_120b")


def _formats() -> Preset:
    """Formats of weights, BF16 among them."""
    known = presets.schemes("nvfp4")
    return replace(known, title="Weights", options={"bf16": presets.scheme("BF16", 16, 0, 1), **known.options})


will_it_fit = Calculator(
    "Will it fit?",
    outputs=(
        Output(kv_cache.stored_bits, "A weight takes", name="parameter_bytes", unit="bit", digits=4),
        Output(model.weight_bytes, "Weights", unit="GB"),
        Output(kv_cache.cache_bytes, "Cache of one user"),
        Output(
            kv_cache.sequences_that_fit,
            "Users that fit on these GPUs",
            using={"weights": "weight_bytes", "cache": "cache_bytes"},
        ),
    ),
    fields=(
        Field("context", "Context", setup.context_32k.value, 1, presets.LONGEST),
        presets.gpu_count(1),
        presets.MEMORY,
        Field("usable", "Usable share", setup.usable.value, 0.01, 1),
        Field("reserve", "Reserve per GPU", setup.reserve.value / 1e9, 0, 10_000, unit="GB"),
        presets.PARAMETERS,
        Field("bits", "Bits of a code", None, 1, 16),
        Field("scale_bits", "Bits that a group shares", None, 0, 512),
        Field("group", "Elements of a group", None, 1, 1_000_000),
        presets.ELEMENT_BYTES,
        *presets.SHAPE,
    ),
    presets=(_models(), _formats(), presets.gpus(memory="memory_capacity")),
)
