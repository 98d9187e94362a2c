"""The numbers of the article on the KV cache, by the name that the text uses."""

from __future__ import annotations

from figures import paths, shapes
from figures.data import value
from figures.formulas import caching, compare, decode, keeping, kv_cache, model, reuse, roofline
from figures.measurement import read
from figures.measurements.decoder_steps import GQA, work
from figures.results import Assumed, Computed, Measured, Source, computed
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

# --- The same sizes by an independent implementation: measured ----------------------------------------------------
_HELD = read(paths.FIGURES / "kv_cache_optimization" / "cache_sizes.csv")
_QWEN3_NEXT, _GEMMA3_27B, _V4, _V4_DEFAULT = 11, 13, 20, 21  # models of the data file


def _held(column: str, model: int, tokens: float, what: str) -> Measured:
    return Measured(_HELD, what, _HELD.cell(column, model=model, tokens=tokens), "B")


def _models(what: str, *, exact: bool) -> Measured:
    """How many models were run, or how many of them hold the bytes of the formula at every context."""
    rows = [row for row in _HELD.rows if row["model"] != _V4_DEFAULT]
    others = {row["model"] for row in rows if exact and row["kept_bytes"] != row["formula_bytes"]}
    return Measured(_HELD, what, len({row["model"] for row in rows} - others), "1")


checked_models = _models("models run in Transformers", exact=False)
exact_models = _models("models whose cache holds the bytes of the formula", exact=True)
qwen3_next_held = _held("kept_bytes", _QWEN3_NEXT, context.value, "cache of Qwen3-Next at 8,192 tokens")
qwen3_next_8k = _cache("qwen3_next_80b", context)
qwen3_next_convolutions = _held("other_bytes", _QWEN3_NEXT, context.value, "state of the short convolutions")
v4_held = _held("kept_bytes", _V4, long_context.value, "DeepSeek-V4-Pro at 131,072 tokens, its schedule of layers")
v4_pending = _held(
    "other_bytes", _V4, long_context.value, "tokens and gates that wait for their entries to be complete"
)
v4_default_held = _held("kept_bytes", _V4_DEFAULT, long_context.value, "the same, the default schedule of layers")
gemma3_after_prompt = _held("prompt_bytes", _GEMMA3_27B, long_context.value, "Gemma 3 27B after the prompt")
gemma3_after_step = _held("kept_bytes", _GEMMA3_27B, long_context.value, "Gemma 3 27B after one more token")

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

# --- Decode attention on a CPU: measured --------------------------------------------------------------------------
_STEPS = read(paths.FIGURES / "kv_cache_optimization" / "decode_attention.csv")
_ROOFS = read(paths.FIGURES / "kv_cache_optimization" / "decode_attention_roofs.csv")
_float32 = Assumed(4, "B", "single-precision elements")
_one_layer = Assumed(1, "1", "one layer")


def _cpu_step(kv_heads: int) -> Measured:
    time = _STEPS.cell("median_s", kv_heads=kv_heads, context=32768)
    return Measured(_STEPS, f"median time of one step, {kv_heads} KV heads, 32,768 tokens", time, "s")


def _cpu_bound(kv_heads: int) -> Computed:
    heads = Assumed(kv_heads, "1", "KV heads of the measurement, of dimension 128")
    each = computed(kv_cache.head_elements, kv_heads=heads, head_dim=Assumed(128, "1", "dimension of a head"))
    cache = computed(kv_cache.cache_bytes, context=ex_window_context, **_full(_float32, _one_layer, each))
    return computed(roofline.transfer_time, traffic=cache, bandwidth=cpu_bandwidth)


