"""The numbers that articles/mixture_of_experts.md prints."""

from __future__ import annotations

from figures import paths
from figures.data import value
from figures.expert_shapes import ExpertShape, expert_shape
from figures.formulas import (
    compare,
    decode,
    expert_parallel,
    experts,
    kv_cache,
    model,
    parameters,
    reuse,
    roofline,
    routing,
)
from figures.measurement import read
from figures.measurements.router_balance import BIAS, LOSS
from figures.measurements.router_balance import NONE as UNBALANCED
from figures.results import Assumed, Computed, Measured, Source, computed
from figures.shapes import cache_shape

_ONE_TOKEN = Assumed(1, "token", "one token per sequence and step, no speculation")

_APART = Assumed(0, "1", "counted apart")

# Chosen by the author.
fp8_bytes = Assumed(1, "B", "FP8 weights; their scales are about a thousandth")
bf16_bytes = Assumed(2, "B", "BF16")
mxfp4_bits = Assumed(4.25, "bit", "4-bit weights with one 8-bit scale for 32 of them")
batch_1 = Assumed(1, "1", "one user")
batch_16 = Assumed(16, "1", "a small service")
batch_64 = Assumed(64, "1", "a busy node")
batch_256 = Assumed(256, "1", "a full node")

# DeepSeek-V3.
_v3 = expert_shape("deepseek_v3")
v3_expert = _v3.expert
v3_total = _v3.total
v3_active = _v3.per_token
v3_always = _v3.always
v3_moe_layers = _v3.moe_layers
v3_experts_per_token = computed(experts.experts_per_token, moe_layers=_v3.moe_layers, active=_v3.active)


def _v3_bytes(touched: Source, always: Source = v3_always, expert_bytes: Source = fp8_bytes) -> Computed:
    return computed(
        experts.touched_bytes,
        always=always,
        always_bytes=fp8_bytes,
        moe_layers=_v3.moe_layers,
        touched=touched,
        expert=_v3.expert,
        expert_bytes=expert_bytes,
    )


def _v3_touched(tokens: Source) -> Computed:
    return computed(experts.expected_experts, experts=_v3.experts, active=_v3.active, tokens=tokens)


v3_touched_16 = _v3_touched(batch_16)
v3_touched_64 = _v3_touched(batch_64)
v3_touched_256 = _v3_touched(batch_256)
v3_read_1 = _v3_bytes(_v3_touched(batch_1))
v3_read_16 = _v3_bytes(v3_touched_16)
v3_growth_16 = computed(compare.size_ratio, first=v3_read_16, second=v3_read_1)
v3_gain_16 = computed(compare.count_ratio, first=batch_16, second=v3_growth_16)
v3_routed = computed(
    parameters.total,
    embedding=_APART,
    always=_APART,
    moe_layers=_v3.moe_layers,
    experts=_v3.experts,
    expert=_v3.expert,
)
v3_routed_active = computed(
    parameters.active,
    always=_APART,
    moe_layers=_v3.moe_layers,
    active=_v3.active,
    expert=_v3.expert,
)
v3_routed_share = computed(compare.count_ratio, first=v3_routed, second=v3_total)
v3_weights = computed(model.weight_bytes, parameters=v3_total, parameter_bytes=fp8_bytes)
v3_weights_fp4 = _v3_bytes(_v3.experts, expert_bytes=mxfp4_bits)
v3_fixed = computed(model.weight_bytes, parameters=v3_always, parameter_bytes=fp8_bytes)
v3_experts_64 = _v3_bytes(v3_touched_64, always=_APART)
v3_redundant = _v3_bytes(Assumed(1, "1", "one expert more per layer"), always=_APART)
saturated_share = Assumed(0.95, "1", "nearly all")
v3_inclusion = computed(experts.inclusion, experts=_v3.experts, active=_v3.active)
v3_saturation = computed(experts.batch_that_touches, share=saturated_share, inclusion=v3_inclusion)

# Critical batches on an H100 with FP8 weights and arithmetic.
h100_fp8 = value("hardware", "nvidia_h100_80gb_sxm", "fp8_dense")
h100_bandwidth = value("hardware", "nvidia_h100_80gb_sxm", "memory_bandwidth")
_ridge = computed(roofline.ridge, peak=h100_fp8, bandwidth=h100_bandwidth)
dense_critical_batch = computed(roofline.ridge_batch, ridge=_ridge, element_bytes=fp8_bytes)
v3_critical_batch = computed(
    experts.critical_batch_of_experts, dense=dense_critical_batch, experts=_v3.experts, active=_v3.active
)


