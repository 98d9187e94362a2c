"""Tables of the article on the KV cache."""

from __future__ import annotations

from figures import data
from figures.data import Datum
from figures.formulas import kv_cache, roofline
from figures.kv_cache_optimization.results import context, long_context
from figures.results import Assumed, computed
from figures.shapes import ONE_STATE, cache_shape
from figures.tables import Cell, Column, Table

_TWO = Assumed(2, "B", "BF16 or FP16 elements")
# One model or two for every kind of cache; the data file has more, and the calculators offer some of those.
_MODELS = (
    "llama3_1_8b",
    "llama3_1_70b",
    "llama3_1_405b",
    "opt_13b",
    "pythia_6_9b",
    "gemma1_2b",
    "mistral_7b",
    "qwen3_4b",
    "qwen3_8b",
    "qwen3_32b",
    "qwen3_next_80b",
    "gemma2_27b",
    "gemma3_27b",
    "gemma4_31b",
    "gpt_oss_120b",
    "gpt_oss_20b",
    "deepseek_v2",
    "deepseek_v3",
    "deepseek_v3_2_exp",
    "deepseek_v4_pro",
)


def _stores(model: str) -> str:
    """The layer groups of a model: layers × elements, and what limits them."""
    kind = str(data.load("models")[model]["attention"])
    parts = []
    for group in cache_shape(model).groups:
        part = f"{group.layers.value:,.0f} × {group.elements.value:,.0f}"
        if group.window is ONE_STATE:
            part += " once"
        elif group.window.value:
            part += f", last {group.window.value:,.0f}"
        if group.stride.value > 1:
            part += f", 1 per {group.stride.value:,.0f}"
        parts.append(part)
    return f"{kind}: {'; '.join(parts)}"


def _cache(model: str, tokens: Assumed) -> Cell:
    """Cache at a context, unless it is beyond what the model's source says it handles."""
    limit = data.load("models")[model].get("context_length")
    if isinstance(limit, Datum) and limit.value < tokens.value:
        return "–"
    return computed(kv_cache.cache_bytes, context=tokens, **cache_shape(model).inputs(_TWO))


def _row(model: str) -> tuple[Cell, ...]:
    growth = computed(kv_cache.growth_per_token, **cache_shape(model).inputs(_TWO))
    return (
        str(data.load("models")[model]["name"]),
        _stores(model),
        growth,
        *(_cache(model, tokens) for tokens in (context, long_context)),
    )


models = Table(
    columns=(
        "Model",
        "Layers × elements",
        Column("Growth", unit="KiB/token"),
        "8,192 tokens",
        "131,072 tokens",
    ),
    rows=[_row(model) for model in _MODELS],
)


def _gpu(key: str) -> tuple[Cell, ...]:
    bandwidth = data.value("hardware", key, "memory_bandwidth")
    peak = data.value("hardware", key, "bf16_dense")
    return (
        str(data.load("hardware")[key]["name"]),
        data.value("hardware", key, "memory_capacity"),
        bandwidth,
        peak,
        computed(roofline.ridge, peak=peak, bandwidth=bandwidth),
    )


gpus = Table(
    columns=(
        "GPU",
        Column("Memory", unit="GB"),
        Column("Bandwidth", unit="TB/s"),
        Column("Dense BF16", unit="TFLOP/s"),
        Column("Ridge", unit="FLOP/B"),
    ),
    rows=[_gpu(key) for key, entry in data.load("hardware").items() if "memory_bandwidth" in entry],
)
