"""Named results of the article on models with open weights."""

from __future__ import annotations

from figures import data
from figures.formulas import compare, experts, kv_cache, model, parameters, training_compute
from figures.open_weights_llm_landscape.results_setup import (
    bf16,
    block_bits,
    context_1m,
    context_8k,
    context_32k,
    context_128k,
    fp8,
    reserve,
    usable,
    users,
)
from figures.open_weights_llm_landscape.tables import cache_at, sequences
from figures.parameter_counts import count
from figures.results import Assumed, Computed, computed
from figures.shapes import cache_shape

__all__ = [
    "bf16",
    "block_bits",
    "context_1m",
    "context_8k",
    "context_32k",
    "context_128k",
    "fp8",
    "reserve",
    "usable",
    "users",
]


def _value(key: str, field: str) -> data.Datum:
    return data.value("models", key, field)


def _growth(key: str) -> Computed:
    return computed(kv_cache.growth_per_token, **cache_shape(key).inputs(bf16))


def _ratio(first: str, second: str) -> Computed:
    return computed(compare.count_ratio, first=count(first).total, second=count(second).total)


# ---- How many models, how sparse ----
shape_age = Assumed(365, "d", "greatest age of a shape at a review")
words_age = Assumed(183, "d", "greatest age of a licence, release or context at a review")
qwen_small = count("qwen3_0_6b").total
k3_total = count("kimi_k3").total
k3_active = count("kimi_k3").per_token
k3_sparsity = computed(compare.count_ratio, first=k3_total, second=k3_active)
mixtral_sparsity = computed(
    compare.count_ratio, first=count("mixtral_8x7b").total, second=count("mixtral_8x7b").per_token
)
oss_total = count("gpt_oss_120b").total
oss_active = count("gpt_oss_120b").per_token
llama405_total = count("llama3_1_405b").total
llama70_total = count("llama3_3_70b").total
nano_total = count("nemotron3_nano").total
nano_active = count("nemotron3_nano").per_token
nano_with_embedding = computed(
    parameters.always_active,
    counts=(Assumed(1, "1", "once"), Assumed(1, "1", "once")),
    parts=(nano_active, count("nemotron3_nano").embedding),
)
olmo_total = count("olmo3_32b").total
mimo_total = count("mimo_7b").total
mimo_active = count("mimo_7b").per_token
kimi_total = count("kimi_k2").total

# ---- Caches ----
dots_growth = _growth("dots_llm1")
nano_growth = _growth("nemotron3_5_lightning")
growth_span = computed(
    compare.size_ratio,
    first=computed(kv_cache.added_bytes, tokens=context_8k, growth=dots_growth),
    second=computed(kv_cache.added_bytes, tokens=context_8k, growth=nano_growth),
)
glm5_growth = _growth("glm_5")
glm52_growth = _growth("glm_5_2")
m2_growth = _growth("minimax_m2")
m3_growth = _growth("minimax_m3")
v4_million = cache_at("deepseek_v4_pro", context_1m)
glm52_million = cache_at("glm_5_2", context_1m)
k3_million = cache_at("kimi_k3", context_1m)
llama70_128k = cache_at("llama3_3_70b", context_128k)
ultra_state = computed(
    kv_cache.cache_bytes,
    context=Assumed(1, "token", "the state is there from the first token on"),
    element_bytes=bf16,
    layers=(cache_shape("nemotron3_ultra").groups[1].layers,),
    elements=(cache_shape("nemotron3_ultra").groups[1].elements,),
    windows=(cache_shape("nemotron3_ultra").groups[1].window,),
    strides=(cache_shape("nemotron3_ultra").groups[1].stride,),
)
ultra_8k = cache_at("nemotron3_ultra", context_8k)
e2b_128k = cache_at("gemma4_e2b", context_128k)

# ---- What fits ----
oss_weights = computed(model.weight_bytes, parameters=oss_total, parameter_bytes=block_bits)
oss_32k = cache_at("gpt_oss_120b", context_32k)
oss_one = sequences("gpt_oss_120b", "nvidia_h100_80gb_sxm", 1)
oss_h200 = sequences("gpt_oss_120b", "nvidia_h200_sxm", 1)
super_weights = computed(model.weight_bytes, parameters=count("nemotron3_super").total, parameter_bytes=block_bits)
super_32k = cache_at("nemotron3_super", context_32k)
super_h200 = sequences("nemotron3_super", "nvidia_h200_sxm", 1)
llama_weights = computed(model.weight_bytes, parameters=llama70_total, parameter_bytes=block_bits)
llama_32k = cache_at("llama3_3_70b", context_32k)
llama_h200 = sequences("llama3_3_70b", "nvidia_h200_sxm", 1)
k3_weights = computed(model.weight_bytes, parameters=k3_total, parameter_bytes=block_bits)
oss_gpus = computed(
    kv_cache.gpus_that_hold,
    weights=oss_weights,
    users=users,
    cache=oss_32k,
    usable=usable,
    memory=data.value("hardware", "nvidia_h100_80gb_sxm", "memory_capacity"),
    reserve=reserve,
)
oss_room = computed(
    kv_cache.cache_room,
    gpus=Assumed(1, "1", "one GPU"),
    memory=data.value("hardware", "nvidia_h200_sxm", "memory_capacity"),
    usable=usable,
    weights=oss_weights,
    reserve=reserve,
)
oss_touched = computed(
    experts.expected_experts,
    experts=_value("gpt_oss_120b", "experts"),
    active=_value("gpt_oss_120b", "experts_per_token"),
    tokens=Assumed(16, "1", "one token of each of sixteen sequences"),
)