def critical(key: str) -> Computed:
    """Tokens at which all products of a model with FP8 weights take as long as reading them, on an H100."""
    shape = expert_shape(key)
    return computed(
        experts.critical_batch,
        always=shape.always,
        always_bytes=fp8_bytes,
        moe_layers=shape.moe_layers,
        experts=shape.experts,
        active=shape.active,
        expert=shape.expert,
        expert_bytes=fp8_bytes,
        peak=h100_fp8,
        bandwidth=h100_bandwidth,
    )


v3_model_critical_batch = critical("deepseek_v3")

# Qwen3-235B-A22B against a dense model.
_qwen3 = expert_shape("qwen3_235b_a22b")
dense_parameters = Assumed(32e9, "1", "a dense model of the size of Qwen3-32B")
qwen3_touched_16 = computed(experts.expected_experts, experts=_qwen3.experts, active=_qwen3.active, tokens=batch_16)
_valley_experts = computed(
    experts.experts_for_parameters,
    parameters=dense_parameters,
    always=_qwen3.always,
    moe_layers=_qwen3.moe_layers,
    expert=_qwen3.expert,
)
valley_low = computed(
    experts.batch_that_touches,
    share=computed(compare.count_ratio, first=_valley_experts, second=_qwen3.experts),
    inclusion=computed(experts.inclusion, experts=_qwen3.experts, active=_qwen3.active),
)
valley_high = computed(
    experts.overtaking_batch, dense=dense_critical_batch, total=_qwen3.total, parameters=dense_parameters
)

# Published latencies of a mixture layer against the experts touched.
_LATENCIES = {tokens: value("published", "trtllm_moe_rank", f"tokens_{tokens}") for tokens in (1, 16, 64, 128)}
latency_slope = computed(
    experts.time_per_expert,
    first=_LATENCIES[1],
    second=_LATENCIES[64],
    first_touched=_v3_touched(batch_1),
    second_touched=v3_touched_64,
)


def _latency(touched: Source) -> Computed:
    return computed(
        experts.layer_time,
        first=_LATENCIES[1],
        slope=latency_slope,
        first_touched=_v3_touched(batch_1),
        touched=touched,
    )


latency_fixed = _latency(Assumed(0, "1", "no expert"))
latency_16 = _latency(v3_touched_16)
latency_16_excess = computed(compare.time_excess, first=_LATENCIES[16], second=latency_16)
batch_128 = Assumed(128, "1", "tokens")
latency_128 = _latency(_v3_touched(batch_128))
latency_128_excess = computed(compare.time_excess, first=_LATENCIES[128], second=latency_128)
nvfp4_bits = computed(
    kv_cache.stored_bits,
    bits=value("published", "nvfp4", "code"),
    scale_bits=value("published", "nvfp4", "scale"),
    group=value("published", "nvfp4", "block"),
)
_rank_size = Assumed(256, "1", "one of eight shards of an expert's 2,048")
rank_expert_bytes = computed(
    model.weight_bytes,
    parameters=computed(
        parameters.gated_feed_forward, width=value("models", "deepseek_v3", "hidden_size"), inner=_rank_size
    ),
    parameter_bytes=nvfp4_bits,
)
latency_share = computed(
    compare.time_ratio,
    first=computed(
        roofline.transfer_time,
        traffic=rank_expert_bytes,
        bandwidth=value("hardware", "nvidia_b200_sxm", "memory_bandwidth"),
    ),
    second=latency_slope,
)

# One node of eight H200.
node_gpus = Assumed(8, "1", "one node")
h200_bandwidth = value("hardware", "nvidia_h200_sxm", "memory_bandwidth")
node_bandwidth = computed(roofline.combined_bandwidth, gpus=node_gpus, bandwidth=h200_bandwidth)
ep_context = Assumed(2000, "token", "context of a request while it decodes, on average")
v3_cache = computed(kv_cache.cache_bytes, context=ep_context, **cache_shape("deepseek_v3").inputs(bf16_bytes))