cpu_bandwidth = Measured(_ROOFS, "memory copied, bytes read plus bytes written", _ROOFS.cell("copy_median"), "B/s")
cpu_read = Measured(_ROOFS, "memory read by a dot product", _ROOFS.cell("read_median"), "B/s")
cpu_mha, cpu_gqa, cpu_mqa = _cpu_step(32), _cpu_step(8), _cpu_step(1)
cpu_mha_bound, cpu_gqa_bound = _cpu_bound(32), _cpu_bound(8)
cpu_mha_over = computed(compare.time_ratio, first=cpu_mha, second=cpu_mha_bound)
cpu_gqa_over = computed(compare.time_ratio, first=cpu_gqa, second=cpu_gqa_bound)
_DECODER = read(paths.FIGURES / "batching_report" / "decoder_steps.csv")
_cached = _DECODER.cell("median_s", kv_heads=GQA, batch=1, context=1024, positions=1)
_anew = _DECODER.cell("median_s", kv_heads=GQA, batch=1, context=0, positions=1024)
cpu_tokens = Assumed(1024, "token", "tokens before the one that is timed")
cpu_cached = Measured(_DECODER, "median time of a token upon 1,024 cached tokens", _cached, "s")
cpu_anew = Measured(_DECODER, "median time of 1,024 tokens without a cache", _anew, "s")
cpu_cache_gain = computed(compare.time_ratio, first=cpu_anew, second=cpu_cached)
_whole = next(row for row in _DECODER.rows if row["positions"] == 1024)
_next = next(row for row in _DECODER.rows if row["context"] == 1024 and row["batch"] == row["positions"] == 1)
_work = Measured(_DECODER, "operations of 1,024 tokens without a cache, one output layer", work(_whole), "FLOP")
_read_bytes = _next["weight_bytes"] + _next["cache_bytes"]
_traffic = Measured(_DECODER, "bytes of weights and of 1,024 cached tokens", _read_bytes, "B")
_decoder_roofs = read(paths.FIGURES / "batching_report" / "decoder_steps_roofs.csv")
_gemm = Measured(
    _decoder_roofs, "rate of a product of two matrices of 1,024 rows", _decoder_roofs.cell("gemm"), "FLOP/s"
)
_copy = Measured(_decoder_roofs, "memory copied, bytes read plus bytes written", _decoder_roofs.cell("copy"), "B/s")
_anew_bound = computed(reuse.recompute_time, operations=_work, rate=_gemm)
_cached_bound = computed(roofline.transfer_time, traffic=_traffic, bandwidth=_copy)
cpu_anew_over = computed(compare.time_ratio, first=cpu_anew, second=_anew_bound)
cpu_cached_over = computed(compare.time_ratio, first=cpu_cached, second=_cached_bound)

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

# --- Tiers: recompute or reload -----------------------------------------------------------------------------------
prefill_share = Assumed(0.5, "1", "share of the peak that the prefill achieves")
_prefill_rate = computed(
    roofline.achieved,
    gpus=_four_gpus,
    peak=value("hardware", "nvidia_h100_80gb_sxm", "bf16_dense"),
    utilization=prefill_share,
)


def _operations(prefix: Source) -> Computed:
    return computed(
        reuse.prefill_operations,
        prefix=prefix,
        parameters=value("models", "llama3_1_70b", "parameters"),
        layers=value("models", "llama3_1_70b", "layers"),
        query_heads=value("models", "llama3_1_70b", "query_heads"),
        head_dim=head_dim("llama3_1_70b"),
    )


recompute_8k = computed(reuse.recompute_time, operations=_operations(context), rate=_prefill_rate)
recompute_131k = computed(reuse.recompute_time, operations=_operations(long_context), rate=_prefill_rate)
break_even_8k = computed(
    reuse.break_even_bandwidth, cache=llama3_70b_8k, operations=_operations(context), rate=_prefill_rate
)
break_even_131k = computed(
    reuse.break_even_bandwidth, cache=llama3_70b_131k, operations=_operations(long_context), rate=_prefill_rate
)
_link = value("hardware", "nvidia_h100_80gb_sxm", "pcie_bandwidth_per_direction")
reload_131k = computed(
    reuse.reload_time, latency=Assumed(0, "s", "latency neglected"), cache=llama3_70b_131k, bandwidth=_link
)

# --- Tiers: how long to keep it -----------------------------------------------------------------------------------
gpu_price = Assumed(2, "USD/h", "price of one H100 for an hour, to be replaced by your own")
_month = Assumed(30, "d", "a month of 30 days")
_gpu_memory = computed(keeping.gpu_memory_price, gpu_price=gpu_price, period=_month, memory=_h100_memory)


def _keep(memory_price: Source, cache: Source, recompute: Source) -> Computed:
    return computed(
        keeping.keep_time,
        gpus=_four_gpus,
        gpu_price=gpu_price,
        recompute=recompute,
        memory_price=memory_price,
        cache=cache,
        period=_month,
    )


_object_storage = value("published", "google_object_storage", "month")
keep_gpu_8k = _keep(_gpu_memory, llama3_70b_8k, recompute_8k)
keep_gpu_131k = _keep(_gpu_memory, llama3_70b_131k, recompute_131k)
keep_store_8k = _keep(_object_storage, llama3_70b_8k, recompute_8k)
keep_store_131k = _keep(_object_storage, llama3_70b_131k, recompute_131k)

