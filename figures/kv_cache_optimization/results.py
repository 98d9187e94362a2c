"""The numbers of the article on the KV cache, by the name that the text uses."""

from __future__ import annotations

from figures import shapes
from figures.data import value
from figures.formulas import compare, decode, kv_cache, model, roofline
from figures.results import Assumed, Computed, Source, computed
from figures.shapes import cache_shape, elements, head_dim

# --- What the article chooses -------------------------------------------------------------------------------------
prompt = Assumed(1000, "1", "length of the prompt in the example of recomputation")
answer = Assumed(1000, "1", "length of the answer in the example of recomputation")
context = Assumed(8192, "token", "prompt and answer of a typical request in the worked example")
long_context = Assumed(131072, "token", "a long context, 128 × 1,024 tokens")
ex_window_context = Assumed(32768, "token", "context of the exercises, 32 × 1,024 tokens")
usable = Assumed(0.9, "1", "share of the memory that the server may take")
reserve = Assumed(3e9, "B", "working space per GPU: activations, workspaces, captured graphs")
block = Assumed(16, "token", "tokens of a block of the paged cache")
sixteen_gpus = Assumed(16, "1", "GPUs under tensor parallelism, more than the model has KV heads")

_two = Assumed(2, "B", "BF16 or FP16 elements")
_one = Assumed(1, "B", "FP8 elements, scales neglected")
_one_sequence = Assumed(1, "1", "a single user")
_one_token = Assumed(1, "token", "one new token per sequence and step")
_four_gpus = Assumed(4, "1", "GPUs of the worked example")
_eight_gpus = Assumed(8, "1", "GPUs of the node in the exercise")


def _growth(name: str) -> Computed:
    return computed(kv_cache.growth_per_token, **cache_shape(name).inputs(_two))


def _cache(name: str, tokens: Source, element_bytes: Source = _two) -> Computed:
    return computed(kv_cache.cache_bytes, context=tokens, **cache_shape(name).inputs(element_bytes))


def _full(element_bytes: Source, layers: Source, each: Source) -> dict[str, Source | tuple[Source, ...]]:
    """Inputs of one group of layers without windows."""
    return shapes.CacheShape((shapes.Group(layers, each),)).inputs(element_bytes)


def _as_if_multi_head(name: str) -> Computed:
    """Elements per token and layer if every query head had its own keys and values."""
    heads = value("models", name, "query_heads")
    return computed(kv_cache.head_elements, kv_heads=heads, head_dim=head_dim(name))


# --- Without and with a cache -------------------------------------------------------------------------------------
positions_without = computed(kv_cache.positions_without_cache, prompt=prompt, answer=answer)
positions_with = computed(kv_cache.positions_with_cache, prompt=prompt, answer=answer)
recompute_factor = computed(kv_cache.recompute_factor, prompt=prompt, answer=answer)

# --- Sizes --------------------------------------------------------------------------------------------------------
llama3_70b_growth = _growth("llama3_1_70b")
llama3_70b_wrong = computed(
    kv_cache.growth_per_token,
    **_full(_two, value("models", "llama3_1_70b", "layers"), _as_if_multi_head("llama3_1_70b")),
)
llama3_70b_8k = _cache("llama3_1_70b", context)
llama3_70b_131k = _cache("llama3_1_70b", long_context)
opt_13b_growth = _growth("opt_13b")
deepseek_v3_elements = elements("deepseek_v3")
deepseek_v3_131k = _cache("deepseek_v3", long_context)
gpt_oss_120b_growth = _growth("gpt_oss_120b")
gpt_oss_120b_wrong = computed(
    kv_cache.growth_per_token, **_full(_two, value("models", "gpt_oss_120b", "layers"), elements("gpt_oss_120b"))
)
gemma3_27b_growth = _growth("gemma3_27b")
gemma3_27b_131k = _cache("gemma3_27b", long_context)
gemma3_27b_full_131k = computed(
    kv_cache.cache_bytes,
    context=long_context,
    **_full(_two, value("models", "gemma3_27b", "layers"), elements("gemma3_27b")),
)

# --- Traffic and intensity ----------------------------------------------------------------------------------------
_bandwidth = value("hardware", "nvidia_h100_80gb_sxm", "memory_bandwidth")
h100_ridge = computed(
    roofline.ridge, peak=value("hardware", "nvidia_h100_80gb_sxm", "bf16_dense"), bandwidth=_bandwidth
)
ridge_batch = computed(roofline.ridge_batch, ridge=h100_ridge, element_bytes=_two)
mha_intensity = computed(
    kv_cache.head_intensity,
    query_heads=value("models", "opt_13b", "query_heads"),
    kv_heads=value("models", "opt_13b", "kv_heads"),
    element_bytes=_two,
)
llama3_70b_intensity = computed(
    kv_cache.head_intensity,
    query_heads=value("models", "llama3_1_70b", "query_heads"),
    kv_heads=value("models", "llama3_1_70b", "kv_heads"),
    element_bytes=_two,
)
deepseek_v3_intensity = computed(
    kv_cache.latent_intensity,
    query_heads=value("models", "deepseek_v3", "query_heads"),
    latent_dim=value("models", "deepseek_v3", "mla_latent_dim"),
    rope_dim=value("models", "deepseek_v3", "mla_rope_dim"),
    element_bytes=_two,
)

# --- Capacity: the worked example ---------------------------------------------------------------------------------
_h100_memory = value("hardware", "nvidia_h100_80gb_sxm", "memory_capacity")
llama3_70b_weights = computed(
    model.weight_bytes, parameters=value("models", "llama3_1_70b", "parameters"), parameter_bytes=_two
)
llama3_70b_parity = computed(decode.parity_batch, weights=llama3_70b_weights, cache=llama3_70b_8k)
llama3_70b_parity_131k = computed(decode.parity_batch, weights=llama3_70b_weights, cache=llama3_70b_131k)