def _node_step(batch: Source) -> Computed:
    return computed(
        decode.step_time,
        weights=_v3_bytes(_v3_touched(batch)),
        batch=batch,
        cache=v3_cache,
        gpus=node_gpus,
        bandwidth=h200_bandwidth,
    )


node_step_1 = _node_step(batch_1)
node_step_64 = _node_step(batch_64)
node_step_256 = _node_step(batch_256)
node_rate_64 = computed(decode.token_rate, batch=batch_64, tokens=_ONE_TOKEN, step=node_step_64)
node_rate_256 = computed(decode.token_rate, batch=batch_256, tokens=_ONE_TOKEN, step=node_step_256)
node_growth_64 = computed(compare.time_ratio, first=node_step_64, second=node_step_1)
node_growth_256 = computed(compare.time_excess, first=node_step_256, second=node_step_64)
node_fixed_step = computed(roofline.transfer_time, traffic=v3_fixed, bandwidth=h200_bandwidth)
v3_caches_64 = computed(decode.step_traffic, weights=Assumed(0, "B", "counted apart"), batch=batch_64, cache=v3_cache)

# Nine nodes of H100, as SGLang ran it.
ep_gpus = Assumed(72, "1", "nine nodes")
ep_batch = Assumed(256, "1", "sequences per GPU")
redundant = Assumed(32, "1", "replicas of hot experts")
ep_experts = Assumed(288, "1", "256 experts and 32 replicas")
ep_experts_per_gpu = computed(compare.count_ratio, first=ep_experts, second=ep_gpus)
ep_tokens = computed(expert_parallel.all_tokens, gpus=ep_gpus, tokens=ep_batch)
ep_tokens_per_expert = computed(experts.tokens_per_expert, tokens=ep_tokens, active=_v3.active, touched=ep_experts)
ep_published_step = computed(
    decode.step_at_rate,
    batch=computed(expert_parallel.all_tokens, gpus=node_gpus, tokens=ep_batch),
    tokens=_ONE_TOKEN,
    rate=value("published", "sglang_ep", "decode_rate"),
)
ep_traffic = computed(decode.step_traffic, weights=_v3_bytes(ep_experts_per_gpu), batch=ep_batch, cache=v3_cache)
ep_memory_time = computed(roofline.transfer_time, traffic=ep_traffic, bandwidth=h100_bandwidth)
ep_arithmetic_time = computed(
    reuse.recompute_time,
    operations=computed(experts.weight_operations, tokens=ep_batch, active=v3_active),
    rate=h100_fp8,
)
dispatch_bytes = Assumed(1.03125, "B", "FP8 and a scale of four bytes for 128 elements")
combine_bytes = Assumed(2, "B", "BF16")
_NOTHING = Assumed(0, "B", "the other direction is counted apart")
_width = value("models", "deepseek_v3", "hidden_size")


def _sent(tokens: Source, there: Source, back: Source) -> Computed:
    return computed(
        expert_parallel.exchange_bytes,
        tokens=tokens,
        copies=_v3.active,
        width=_width,
        dispatch_bytes=there,
        combine_bytes=back,
    )


ep_alltoall_bytes = _sent(ep_batch, dispatch_bytes, combine_bytes)
_deepep_out = value("published", "deepep_low_latency", "dispatch_rate_ep64")
_deepep_back = value("published", "deepep_low_latency", "combine_rate_ep64")
ep_dispatch_time = computed(
    roofline.transfer_time, traffic=_sent(ep_batch, dispatch_bytes, _NOTHING), bandwidth=_deepep_out
)
ep_combine_time = computed(
    roofline.transfer_time, traffic=_sent(ep_batch, _NOTHING, combine_bytes), bandwidth=_deepep_back
)
_one_part = Assumed(1, "1", "not split")


def _in_all_layers(out: Computed, back: Computed) -> Computed:
    return computed(
        expert_parallel.exchange_step_time,
        microbatches=_one_part,
        layers=_v3.moe_layers,
        exchange=computed(compare.time_sum, first=out, second=back),
    )