# ---- Training ----
_NO_ATTENTION = Assumed(0, "1", "the products of attention are left out")


def _operations(key: str) -> Computed:
    per_token = computed(
        training_compute.token_operations,
        active=count(key).per_token,
        attended=_NO_ATTENTION,
        layers=_value(key, "layers"),
        query_heads=_value(key, "query_heads"),
        head_dim=Assumed(128, "1", "does not count, since attention is left out"),
        sequence=Assumed(8192, "1", "does not count, since attention is left out"),
    )
    return computed(training_compute.run_operations, operations=per_token, tokens=_value(key, "training_tokens"))


def _used(key: str) -> Computed:
    """Share of the dense BF16 peak of an H100 that the printed GPU hours imply."""
    operations = _operations(key)
    return computed(
        training_compute.utilization,
        rate=computed(
            training_compute.token_rate,
            batch=_value(key, "training_tokens"),
            step=_value(key, "training_gpu_hours"),
        ),
        operations=operations.inputs["operations"],
        gpus=Assumed(1, "1", "the time is that of one GPU"),
        peak=data.value("hardware", "nvidia_h100_80gb_sxm", "bf16_dense"),
    )


llama405_operations = _operations("llama3_1_405b")
llama405_used = _used("llama3_1_405b")
llama8_used = _used("llama3_1_8b")
v3_operations = _operations("deepseek_v3")
v3_used = _used("deepseek_v3")
scout_used = _used("llama4_scout")
llama8_tokens = computed(
    training_compute.tokens_per_parameter,
    tokens=_value("llama3_1_8b", "training_tokens"),
    active=count("llama3_1_8b").per_token,
)

# ---- Exercises ----
ex_layers = Assumed(48, "1", "layers")
ex_width = Assumed(4096, "1", "width")
ex_query_heads = Assumed(32, "1", "query heads")
ex_kv_heads = Assumed(8, "1", "KV heads")
ex_head_dim = Assumed(128, "1", "dimension of a head")
ex_experts = Assumed(128, "1", "routed experts")
ex_active = Assumed(8, "1", "of them per token")
ex_expert_size = Assumed(1024, "1", "intermediate size of an expert")
ex_vocabulary = Assumed(150_000, "1", "rows of each of two embedding tables")
_one = Assumed(1, "1", "one of it")
_table = computed(parameters.matrices, counts=(_one,), inputs=(ex_vocabulary,), outputs=(ex_width,))
_attention = computed(
    parameters.grouped_attention,
    width=ex_width,
    query_heads=ex_query_heads,
    kv_heads=ex_kv_heads,
    head_dim=ex_head_dim,
)
_router = computed(parameters.matrices, counts=(_one,), inputs=(ex_width,), outputs=(ex_experts,))
ex_expert = computed(parameters.gated_feed_forward, width=ex_width, inner=ex_expert_size)
_always = computed(
    parameters.always_active,
    counts=(_one, ex_layers, ex_layers),
    parts=(_table, _attention, _router),
)
ex_total = computed(
    parameters.total,
    embedding=_table,
    always=_always,
    moe_layers=ex_layers,
    experts=ex_experts,
    expert=ex_expert,
)
ex_per_token = computed(parameters.active, always=_always, moe_layers=ex_layers, active=ex_active, expert=ex_expert)
ex_elements = computed(kv_cache.head_elements, kv_heads=ex_kv_heads, head_dim=ex_head_dim)
ex_growth = computed(
    kv_cache.growth_per_token,
    element_bytes=bf16,
    layers=(ex_layers,),
    elements=(ex_elements,),
    windows=(Assumed(0, "token", "no window"),),
    strides=(Assumed(1, "token", "every token"),),
)
ex_glm_saving = computed(
    compare.size_ratio,
    first=cache_at("glm_5", context_128k),
    second=cache_at("glm_5_2", context_128k),
)
ex_index_layers = computed(
    parameters.moe_layers, layers=_value("glm_5_2", "layers"), dense=_value("glm_5_2", "indexer_layers")
)
ex_hours_ratio = computed(
    compare.time_ratio,
    first=_value("llama3_1_405b", "training_gpu_hours"),
    second=_value("deepseek_v3", "training_gpu_hours"),
)
ex_active_ratio = computed(
    compare.count_ratio, first=count("llama3_1_405b").per_token, second=count("deepseek_v3").per_token
)
ex_v3_users = Assumed(64, "1", "sequences at a time")
ex_v3_weights = computed(model.weight_bytes, parameters=count("deepseek_v3").total, parameter_bytes=fp8)
ex_v3_gpus = computed(
    kv_cache.gpus_that_hold,
    weights=ex_v3_weights,
    users=ex_v3_users,
    cache=cache_at("deepseek_v3", context_32k),
    usable=usable,
    memory=data.value("hardware", "nvidia_h200_sxm", "memory_capacity"),
    reserve=reserve,
)
ex_v3_cache = cache_at("deepseek_v3", context_32k)
ex_state_context = computed(kv_cache.tokens_that_fit, room=ultra_state, growth=_growth("nemotron3_ultra"))