million = Assumed(1_048_576, "token", "a context of 2^20 tokens")
v4_million = _cache("deepseek_v4_pro", million)
v32_million = _cache("deepseek_v3_2_exp", million)
qwen3_next_growth = _growth("qwen3_next_80b")
qwen3_next_state = computed(
    kv_cache.cache_bytes,
    context=shapes.ONE_STATE,
    **shapes.CacheShape((shapes.cache_shape("qwen3_next_80b").groups[1],)).inputs(_two),
)

_REPLAY = read(paths.FIGURES / "kv_cache_optimization" / "prefix_hit_rate.csv")


def _worst(workload: int, name: str) -> Measured:
    gap = max(abs(row["che"] - row["hit_rate"]) for row in _REPLAY.rows if row["workload"] == workload)
    return Measured(_REPLAY, f"largest difference between simulation and approximation, {name}", gap, "1")


one_gap_share = computed(
    caching.hit_probability,
    rate=Assumed(1 / 90, "1/s", "turns of one conversation per second, one mean gap apart"),
    time=Assumed(90, "s", "one mean gap; the result is the same for any"),
)
hit_gap_chat = _worst(1, "chat")
hit_gap_agents = _worst(2, "agents")

# --- Quantized caches: measured -----------------------------------------------------------------------------------
_FOLDER = paths.FIGURES / "kv_cache_optimization"
_TENSORS = read(_FOLDER / "kv_quantization.csv")
_OUTPUT = read(_FOLDER / "kv_quantization_output.csv")
_CHANNELS = read(_FOLDER / "kv_quantization_channels.csv")
_MODEL, _TOKEN, _CHANNEL = 3, 1, 2  # codes of the data files


def _ratio(column: str, what: str) -> Measured:
    return Measured(_CHANNELS, f"{what}: largest over median channel", _CHANNELS.cell(column, source=_MODEL), "1")


def _error(column: str, bits: int, layout: int, what: str) -> Measured:
    cell = _TENSORS.cell(column, source=_MODEL, float=0, affine=1, bits=bits, layout=layout, group=64)
    return Measured(_TENSORS, f"signal over noise of {what}, {bits} bits", cell, "dB")


def _attended(bits: int, keys: int, values: int, what: str) -> Measured:
    where = {"source": _MODEL, "float": 0, "bits": bits, "keys_layout": keys, "values_layout": values, "group": 64}
    return Measured(
        _OUTPUT, f"signal over noise of the output, {what}, {bits} bits", _OUTPUT.cell("output_db", **where), "dB"
    )


outlier_keys = _ratio("keys_ratio", "keys")
outlier_values = _ratio("values_ratio", "values")
keys_token_4 = _error("keys_db", 4, _TOKEN, "keys per token")
keys_channel_4 = _error("keys_db", 4, _CHANNEL, "keys per channel")
keys_channel_rope_4 = _error("keys_before_rope_db", 4, _CHANNEL, "keys per channel before RoPE")
values_token_4 = _error("values_db", 4, _TOKEN, "values per token")
values_channel_4 = _error("values_db", 4, _CHANNEL, "values per channel")
output_token_4 = _attended(4, _TOKEN, _TOKEN, "keys and values per token")
output_channel_4 = _attended(4, _CHANNEL, _CHANNEL, "keys and values per channel")
output_mixed_4 = _attended(4, _CHANNEL, _TOKEN, "keys per channel, values per token")
output_mixed_2 = _attended(2, _CHANNEL, _TOKEN, "keys per channel, values per token")
output_fp8 = Measured(
    _OUTPUT,
    "signal over noise of the output, FP8 E4M3, one scale per layer",
    _OUTPUT.cell("output_db", source=_MODEL, float=1, bits=8),
    "dB",
)
_four_bits = Assumed(4, "bit", "bits of a code")
_scale_and_offset = Assumed(32, "bit", "a scale and an offset of 16 bits each")
ex_group = Assumed(64, "1", "elements that share a scale")
stored_bits_4 = computed(kv_cache.stored_bits, bits=_four_bits, scale_bits=_scale_and_offset, group=ex_group)
nvfp4_bits = computed(
    kv_cache.stored_bits,
    bits=value("published", "nvfp4", "code"),
    scale_bits=value("published", "nvfp4", "scale"),
    group=value("published", "nvfp4", "block"),
)
nvfp4_share = computed(
    compare.size_ratio, first=nvfp4_bits, second=Assumed(8, "bit", "an FP8 element, its scale neglected")
)

# --- When a quantized cache is the faster one ---------------------------------------------------------------------
_FITS = "vllm_fp8_llama3_8b_h100"
fp8_crossing = computed(
    decode.crossing_context,
    first_fixed=value("published", _FITS, "bf16_intercept"),
    second_fixed=value("published", _FITS, "fp8_intercept"),
    first_slope=value("published", _FITS, "bf16_slope"),
    second_slope=value("published", _FITS, "fp8_slope"),
)
thousand = Assumed(1000, "token", "a round number of tokens")