ep_communication_time = _in_all_layers(ep_dispatch_time, ep_combine_time)
nvl_communication_time = _in_all_layers(
    computed(
        roofline.transfer_time,
        traffic=_sent(ep_batch, dispatch_bytes, _NOTHING),
        bandwidth=value("published", "trtllm_alltoall", "dispatch_rate"),
    ),
    computed(
        roofline.transfer_time,
        traffic=_sent(ep_batch, _NOTHING, combine_bytes),
        bandwidth=value("published", "trtllm_alltoall", "combine_rate"),
    ),
)
ep_serial_time = computed(compare.time_sum, first=ep_memory_time, second=ep_communication_time)
ep_plain_step = computed(
    compare.time_without_gain, time=ep_published_step, gain=value("published", "sglang_ep", "overlap_gain")
)
ep_explained = computed(compare.time_ratio, first=ep_serial_time, second=ep_plain_step)
half_batch = Assumed(128, "1", "one of two micro-batches")
ep_dispatch_half = computed(
    roofline.transfer_time, traffic=_sent(half_batch, dispatch_bytes, _NOTHING), bandwidth=_deepep_out
)

# Experts or tensors; hiding the exchange.
ep_over_tp = computed(
    expert_parallel.break_even_gpus,
    active=_v3.active,
    dispatch_bytes=fp8_bytes,
    combine_bytes=combine_bytes,
    element_bytes=bf16_bytes,
)
v4_hide = computed(
    expert_parallel.exchange_intensity,
    inner=value("models", "deepseek_v4_pro", "expert_size"),
    dispatch_bytes=fp8_bytes,
    combine_bytes=combine_bytes,
)
ib_bandwidth = Assumed(50e9, "B/s", "a 400 Gbit/s link")
v4_hidden_rate = computed(roofline.attainable, peak=h100_fp8, bandwidth=ib_bandwidth, intensity=v4_hide)

# Chance: loads, drops, the loss.
_ep_mean_load = computed(routing.mean_load, tokens=ep_tokens, active=_v3.active, bins=ep_gpus)
chance_maxvio = computed(
    routing.max_violation,
    fullest=computed(routing.fullest_bound, mean=_ep_mean_load, bins=ep_gpus),
    mean=_ep_mean_load,
)
drop_tokens = Assumed(2048, "1", "tokens that are routed together")
capacity_factor = Assumed(1.25, "1", "a usual capacity factor")
_even = Assumed(1, "1", "no spare places")


def _dropped(factor: Source) -> Computed:
    routed: dict[str, Source] = {"tokens": drop_tokens, "experts": _v3.experts, "active": _v3.active}
    room = computed(routing.capacity, **routed, factor=factor)
    return computed(routing.dropped_share, **routed, capacity=room)


mean_load = computed(routing.mean_load, tokens=drop_tokens, active=_v3.active, bins=_v3.experts)
dropped_1 = _dropped(_even)
dropped_125 = _dropped(capacity_factor)
order_share = Assumed(0.6, "1", "tokens that barely prefer the first of two experts")
order_rest = Assumed(0.4, "1", "the other tokens")
order_first = Assumed(0.51, "1", "probability of the first expert for tokens that prefer it")
order_other = Assumed(0.36, "1", "its probability for the others")
order_mean = computed(
    routing.mean_probability, shares=(order_share, order_rest), probabilities=(order_first, order_other)
)
order_mean_second = computed(
    routing.mean_probability,
    shares=(order_share, order_rest),
    probabilities=(Assumed(0.49, "1", "the rest to 1"), Assumed(0.64, "1", "the rest to 1")),
)
order_loss = computed(
    routing.balance_loss, fractions=(order_share, order_rest), probabilities=(order_mean, order_mean_second)
)
combinations_coarse = computed(
    routing.combinations, experts=Assumed(16, "1", "few experts"), active=Assumed(2, "1", "two per token")
)
combinations_fine = computed(
    routing.combinations, experts=Assumed(64, "1", "each split in four"), active=Assumed(8, "1", "eight per token")
)

# The simulated router.
_SIMULATED = read(paths.FIGURES / "mixture_of_experts" / "balancing.csv")
_LAST = max(row["step"] for row in _SIMULATED.rows)
_KINDS = {
    UNBALANCED: "without balancing",
    LOSS: "with an auxiliary loss of weight {}",
    BIAS: "with biases moved by {} a step",
}
_WHAT = {"violation": "maximal violation", "used": "experts in use", "loss": "squared error over the targets' square"}


