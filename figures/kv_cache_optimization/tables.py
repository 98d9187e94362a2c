"""Tables of the article on the KV cache."""

from __future__ import annotations

from figures import data
from figures.data import Datum
from figures.formulas import kv_cache, roofline
from figures.kv_cache_optimization.results import context, long_context
from figures.results import Assumed, computed
from figures.shapes import cache_shape
from figures.tables import Cell, Column, Table

_TWO = Assumed(2, "B", "BF16 or FP16 elements")


def _attention(model: str) -> str:
    """How a model's layers store a token, in words."""
    entry = data.load("models")[model]

    def count(name: str) -> str:
        return f"{data.value('models', model, name).value:,}"

    if "csa_layers" in entry:
        return (
            f"window of {count('window')}; {count('csa_layers')} layers 1 entry per {count('csa_compression')} tokens, "
            f"{count('hca_layers')} layers 1 per {count('hca_compression')}"
        )
    if entry["attention"] == "MLA":
        indexer = f"; indexer {count('indexer_head_dim')}" if "indexer_head_dim" in entry else ""
        return f"MLA, {count('mla_latent_dim')} + {count('mla_rope_dim')}{indexer}"
    if "linear_layers" in entry:
        return f"GQA, {count('kv_heads')} KV heads; {count('linear_layers')} of {count('layers')} layers linear"
    heads = f"{entry['attention']}, {count('kv_heads')} KV {'head' if count('kv_heads') == '1' else 'heads'}"
    if "window" not in entry:
        return heads
    return f"{heads}; {count('window_layers')} of {count('layers')} layers keep {count('window')}"


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
        _attention(model),
        growth,
        *(_cache(model, tokens) for tokens in (context, long_context)),
    )


models = Table(
    columns=(
        "Model",
        "What a layer stores",
        Column("Growth", unit="KiB/token"),
        "8,192 tokens",
        "131,072 tokens",
    ),
    rows=[_row(model) for model in data.load("models")],
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