_node: dict[str, Source] = {
    "gpus": _four_gpus,
    "memory": _h100_memory,
    "usable": usable,
    "weights": llama3_70b_weights,
    "reserve": reserve,
}
_llama3_70b_8k_fp8 = _cache("llama3_1_70b", context, _one)
room = computed(kv_cache.cache_room, **_node)
users_8k = computed(kv_cache.sequences_that_fit, **_node, cache=llama3_70b_8k)
users_131k = computed(kv_cache.sequences_that_fit, **_node, cache=llama3_70b_131k)
users_8k_fp8 = computed(kv_cache.sequences_that_fit, **_node, cache=_llama3_70b_8k_fp8)


def _step(batch: Source, cache: Source) -> Computed:
    return computed(
        decode.step_time,
        weights=llama3_70b_weights,
        batch=batch,
        cache=cache,
        gpus=_four_gpus,
        bandwidth=_bandwidth,
    )


step_traffic_full = computed(decode.step_traffic, weights=llama3_70b_weights, batch=users_8k, cache=llama3_70b_8k)
step_time_full = _step(users_8k, llama3_70b_8k)
step_time_one = _step(_one_sequence, llama3_70b_8k)
step_time_fp8 = _step(users_8k, _llama3_70b_8k_fp8)
step_slowdown = computed(compare.time_ratio, first=step_time_full, second=step_time_one)
token_rate_full = computed(decode.token_rate, batch=users_8k, tokens=_one_token, step=step_time_full)
token_rate_one = computed(decode.token_rate, batch=_one_sequence, tokens=_one_token, step=step_time_one)

# --- Where it breaks, choosing ------------------------------------------------------------------------------------
block_waste = computed(kv_cache.block_bytes, block=block, growth=llama3_70b_growth)
block_waste_share = computed(compare.size_ratio, first=block_waste, second=llama3_70b_8k)
llama_copies = computed(
    kv_cache.tensor_parallel_copies, gpus=sixteen_gpus, kv_heads=value("models", "llama3_1_70b", "kv_heads")
)
qwen3_4b_growth = _growth("qwen3_4b")
qwen3_4b_tokens = computed(
    kv_cache.tokens_that_fit,
    room=value("published", "vllm_qwen3_4b", "cache_memory"),
    growth=qwen3_4b_growth,
)
fp8_gain = computed(compare.count_ratio, first=users_8k_fp8, second=users_8k)
gqa_gain = computed(
    compare.size_ratio,
    first=computed(
        kv_cache.cache_bytes,
        context=long_context,
        **_full(_two, value("models", "llama3_1_70b", "layers"), _as_if_multi_head("llama3_1_70b")),
    ),
    second=llama3_70b_131k,
)
mla_gain = computed(
    compare.size_ratio,
    first=computed(
        kv_cache.cache_bytes,
        context=long_context,
        **_full(_two, value("models", "deepseek_v3", "layers"), _as_if_multi_head("deepseek_v3")),
    ),
    second=deepseek_v3_131k,
)

# --- Exercises ----------------------------------------------------------------------------------------------------
_ex_layers = Assumed(48, "1", "layers of the model in the exercise")
_ex_query_heads = Assumed(48, "1", "query heads of the model in the exercise")
_ex_kv_heads = Assumed(8, "1", "KV heads of the model in the exercise")
_ex_head_dim = Assumed(128, "1", "head dimension of the model in the exercise")
ex_which_elements = computed(kv_cache.head_elements, kv_heads=_ex_kv_heads, head_dim=_ex_head_dim)
ex_which_growth = computed(kv_cache.growth_per_token, **_full(_two, _ex_layers, ex_which_elements))
ex_which_factor = computed(compare.count_ratio, first=_ex_query_heads, second=_ex_kv_heads)

gemma3_27b_elements = elements("gemma3_27b")
gemma3_27b_windows = computed(
    kv_cache.cache_bytes,
    context=value("models", "gemma3_27b", "window"),
    **_full(_two, value("models", "gemma3_27b", "window_layers"), gemma3_27b_elements),
)
ex_window_total = _cache("gemma3_27b", ex_window_context)
ex_window_crossing = computed(
    kv_cache.window_crossing,
    full_layers=value("models", "gemma3_27b", "full_layers"),
    window_layers=value("models", "gemma3_27b", "window_layers"),
    window=value("models", "gemma3_27b", "window"),
)

_h200_memory = value("hardware", "nvidia_h200_sxm", "memory_capacity")
deepseek_v3_weights = computed(
    model.weight_bytes, parameters=value("models", "deepseek_v3", "parameters"), parameter_bytes=_one
)
_ex_node: dict[str, Source] = {
    "gpus": _eight_gpus,
    "memory": _h200_memory,
    "usable": usable,
    "weights": deepseek_v3_weights,
    "reserve": reserve,
}
ex_node_room = computed(kv_cache.cache_room, **_ex_node)
deepseek_v3_32k = _cache("deepseek_v3", ex_window_context)
ex_node_sharded = computed(kv_cache.sequences_that_fit, **_ex_node, cache=deepseek_v3_32k)
ex_node_copies = computed(
    kv_cache.tensor_parallel_copies, gpus=_eight_gpus, kv_heads=Assumed(1, "1", "the latent of MLA is one KV head")
)
ex_node_copied = computed(
    kv_cache.sequences_that_fit,
    **_ex_node,
    cache=computed(kv_cache.copied_bytes, cache=deepseek_v3_32k, copies=ex_node_copies),
)
