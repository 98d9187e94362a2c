"""Layers that attend to less or remember less, of the article on context windows."""

from __future__ import annotations

from figures import paths
from figures.context_window_scaling.results_cost import ONE, TWO, cache, context_131k, growth, million
from figures.data import value
from figures.formulas import compare, kv_cache, linear_attention, selected_attention
from figures.measurement import read
from figures.measurements.linear_recall import DELTA, GATED, SUM
from figures.results import Assumed, Computed, Measured, Source, computed
from figures.shapes import EVERY_TOKEN, NO_WINDOW

_V32 = "deepseek_v3_2_exp"
_FOUR = Assumed(4, "B", "float32, as runtimes keep states")

# --- Selected tokens ----------------------------------------------------------------------------------------------


def _per_token(elements: Source, element_bytes: Source) -> Computed:
    return computed(
        kv_cache.growth_per_token,
        element_bytes=element_bytes,
        layers=[value("models", _V32, "layers")],
        elements=[elements],
        windows=[NO_WINDOW],
        strides=[EVERY_TOKEN],
    )


_v32_elements = computed(
    kv_cache.latent_elements,
    latent_dim=value("models", _V32, "mla_latent_dim"),
    rope_dim=value("models", _V32, "mla_rope_dim"),
)
v32_growth = _per_token(_v32_elements, TWO)
v32_index_growth = _per_token(value("models", _V32, "indexer_head_dim"), ONE)
selected_2048 = Assumed(2048, "token", "tokens that DeepSeek's indexer selects, as cited beside it")


def _read(context: Source) -> Computed:
    return computed(
        selected_attention.selection_bytes,
        context=context,
        selected=selected_2048,
        growth=v32_growth,
        index_growth=v32_index_growth,
    )


v32_read_131k = _read(context_131k)
v32_read_million = _read(million)
v32_full_131k = computed(kv_cache.added_bytes, tokens=context_131k, growth=v32_growth)
v32_full_million = computed(kv_cache.added_bytes, tokens=million, growth=v32_growth)
v32_gain_131k = computed(compare.size_ratio, first=v32_full_131k, second=v32_read_131k)
v32_gain_million = computed(compare.size_ratio, first=v32_full_million, second=v32_read_million)
v32_index_crossing = computed(
    selected_attention.index_crossing, selected=selected_2048, growth=v32_growth, index_growth=v32_index_growth
)
v32_operations_crossing = computed(
    selected_attention.index_operations_crossing,
    selected=selected_2048,
    query_heads=value("models", _V32, "query_heads"),
    key_dim=_v32_elements,
    value_dim=value("models", _V32, "mla_latent_dim"),
    heads=value("models", _V32, "indexer_heads"),
    dim=value("models", _V32, "indexer_head_dim"),
)
_nsa = {
    "block": Assumed(32, "token", "NSA's compressed block, as cited beside it"),
    "stride": Assumed(16, "token", "NSA's stride, as cited beside it"),
    "selected": Assumed(16, "1", "NSA's selected blocks, as cited beside it"),
    "selected_block": Assumed(64, "token", "NSA's selected block, as cited beside it"),
    "window": Assumed(512, "token", "NSA's window, as cited beside it"),
}
context_64k = Assumed(65536, "token", "64 × 1,024 tokens")
nsa_tokens = computed(selected_attention.native_sparse_tokens, context=context_64k, **_nsa)
_one_token = Assumed(1, "token", "to compare two counts of tokens")


def _count(tokens: Source) -> Computed:
    return computed(kv_cache.added_bytes, tokens=tokens, growth=Assumed(1, "B/token", "to compare two counts"))


nsa_gain = computed(compare.size_ratio, first=_count(context_64k), second=_count(nsa_tokens))
moba_blocks = Assumed(12, "1", "MoBA's selected blocks, as cited beside it")
moba_block = Assumed(4096, "token", "MoBA's block, as cited beside it")
moba_sparsity = computed(
    selected_attention.block_sparsity, context=million, selected=moba_blocks, selected_block=moba_block
)

# --- States -------------------------------------------------------------------------------------------------------


