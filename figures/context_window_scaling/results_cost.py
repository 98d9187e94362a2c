"""What attention costs as the context grows, of the article on context windows."""

from __future__ import annotations

from figures import expert_shapes
from figures.data import value
from figures.formulas import (
    compare,
    context_cost,
    decode,
    decode_batch,
    experts,
    kv_cache,
    levels,
    model,
    reuse,
    roofline,
)
from figures.results import Assumed, Computed, Source, computed
from figures.shapes import cache_shape, head_dim

TWO = Assumed(2, "B", "BF16 or FP16 elements")
ONE = Assumed(1, "B", "FP8 elements, scales neglected")

context_8k = Assumed(8192, "token", "a typical request, 8 × 1,024 tokens")
context_131k = Assumed(131072, "token", "a long context, 128 × 1,024 tokens")
million = Assumed(1048576, "token", "a million tokens as makers count them, 1,024 × 1,024")
batch_8 = Assumed(8, "1", "sequences that decode together")
prefill_share = Assumed(0.5, "1", "share of the peak that a prefill reaches")
usable = Assumed(0.9, "1", "share of the memory that the server may take")
reserve = Assumed(3e9, "B", "working space per GPU: activations, workspaces, captured graphs")
eight_gpus = Assumed(8, "1", "GPUs of a node")


def positions(tokens: Assumed) -> Assumed:
    """Tokens as the number of times that the weights are used."""
    return Assumed(tokens.value, "1", f"{tokens.why}; as a count")


def full_layers(name: str) -> tuple[tuple[Source, ...], tuple[Source, ...]]:
    """Layers and windows of a model's attention, as the formulas of cost take them."""
    groups = [group for group in cache_shape(name).groups if group.stride.value == 1]
    return tuple(group.layers for group in groups), tuple(group.window for group in groups)


def prefill_attention(name: str, context: Source) -> Computed:
    """Operations of scores and values in a prefill with a dense decoder."""
    layers, windows = full_layers(name)
    return computed(
        context_cost.attention_operations,
        context=context,
        query_heads=value("models", name, "query_heads"),
        key_dim=head_dim(name),
        value_dim=head_dim(name),
        layers=layers,
        windows=windows,
    )


def prefill_share_of_attention(name: str, context: Assumed) -> Computed:
    """Share of attention in the operations of a prefill with a dense decoder."""
    return computed(
        context_cost.attention_share,
        attention=prefill_attention(name, context),
        products=computed(
            experts.weight_operations, tokens=positions(context), active=value("models", name, "parameters")
        ),
    )


def crossover(name: str) -> Computed:
    """Context at which attention takes as many operations for a token as the weights."""
    return computed(
        context_cost.crossover_context,
        parameters=value("models", name, "parameters"),
        layers=value("models", name, "layers"),
        query_heads=value("models", name, "query_heads"),
        key_dim=head_dim(name),
        value_dim=head_dim(name),
    )


def cache(name: str, tokens: Source, element_bytes: Source = TWO) -> Computed:
    """Cache of one sequence."""
    return computed(kv_cache.cache_bytes, context=tokens, **cache_shape(name).inputs(element_bytes))


def growth(name: str, element_bytes: Source = TWO) -> Computed:
    """Bytes that a token adds."""
    return computed(kv_cache.growth_per_token, **cache_shape(name).inputs(element_bytes))


llama8_crossover = crossover("llama3_1_8b")
llama70_crossover = crossover("llama3_1_70b")
llama405_crossover = crossover("llama3_1_405b")
llama8_share_8k = prefill_share_of_attention("llama3_1_8b", context_8k)
llama8_share_131k = prefill_share_of_attention("llama3_1_8b", context_131k)
llama8_share_million = prefill_share_of_attention("llama3_1_8b", million)
gemma27_share_131k = prefill_share_of_attention("gemma3_27b", context_131k)

_v3 = expert_shapes.expert_shape("deepseek_v3")
v3_active = _v3.per_token
_v3_key_dim = Assumed(192, "1", "a head's query and key: 128 dimensions and the 64 rotated ones")
_v3_absorbed_key = computed(
    kv_cache.latent_elements,
    latent_dim=value("models", "deepseek_v3", "mla_latent_dim"),
    rope_dim=value("models", "deepseek_v3", "mla_rope_dim"),
)


def _v3_crossover(key: Source, values: Source) -> Computed:
    return computed(
        context_cost.crossover_context,
        parameters=v3_active,
        layers=value("models", "deepseek_v3", "layers"),
        query_heads=value("models", "deepseek_v3", "query_heads"),
        key_dim=key,
        value_dim=values,
    )


v3_crossover_prefill = _v3_crossover(_v3_key_dim, value("models", "deepseek_v3", "value_dim"))
v3_crossover_decode = _v3_crossover(_v3_absorbed_key, value("models", "deepseek_v3", "mla_latent_dim"))