def _simulated(column: str, balance: int, strength: float, step: float = _LAST) -> Measured:
    """One number of the simulation; by default at its end."""
    how = _KINDS[balance].format(f"{strength:g}")
    return Measured(
        _SIMULATED,
        f"{_WHAT[column]} {how} after {step:,.0f} steps",
        _SIMULATED.cell(column, balance=balance, strength=strength, step=step),
        "1",
    )


sim_none_used = _simulated("used", UNBALANCED, 0)
sim_none_maxvio = _simulated("violation", UNBALANCED, 0)
sim_none_loss = _simulated("loss", UNBALANCED, 0)
sim_start_maxvio = _simulated("violation", UNBALANCED, 0, 0)
sim_start_used = _simulated("used", UNBALANCED, 0, 0)
sim_weak_used = _simulated("used", LOSS, 0.01)
sim_weak_maxvio = _simulated("violation", LOSS, 0.01)
sim_weak_loss = _simulated("loss", LOSS, 0.01)
sim_aux_used = _simulated("used", LOSS, 0.1)
sim_aux_maxvio = _simulated("violation", LOSS, 0.1)
sim_aux_loss = _simulated("loss", LOSS, 0.1)
sim_strong_maxvio = _simulated("violation", LOSS, 1)
sim_strong_loss = _simulated("loss", LOSS, 1)
sim_bias_used = _simulated("used", BIAS, 0.001)
sim_bias_maxvio = _simulated("violation", BIAS, 0.001)
sim_bias_loss = _simulated("loss", BIAS, 0.001)
sim_fast_maxvio = _simulated("violation", BIAS, 0.01)
sim_fast_loss = _simulated("loss", BIAS, 0.01)

# Offloading.
host_bandwidth = Assumed(460e9, "B/s", "memory bandwidth of a server with twelve channels of DDR5-4800")
pcie = value("hardware", "nvidia_h100_80gb_sxm", "pcie_bandwidth_per_direction")
_expert_bytes = computed(model.weight_bytes, parameters=_v3.expert, parameter_bytes=fp8_bytes)
expert_transfer = computed(roofline.transfer_time, traffic=_expert_bytes, bandwidth=pcie)
token_transfer = computed(
    roofline.transfer_time,
    traffic=computed(model.weight_bytes, parameters=v3_routed_active, parameter_bytes=fp8_bytes),
    bandwidth=pcie,
)
cpu_token = computed(
    roofline.transfer_time,
    traffic=computed(model.weight_bytes, parameters=v3_routed_active, parameter_bytes=mxfp4_bits),
    bandwidth=host_bandwidth,
)
upcycle_share = computed(
    compare.count_ratio,
    first=Assumed(500e9, "1", "tokens after which training from scratch caught up, OLMoE"),
    second=Assumed(2e12, "1", "tokens of the dense model, OLMoE"),
)
draft_tokens = Assumed(4, "1", "tokens of one sequence that speculative decoding checks at once")


# The valley between a mixture and a dense model.
_dense_weights = computed(model.weight_bytes, parameters=dense_parameters, parameter_bytes=fp8_bytes)
_qwen3_all = computed(
    experts.touched_bytes,
    always=_qwen3.always,
    always_bytes=fp8_bytes,
    moe_layers=_qwen3.moe_layers,
    touched=_qwen3.experts,
    expert=_qwen3.expert,
    expert_bytes=fp8_bytes,
)
_qwen3_one = computed(model.weight_bytes, parameters=_qwen3.per_token, parameter_bytes=fp8_bytes)
valley_token = computed(compare.size_ratio, first=_dense_weights, second=_qwen3_one)
valley_depth = computed(compare.size_ratio, first=_qwen3_all, second=_dense_weights)
ep_ratio = computed(compare.time_ratio, first=ep_communication_time, second=ep_memory_time)
v3_draft_growth = computed(
    compare.count_ratio,
    first=computed(experts.expected_experts, experts=_v3.experts, active=_v3.active, tokens=draft_tokens),
    second=_v3.active,
)


# Exercises.
def _touches(shape: ExpertShape, tokens: Source) -> Computed:
    return computed(experts.expected_experts, experts=shape.experts, active=shape.active, tokens=tokens)