def _thousand(element_bytes: Source) -> Computed:
    """Time in which the cache of a thousand tokens of Llama 3.1 8B is read."""
    growth = computed(kv_cache.growth_per_token, **cache_shape("llama3_1_8b").inputs(element_bytes))
    read_once = computed(kv_cache.added_bytes, tokens=thousand, growth=growth)
    return computed(roofline.transfer_time, traffic=read_once, bandwidth=_bandwidth)


thousand_bf16, thousand_fp8 = _thousand(_two), _thousand(_one)

# --- Where it breaks, choosing ------------------------------------------------------------------------------------
block_waste = computed(kv_cache.added_bytes, tokens=block, growth=llama3_70b_growth)
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
ex_layers = Assumed(48, "1", "layers of the model in the exercise")
ex_query_heads = Assumed(48, "1", "query heads of the model in the exercise")
ex_kv_heads = Assumed(8, "1", "KV heads of the model in the exercise")
ex_head_dim = Assumed(128, "1", "head dimension of the model in the exercise")
ex_which_elements = computed(kv_cache.head_elements, kv_heads=ex_kv_heads, head_dim=ex_head_dim)
ex_which_growth = computed(kv_cache.growth_per_token, **_full(_two, ex_layers, ex_which_elements))
ex_which_factor = computed(compare.count_ratio, first=ex_query_heads, second=ex_kv_heads)

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

_eight_b_weights = computed(
    model.weight_bytes, parameters=value("models", "llama3_1_8b", "parameters"), parameter_bytes=_two
)
ex_parity_cache = _cache("llama3_1_8b", ex_window_context)
ex_parity_batch = computed(decode.parity_batch, weights=_eight_b_weights, cache=ex_parity_cache)

_sixteen_bits = Assumed(16, "bit", "BF16 elements")
ex_bits_ratio = computed(compare.size_ratio, first=_sixteen_bits, second=stored_bits_4)

ex_requests = Assumed(10, "1/s", "requests per second in the exercise")
ex_transfer = computed(reuse.transfer_bandwidth, requests=ex_requests, cache=llama3_70b_8k)

ex_system = Assumed(512, "token", "system prompt in the exercise")
ex_question = Assumed(128, "token", "question in the exercise")
ex_answer = Assumed(384, "token", "answer in the exercise")
ex_turns = Assumed(6, "1", "turns of a conversation in the exercise")
ex_continued = computed(caching.session_continued, question=ex_question, answer=ex_answer, turns=ex_turns)
ex_prompt = computed(caching.session_prompt, shared=ex_system, question=ex_question, answer=ex_answer, turns=ex_turns)
ex_gap = Assumed(90, "s", "mean time between two turns in the exercise")
_ex_forever = Assumed(1e9, "s", "a cache that evicts nothing")
ex_hit_bound = computed(
    caching.session_hit_rate,
    shared=ex_system,
    continued=ex_continued,
    prompt=ex_prompt,
    gap=ex_gap,
    time=_ex_forever,
)
ex_hit_gap = computed(
    caching.session_hit_rate, shared=ex_system, continued=ex_continued, prompt=ex_prompt, gap=ex_gap, time=ex_gap
)

ex_heads_per_gpu = Assumed(16, "1", "128 query heads over 8 GPUs")
ex_split_intensity = computed(
    kv_cache.latent_intensity,
    query_heads=ex_heads_per_gpu,
    latent_dim=value("models", "deepseek_v3", "mla_latent_dim"),
    rope_dim=value("models", "deepseek_v3", "mla_rope_dim"),
    element_bytes=_two,
)

_one_gpu = Assumed(1, "1", "one GPU")
_ex_rate = computed(
    roofline.achieved,
    gpus=_one_gpu,
    peak=value("hardware", "nvidia_h100_80gb_sxm", "bf16_dense"),
    utilization=prefill_share,
)
_ex_operations = computed(
    reuse.prefill_operations,
    prefix=ex_window_context,
    parameters=value("models", "llama3_1_8b", "parameters"),
    layers=value("models", "llama3_1_8b", "layers"),
    query_heads=value("models", "llama3_1_8b", "query_heads"),
    head_dim=head_dim("llama3_1_8b"),
)
ex_recompute = computed(reuse.recompute_time, operations=_ex_operations, rate=_ex_rate)
ex_break_even = computed(reuse.break_even_bandwidth, cache=ex_parity_cache, operations=_ex_operations, rate=_ex_rate)