def _token(name: str, context: Source) -> Computed:
    layers, windows = full_layers(name)
    return computed(
        decode_batch.token_operations,
        parameters=value("models", name, "parameters"),
        query_heads=value("models", name, "query_heads"),
        head_dim=head_dim(name),
        context=context,
        layers=layers,
        windows=windows,
    )


llama8_token_growth = computed(
    compare.count_ratio, first=_token("llama3_1_8b", million), second=_token("llama3_1_8b", context_8k)
)
length_growth = computed(compare.count_ratio, first=positions(million), second=positions(context_8k))

llama70_growth = growth("llama3_1_70b")
llama70_131k = cache("llama3_1_70b", context_131k)
llama70_weights = computed(
    model.weight_bytes, parameters=value("models", "llama3_1_70b", "parameters"), parameter_bytes=TWO
)


def _traffic(context: Source) -> Computed:
    return computed(
        context_cost.cache_traffic_share, weights=llama70_weights, batch=batch_8, cache=cache("llama3_1_70b", context)
    )


llama70_traffic_8k = _traffic(context_8k)
llama70_traffic_131k = _traffic(context_131k)


def prefill_operations(name: str, context: Source) -> Computed:
    """Operations of a prefill with a dense decoder without windows."""
    return computed(
        reuse.prefill_operations,
        prefix=context,
        parameters=value("models", name, "parameters"),
        layers=value("models", name, "layers"),
        query_heads=value("models", name, "query_heads"),
        head_dim=head_dim(name),
    )


# --- The worked example: Llama 3.1 70B on eight H100 --------------------------------------------------------------
_H100 = "nvidia_h100_80gb_sxm"
_rate = computed(
    roofline.achieved, gpus=eight_gpus, peak=value("hardware", _H100, "bf16_dense"), utilization=prefill_share
)
work_operations = prefill_operations("llama3_1_70b", context_131k)
work_attention_share = prefill_share_of_attention("llama3_1_70b", context_131k)
work_prefill = computed(reuse.recompute_time, operations=work_operations, rate=_rate)
work_prefill_8k = computed(reuse.recompute_time, operations=prefill_operations("llama3_1_70b", context_8k), rate=_rate)
work_prefill_ratio = computed(compare.time_ratio, first=work_prefill, second=work_prefill_8k)


def _users(context: Source, element_bytes: Source = TWO) -> Computed:
    return computed(
        kv_cache.sequences_that_fit,
        gpus=eight_gpus,
        memory=value("hardware", _H100, "memory_capacity"),
        usable=usable,
        weights=llama70_weights,
        reserve=reserve,
        cache=cache("llama3_1_70b", context, element_bytes),
    )


work_users = _users(context_131k)
work_users_8k = _users(context_8k)
work_users_fp8 = _users(context_131k, ONE)
work_step = computed(
    decode.step_time,
    weights=llama70_weights,
    batch=work_users,
    cache=llama70_131k,
    gpus=eight_gpus,
    bandwidth=value("hardware", _H100, "memory_bandwidth"),
)
work_cache_traffic = computed(
    context_cost.cache_traffic_share, weights=llama70_weights, batch=work_users, cache=llama70_131k
)

# --- A published prefill of a million tokens ----------------------------------------------------------------------
_gpus_128 = Assumed(128, "1", "GPUs of the published run")
_decimal_million = Assumed(1e6, "token", "a million tokens, decimal")
cp_operations = prefill_operations("llama3_1_405b", _decimal_million)
cp_rate = computed(
    levels.timed_rate,
    operations=computed(compare.count_ratio, first=cp_operations, second=_gpus_128),
    time=value("published", "yang2024cp_llama405b", "million"),
)
cp_share_of_peak = computed(compare.arithmetic_ratio, first=cp_rate, second=value("hardware", _H100, "bf16_dense"))
cp_attention_share = computed(
    context_cost.attention_share,
    attention=prefill_attention("llama3_1_405b", _decimal_million),
    products=computed(
        experts.weight_operations,
        tokens=positions(_decimal_million),
        active=value("models", "llama3_1_405b", "parameters"),
    ),
)


__all__ = [
    "batch_8",
    "context_8k",
    "context_131k",
    "cp_attention_share",
    "cp_operations",
    "cp_rate",
    "cp_share_of_peak",
    "eight_gpus",
    "gemma27_share_131k",
    "length_growth",
    "llama8_crossover",
    "llama8_share_8k",
    "llama8_share_131k",
    "llama8_share_million",
    "llama8_token_growth",
    "llama70_131k",
    "llama70_crossover",
    "llama70_growth",
    "llama70_traffic_8k",
    "llama70_traffic_131k",
    "llama70_weights",
    "llama405_crossover",
    "million",
    "prefill_share",
    "reserve",
    "usable",
    "v3_active",
    "v3_crossover_decode",
    "v3_crossover_prefill",
    "work_attention_share",
    "work_cache_traffic",
    "work_operations",
    "work_prefill",
    "work_prefill_8k",
    "work_prefill_ratio",
    "work_step",
    "work_users",
    "work_users_8k",
    "work_users_fp8",
]