def _reads(
    shape: ExpertShape, touched: Source, *, always: Source, copies: Source = fp8_bytes, each: Source
) -> Computed:
    """Bytes of the weights of a step; ``each`` is the size of an expert's parameter, ``copies`` that of the others."""
    return computed(
        experts.touched_bytes,
        always=always,
        always_bytes=copies,
        moe_layers=shape.moe_layers,
        touched=touched,
        expert=shape.expert,
        expert_bytes=each,
    )


def _hiding(inner: Source) -> Computed:
    return computed(expert_parallel.exchange_intensity, inner=inner, dispatch_bytes=fp8_bytes, combine_bytes=bf16_bytes)


def _rate_of(tokens: Source, step: Source) -> Computed:
    return computed(decode.token_rate, batch=tokens, tokens=_ONE_TOKEN, step=step)


context = Assumed(8192, "token", "length that the sequences of the exercise reach")
usable = Assumed(0.9, "1", "share of the memory that the server may take")
reserve = Assumed(3e9, "B", "working space per GPU: activations, workspaces, captured graphs")

ex_count_width = Assumed(4096, "1", "width of the model")
ex_count_layers = Assumed(32, "1", "layers, all with experts")
ex_count_experts = Assumed(8, "1", "routed experts of a layer")
ex_count_inner = Assumed(14336, "1", "intermediate size of an expert")
ex_count_active = Assumed(2, "1", "experts per token")
ex_count_rest = Assumed(1.6e9, "1", "parameters outside the experts")
ex_count_expert = computed(parameters.gated_feed_forward, width=ex_count_width, inner=ex_count_inner)
ex_count_total = computed(
    parameters.total,
    embedding=_APART,
    always=ex_count_rest,
    moe_layers=ex_count_layers,
    experts=ex_count_experts,
    expert=ex_count_expert,
)
ex_count_active_total = computed(
    parameters.active,
    always=ex_count_rest,
    moe_layers=ex_count_layers,
    active=ex_count_active,
    expert=ex_count_expert,
)
_ex_shares = tuple(Assumed(share, "1", "share of the assignments of one of three experts") for share in (0.5, 0.3, 0.2))
_ex_means = tuple(Assumed(mean, "1", "mean probability of one of three experts") for mean in (0.3, 0.3, 0.4))
ex_order_loss = computed(routing.balance_loss, fractions=_ex_shares, probabilities=_ex_means)
ex_order_variation = computed(routing.squared_variation, fractions=_ex_shares)

_gpt_oss = expert_shape("gpt_oss_120b")
ex_touched_tokens = Assumed(32, "1", "tokens of the step")
ex_touched = _touches(_gpt_oss, ex_touched_tokens)
ex_touched_saturation = computed(
    experts.batch_that_touches,
    share=saturated_share,
    inclusion=computed(compare.count_ratio, first=_gpt_oss.active, second=_gpt_oss.experts),
)

ex_skew_experts = Assumed(256, "1", "experts of the layer")
ex_skew_hot = Assumed(32, "1", "hot experts among them")
_ex_skew_cold = Assumed(224, "1", "the other experts")
_ex_skew_half = Assumed(4, "1", "assignments of a token to hot experts, and as many to cold ones")
ex_skew_hot_touched = computed(experts.expected_experts, experts=ex_skew_hot, active=_ex_skew_half, tokens=batch_64)
ex_skew_cold_touched = computed(experts.expected_experts, experts=_ex_skew_cold, active=_ex_skew_half, tokens=batch_64)

ex_capacity_tokens = Assumed(8192, "1", "tokens routed together")
ex_capacity_factor = Assumed(1.1, "1", "capacity factor")
ex_capacity_places = computed(
    routing.capacity,
    tokens=ex_capacity_tokens,
    experts=_v3.experts,
    active=_v3.active,
    factor=ex_capacity_factor,
)
ex_capacity_dropped = computed(
    routing.dropped_share,
    tokens=ex_capacity_tokens,
    experts=_v3.experts,
    active=_v3.active,
    capacity=ex_capacity_places,
)

_ex_bias_fullest = Assumed(4, "1", "load of the busiest expert")
_ex_bias_mean = Assumed(2, "1", "mean load")
ex_bias_violation = computed(routing.max_violation, fullest=_ex_bias_fullest, mean=_ex_bias_mean)
ex_bias_balancedness = computed(compare.count_ratio, first=_ex_bias_mean, second=_ex_bias_fullest)