def state(model: str, element_bytes: Source = _FOUR) -> Computed:
    """Bytes of all linear states of a model."""
    elements = computed(
        kv_cache.state_elements,
        heads=value("models", model, "linear_value_heads"),
        key_dim=value("models", model, "linear_key_dim"),
        value_dim=value("models", model, "linear_value_dim"),
    )
    return computed(
        kv_cache.cache_bytes,
        context=_one_token,
        element_bytes=element_bytes,
        layers=[value("models", model, "linear_layers")],
        elements=[elements],
        windows=[_one_token],
        strides=[EVERY_TOKEN],
    )


k3_state = state("kimi_k3")
k3_growth = growth("kimi_k3")
k3_state_tokens = computed(kv_cache.tokens_that_fit, room=k3_state, growth=k3_growth)
qwen_state = state("qwen3_5_397b")
qwen_growth = growth("qwen3_5_397b")
qwen_state_tokens = computed(kv_cache.tokens_that_fit, room=qwen_state, growth=qwen_growth)
next_state = state("qwen3_next_80b")
k3_million = cache("kimi_k3", million)
v4_million = cache("deepseek_v4_pro", million)
llama70_million = cache("llama3_1_70b", million)
head_128 = Assumed(128, "1", "dimension of a head, as cited beside it")
chunk_64 = Assumed(64, "1", "tokens of a chunk, as cited beside it")
linear_crossing = computed(linear_attention.linear_crossing, head_dim=head_128, chunk=chunk_64)
k3_exact_pairs = computed(
    linear_attention.exact_pairs,
    layers=value("models", "kimi_k3", "linear_layers"),
    heads=value("models", "kimi_k3", "linear_value_heads"),
    key_dim=value("models", "kimi_k3", "linear_key_dim"),
)
k3_copy_limit = computed(
    linear_attention.copy_limit, state=k3_state, vocabulary=value("models", "kimi_k3", "vocabulary")
)

# --- The simulation of recall -------------------------------------------------------------------------------------
_RECALL = read(paths.FIGURES / "context_window_scaling" / "linear_recall.csv")


def _recalled(column: str, rule: int, pairs: int, what: str) -> Measured:
    return Measured(_RECALL, what, _RECALL.cell(column, rule=rule, pairs=pairs), "1")


sum_recalled = _recalled("recalled", SUM, 128, "sum of outer products, 128 pairs in 64 dimensions: recalled")
delta_recalled = _recalled("recalled", DELTA, 128, "delta rule, 128 pairs in 64 dimensions: recalled")
delta_newest = _recalled("newest", DELTA, 128, "delta rule, 128 pairs in 64 dimensions: newest quarter recalled")
gated_recalled = _recalled("recalled", GATED, 128, "delta rule with decay, 128 pairs in 64 dimensions: recalled")
sum_replaced = _recalled("replaced", SUM, 64, "sum of outer products, 64 pairs: replaced values that read as new")
delta_replaced = _recalled("replaced", DELTA, 64, "delta rule, 64 pairs: replaced values that read as new")
sum_error = _recalled("error", SUM, 64, "sum of outer products, 64 pairs: error over the value")
_pairs_64 = Assumed(64, "1", "pairs in the simulation")
_width_64 = Assumed(64, "1", "dimensions of the simulated keys")
sum_error_formula = computed(linear_attention.overlap_noise, pairs=_pairs_64, key_dim=_width_64)

__all__ = [
    "chunk_64",
    "context_64k",
    "delta_newest",
    "delta_recalled",
    "delta_replaced",
    "gated_recalled",
    "head_128",
    "k3_copy_limit",
    "k3_exact_pairs",
    "k3_growth",
    "k3_million",
    "k3_state",
    "k3_state_tokens",
    "linear_crossing",
    "llama70_million",
    "moba_block",
    "moba_blocks",
    "moba_sparsity",
    "next_state",
    "nsa_gain",
    "nsa_tokens",
    "qwen_growth",
    "qwen_state",
    "qwen_state_tokens",
    "selected_2048",
    "sum_error",
    "sum_error_formula",
    "sum_recalled",
    "sum_replaced",
    "v4_million",
    "v32_full_131k",
    "v32_gain_131k",
    "v32_gain_million",
    "v32_growth",
    "v32_index_crossing",
    "v32_index_growth",
    "v32_operations_crossing",
    "v32_read_131k",
    "v32_read_million",
]