ex_link_inner = Assumed(1536, "1", "intermediate size of an expert")
_ex_link_wide = Assumed(3072, "1", "twice that size")
ex_link_rate = Assumed(400e12, "FLOP/s", "arithmetic rate that a GPU achieves on the experts")
ex_link_bandwidth = computed(expert_parallel.hiding_bandwidth, rate=ex_link_rate, intensity=_hiding(ex_link_inner))
ex_link_bandwidth_wide = computed(expert_parallel.hiding_bandwidth, rate=ex_link_rate, intensity=_hiding(_ex_link_wide))

ex_eptp_active = Assumed(16, "1", "experts per token")


def _break_even(active: Source, out: Source, back: Source) -> Computed:
    return computed(
        expert_parallel.break_even_gpus,
        active=active,
        dispatch_bytes=out,
        combine_bytes=back,
        element_bytes=bf16_bytes,
    )


ex_eptp = _break_even(ex_eptp_active, fp8_bytes, bf16_bytes)
ex_eptp_latent = _break_even(
    ex_eptp_active,
    Assumed(0.5, "B", "an FP8 element for every second one of the model's width"),
    Assumed(1, "B", "a BF16 element for every second one of the model's width"),
)

_small = expert_shape("qwen3_30b_a3b")
ex_cpu_bandwidth = Assumed(200e9, "B/s", "memory bandwidth of a workstation")
ex_cpu_users = Assumed(4, "1", "users at once")
ex_cpu_bytes = _reads(_small, _small.active, always=_APART, each=mxfp4_bits)
ex_cpu_rate = _rate_of(batch_1, computed(roofline.transfer_time, traffic=ex_cpu_bytes, bandwidth=ex_cpu_bandwidth))
ex_cpu_touched = _touches(_small, ex_cpu_users)
ex_cpu_growth = computed(compare.count_ratio, first=ex_cpu_touched, second=_small.active)

_gpt_oss = expert_shape("gpt_oss_20b")
ex_bound_bandwidth = Assumed(800e9, "B/s", "memory bandwidth that the post rounds")
ex_bound_parameters = Assumed(3.6e9, "1", "active parameters that the post takes")


def _one_user(traffic: Source) -> Computed:
    return _rate_of(batch_1, computed(roofline.transfer_time, traffic=traffic, bandwidth=ex_bound_bandwidth))


ex_bound_rate = _one_user(computed(model.weight_bytes, parameters=ex_bound_parameters, parameter_bytes=bf16_bytes))
ex_bound_bytes = _reads(_gpt_oss, _gpt_oss.active, always=_gpt_oss.always, copies=bf16_bytes, each=mxfp4_bits)
ex_bound_rate_fp4 = _one_user(ex_bound_bytes)

_sixteen = Assumed(16, "1", "GPUs of the exercise")
_sixteen_copies = Assumed(16, "B", "one byte on each of sixteen GPUs")
ex_design_fixed = _reads(_qwen3, _APART, always=_qwen3.always, each=fp8_bytes)
ex_design_experts = _reads(_qwen3, _qwen3.experts, always=_APART, each=fp8_bytes)
ex_design_growth = computed(kv_cache.growth_per_token, **cache_shape("qwen3_235b_a22b").inputs(bf16_bytes))
ex_design_cache = computed(kv_cache.cache_bytes, context=context, **cache_shape("qwen3_235b_a22b").inputs(bf16_bytes))
_ex_design: dict[str, Source] = {
    "gpus": _sixteen,
    "memory": value("hardware", "nvidia_h100_80gb_sxm", "memory_capacity"),
    "usable": usable,
    "weights": _reads(_qwen3, _qwen3.experts, always=_qwen3.always, copies=_sixteen_copies, each=fp8_bytes),
    "reserve": reserve,
}
ex_design_room = computed(kv_cache.cache_room, **_ex_design)
ex_design_sequences = computed(kv_cache.sequences_that_fit, **_ex_design, cache=ex_design_cache)
ex_design_critical = computed(
    experts.critical_batch_of_experts, dense=dense_critical_batch, experts=_qwen3.experts, active=_qwen3.active
)
ex_design_step = computed(
    decode.step_time,
    weights=_ex_design["weights"],
    batch=ex_design_sequences,
    cache=ex_design_cache,
    gpus=_sixteen,
    bandwidth=h100_bandwidth,
)
