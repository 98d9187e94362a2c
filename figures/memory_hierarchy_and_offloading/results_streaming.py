"""Weights, caches and experts below the GPU's memory: steps, break-evens, and what others measured."""

from __future__ import annotations

from figures import paths
from figures.data import Datum, value
from figures.expert_shapes import expert_shape
from figures.formulas import (
    compare,
    decode,
    experts,
    kv_cache,
    levels,
    model,
    offloaded_experts,
    restoring,
    reuse,
    roofline,
    streaming,
    training_offload,
)
from figures.measurement import read
from figures.memory_hierarchy_and_offloading.results_levels import (
    bf16_bytes,
    c2c_rate,
    h100_bandwidth,
    h100_peak,
    host_bandwidth,
    host_reached,
    nic_rate,
    nvme_rate,
    of,
    pcie_rate,
    weights_70b,
)
from figures.results import Assumed, Computed, Measured, Source, computed
from figures.shapes import cache_shape, head_dim

MODEL = "llama3_1_70b"


def _published(entry: str, field: str) -> Datum:
    return value("offloading", entry, field)


_parameters = value("models", MODEL, "parameters")
_one_gpu = Assumed(1, "1", "one GPU")
_one_token = Assumed(1, "token", "one token per sequence and step")
_no_latency = Assumed(0, "s", "latency neglected")
_no_cache = Assumed(0, "B", "caches are short")
prefill_share = Assumed(0.5, "1", "share of the peak that large products achieve")
achieved_rate = computed(roofline.achieved, gpus=_one_gpu, peak=h100_peak, utilization=prefill_share)

# One H100 for Llama 3.1 70B.
room_70b = Assumed(72, "GB", "of 80 GB for weights; the rest for caches, activations and buffers")
offloaded_70b = computed(streaming.offloaded_share, weights=weights_70b, room=room_70b)
batch_one = Assumed(1, "1", "one user")


def operations(batch: Source) -> Computed:
    """Operations of a step's products with the weights."""
    return computed(experts.weight_operations, tokens=batch, active=_parameters)


def step(slow: Source, batch: Source = batch_one, share: Source = offloaded_70b) -> Computed:
    """Decode step with a share of the weights behind a link, transfer overlapped."""
    return computed(
        streaming.streamed_step_time,
        weights=weights_70b,
        batch=batch,
        cache=_no_cache,
        share=share,
        fast=h100_bandwidth,
        slow=slow,
        operations=operations(batch),
        rate=achieved_rate,
    )


def rate(step_time: Source, batch: Source = batch_one) -> Computed:
    """Tokens per second over all sequences."""
    return computed(decode.token_rate, batch=batch, tokens=_one_token, step=step_time)


_nothing = Assumed(0, "1", "nothing is offloaded")
hbm_step_70b = step(pcie_rate, share=_nothing)
hbm_rate_70b = rate(hbm_step_70b)
pcie_step_70b = step(pcie_rate)
pcie_rate_70b = rate(pcie_step_70b)
c2c_step_70b = step(c2c_rate)
c2c_rate_70b = rate(c2c_step_70b)
nvme_step_70b = step(nvme_rate)
nvme_rate_70b = rate(nvme_step_70b)
waiting_step_70b = computed(
    streaming.waiting_step_time,
    weights=weights_70b,
    batch=batch_one,
    cache=_no_cache,
    share=offloaded_70b,
    fast=h100_bandwidth,
    slow=pcie_rate,
    operations=operations(batch_one),
    rate=achieved_rate,
)


def _local(memory: Source) -> tuple[Computed, Computed]:
    """The step whose offloaded half a host multiplies, and how many times as fast it is as the stream."""
    time = computed(
        streaming.local_step_time,
        weights=weights_70b,
        batch=batch_one,
        cache=_no_cache,
        share=offloaded_70b,
        fast=h100_bandwidth,
        slow=memory,
    )
    return time, computed(compare.throughput_ratio, first=rate(time), second=pcie_rate_70b)


local_step_70b, local_over_pcie = _local(host_bandwidth)
local_step_reached, local_over_pcie_reached = _local(host_reached)


def _hidden(slow: Source) -> Computed:
    return computed(
        streaming.hiding_batch, share=offloaded_70b, parameter_bytes=bf16_bytes, rate=achieved_rate, slow=slow
    )


hidden_batch_pcie = _hidden(pcie_rate)
hidden_batch_c2c = _hidden(c2c_rate)
hidden_batch_nvme = _hidden(nvme_rate)

# Layer by layer.
_layers = value("models", MODEL, "layers")
layer_load = computed(
    roofline.transfer_time,
    traffic=computed(levels.in_flight_per_unit, size=weights_70b, units=_layers),
    bandwidth=pcie_rate,
)

# What others reached.
_zero_batch = _published("deepnvme", "batch")


def _zero(field: str) -> tuple[Computed, Computed]:
    """The bound by reading all weights from the drives once per step, and what share of it was reached."""
    time = computed(roofline.transfer_time, traffic=weights_70b, bandwidth=_published("deepnvme", field))
    bound = rate(time, _zero_batch)
    return bound, computed(compare.throughput_ratio, first=_published("deepnvme", f"{field}_rate"), second=bound)


nvme_bound_gen4, zero_share_gen4 = _zero("four_gen4")
nvme_bound_gen5, zero_share_gen5 = _zero("four_gen5")
nvme_bound_gen5x8, zero_share_gen5x8 = _zero("eight_gen5")

_v3 = expert_shape("deepseek_v3")
_kt_bits = Assumed(4.5, "bit", "Q4_K, scales included")
_touched_one = computed(experts.expected_experts, experts=_v3.experts, active=_v3.active, tokens=batch_one)
kt_bytes = computed(
    offloaded_experts.missed_bytes,
    hit_rate=Assumed(0, "1", "all routed experts are on the processor"),
    expert_bytes=_kt_bits,
    moe_layers=_v3.moe_layers,
    touched=_touched_one,
    expert=_v3.expert,
)
kt_bandwidth = computed(
    levels.clocked_bandwidth,
    units=of("dram", "channels"),
    width=Assumed(8, "B", "the width of a channel of DDR5"),
    clock=Assumed(4.8e9, "Hz", "DDR5-4800"),
)
kt_bound = rate(computed(roofline.transfer_time, traffic=kt_bytes, bandwidth=kt_bandwidth))
kt_share = computed(compare.throughput_ratio, first=_published("ktransformers_v3", "one_socket"), second=kt_bound)
_two_sockets = computed(
    levels.clocked_bandwidth,
    units=Assumed(16, "1", "channels of two sockets"),
    width=Assumed(8, "B", "the width of a channel of DDR5"),
    clock=Assumed(4.8e9, "Hz", "DDR5-4800"),
)
kt_bound_two = rate(computed(roofline.transfer_time, traffic=kt_bytes, bandwidth=_two_sockets))
kt_share_two = computed(
    compare.throughput_ratio, first=_published("ktransformers_v3", "two_sockets"), second=kt_bound_two
)

glm_offloaded = computed(
    levels.combined_capacity,
    units=Assumed(2, "1", "processors"),
    size=_published("glm_gh200", "offloaded"),
)
glm_share = computed(compare.size_ratio, first=glm_offloaded, second=_published("glm_gh200", "experts"))
glm_bytes = computed(levels.combined_capacity, units=glm_share, size=_published("glm_gh200", "per_token"))
glm_bound = rate(computed(roofline.transfer_time, traffic=glm_bytes, bandwidth=c2c_rate))
glm_ratio = computed(compare.throughput_ratio, first=_published("glm_gh200", "rate"), second=glm_bound)
_both_links = computed(roofline.combined_bandwidth, gpus=Assumed(2, "1", "links, one per module"), bandwidth=c2c_rate)
glm_bound_two = rate(computed(roofline.transfer_time, traffic=glm_bytes, bandwidth=_both_links))
glm_ratio_two = computed(compare.throughput_ratio, first=_published("glm_gh200", "rate"), second=glm_bound_two)

ca_load = computed(
    reuse.reload_time,
    latency=_no_latency,
    cache=_published("cached_attention", "cache"),
    bandwidth=_published("cached_attention", "link"),
)
ca_gain = computed(
    compare.time_ratio, first=_published("cached_attention", "prefill"), second=_published("cached_attention", "load")
)

# Caches of prefixes: Llama 3.1 70B on four H100, as in the article on the KV cache.
context_131k = Assumed(131_072, "token", "the model's longest context")
four_gpus = Assumed(4, "1", "GPUs of the worked example")
cache_131k = computed(
    kv_cache.cache_bytes, context=context_131k, **cache_shape(MODEL).inputs(Assumed(2, "B", "16-bit cache"))
)
_growth = computed(kv_cache.growth_per_token, **cache_shape(MODEL).inputs(Assumed(2, "B", "16-bit cache")))
prefill_rate = computed(roofline.achieved, gpus=four_gpus, peak=h100_peak, utilization=prefill_share)
_shape = {
    "layers": _layers,
    "query_heads": value("models", MODEL, "query_heads"),
    "head_dim": head_dim(MODEL),
}
recompute_131k = computed(
    reuse.recompute_time,
    operations=computed(reuse.prefill_operations, prefix=context_131k, parameters=_parameters, **_shape),
    rate=prefill_rate,
)


def _reload(bandwidth: Source) -> Computed:
    return computed(reuse.reload_time, latency=_no_latency, cache=cache_131k, bandwidth=bandwidth)


network_rate = of("network", "bandwidth")
reload_pcie_131k = _reload(pcie_rate)
reload_nvme_131k = _reload(nvme_rate)
reload_network_131k = _reload(network_rate)
reload_nic_131k = _reload(nic_rate)
break_even_131k = computed(
    reuse.break_even_bandwidth,
    cache=cache_131k,
    operations=computed(reuse.prefill_operations, prefix=context_131k, parameters=_parameters, **_shape),
    rate=prefill_rate,
)
slow_store = Assumed(5, "GB/s", "a shared store close to the break-even")
reload_slow_131k = _reload(slow_store)
meeting_131k = computed(
    restoring.meeting_point,
    prefix=context_131k,
    growth=_growth,
    parameters=_parameters,
    rate=prefill_rate,
    bandwidth=slow_store,
    latency=_no_latency,
    **_shape,
)
both_ends_131k = computed(
    restoring.both_ends_time, meeting=meeting_131k, parameters=_parameters, rate=prefill_rate, **_shape
)
both_ends_pcie_131k = computed(
    restoring.both_ends_time,
    meeting=computed(
        restoring.meeting_point,
        prefix=context_131k,
        growth=_growth,
        parameters=_parameters,
        rate=prefill_rate,
        bandwidth=pcie_rate,
        latency=_no_latency,
        **_shape,
    ),
    parameters=_parameters,
    rate=prefill_rate,
    **_shape,
)
hiding_tokens_131k = computed(
    restoring.hiding_tokens,
    cache=cache_131k,
    bandwidth=pcie_rate,
    rate=prefill_rate,
    parameters=_parameters,
    prefix=context_131k,
    **_shape,
)

# Cold start.
nvme_write_rate = _published("deepnvme", "four_gen5_writes")
cold_object_70b = computed(reuse.reload_time, latency=_no_latency, cache=weights_70b, bandwidth=nic_rate)
cold_nvme_70b = computed(reuse.reload_time, latency=_no_latency, cache=weights_70b, bandwidth=nvme_rate)
cold_dram_70b = computed(reuse.reload_time, latency=_no_latency, cache=weights_70b, bandwidth=pcie_rate)
_chain = (nic_rate, nvme_write_rate, nvme_rate)
cold_staged_70b = computed(levels.staged_copy_time, latency=_no_latency, size=weights_70b, bandwidths=_chain)
cold_pipelined_70b = computed(levels.pipelined_copy_time, latency=_no_latency, size=weights_70b, bandwidths=_chain)

# DeepSeek-V3 with its experts in host memory.
expert_bits = Assumed(1, "B", "FP8 weights")
v3_room = Assumed(40, "GB", "of an H100 for experts, beside what every token passes and the caches")
v3_experts_bytes = computed(
    offloaded_experts.missed_bytes,
    hit_rate=Assumed(0, "1", "all of them"),
    expert_bytes=expert_bits,
    moe_layers=_v3.moe_layers,
    touched=_v3.experts,
    expert=_v3.expert,
)
v3_cached = computed(
    offloaded_experts.cached_experts,
    room=v3_room,
    expert_bytes=expert_bits,
    moe_layers=_v3.moe_layers,
    expert=_v3.expert,
)
v3_uniform_hit = computed(compare.count_ratio, first=v3_cached, second=_v3.experts)
v3_expert_time = computed(
    roofline.transfer_time,
    traffic=computed(model.weight_bytes, parameters=_v3.expert, parameter_bytes=expert_bits),
    bandwidth=h100_bandwidth,
)
idle_gain = computed(
    compare.count_ratio,
    first=Assumed(1, "1", "a processor that is always busy"),
    second=Assumed(0.75, "1", "a processor that is busy three quarters of the time"),
)
v3_always_time = computed(
    roofline.transfer_time,
    traffic=computed(model.weight_bytes, parameters=_v3.always, parameter_bytes=expert_bits),
    bandwidth=h100_bandwidth,
)


def v3_missed(hit_rate: Source) -> Computed:
    """Bytes of experts that one token fetches."""
    return computed(
        offloaded_experts.missed_bytes,
        hit_rate=hit_rate,
        expert_bytes=expert_bits,
        moe_layers=_v3.moe_layers,
        touched=_touched_one,
        expert=_v3.expert,
    )


v3_step_uniform = computed(
    compare.time_sum,
    first=v3_always_time,
    second=computed(roofline.transfer_time, traffic=v3_missed(v3_uniform_hit), bandwidth=pcie_rate),
)
v3_rate_uniform = rate(v3_step_uniform)
v3_hiding_hit_rate = computed(
    offloaded_experts.hiding_hit_rate,
    slow=pcie_rate,
    time=v3_always_time,
    expert_bytes=expert_bits,
    moe_layers=_v3.moe_layers,
    touched=_touched_one,
    expert=_v3.expert,
)

# The same with skewed popularity: a cache of 16 experts of each layer, replayed.
CACHE = read(paths.FIGURES / "memory_hierarchy_and_offloading" / "expert_cache.csv")


def cache_hit(exponent: float, capacity: int, column: str = "simulated") -> Measured:
    """Hit rate of a cache of so many experts, by the replay or by another column."""
    what = f"{column} hit rate of {capacity} of 256 experts, exponent {exponent:g}"
    return Measured(CACHE, what, CACHE.cell(column, exponent=exponent, capacity=capacity), "1")


cache_capacity = Assumed(16, "1", "experts of each layer, about what the room holds")
cache_hit_even = cache_hit(0, 16)
cache_hit_half = cache_hit(0.5, 16)
cache_hit_zipf = cache_hit(1, 16)
cache_che_zipf = cache_hit(1, 16, "che")
cache_pinned_zipf = cache_hit(1, 16, "pinned")
cache_hit_zipf_64 = cache_hit(1, 64)


def v3_rate(hit_rate: Source, link: Source = pcie_rate) -> Computed:
    """Tokens per second of one sequence that waits for the experts it misses."""
    fetch = computed(roofline.transfer_time, traffic=v3_missed(hit_rate), bandwidth=link)
    return rate(computed(compare.time_sum, first=v3_always_time, second=fetch))


v3_rate_zipf = v3_rate(cache_hit_zipf)
v3_rate_pinned = v3_rate(cache_pinned_zipf)
v3_rate_host = v3_rate(cache_hit_zipf, host_bandwidth)

# Training with states in slower memory.
zero_tokens = Assumed(2048, "1", "tokens of one GPU")
zero_rate = Assumed(70, "TFLOP/s", "what a V100 achieves on large products")
_one_sequence = Assumed(1, "1", "tokens are counted together")
_two_bytes = Assumed(2, "B", "16-bit parameters and gradients")
_adam_bytes = Assumed(16, "B", "master copies of parameters and gradients and Adam's two moments in 32 bits")
zero_width = Assumed(8192, "1", "width of a model of tens of billions of parameters")
parameter_intensity = computed(
    training_offload.parameter_intensity,
    batch=_one_sequence,
    sequence=zero_tokens,
    parameter_bytes=_two_bytes,
)
optimizer_intensity = computed(
    training_offload.optimizer_intensity, batch=_one_sequence, sequence=zero_tokens, state_bytes=_adam_bytes
)
activation_intensity = computed(
    training_offload.activation_intensity,
    width=zero_width,
    interval=Assumed(1, "1", "a checkpoint per block"),
    element_bytes=_two_bytes,
)


def _efficiency(intensity: Source, bandwidth: Source) -> Computed:
    return computed(training_offload.offload_efficiency, intensity=intensity, bandwidth=bandwidth, rate=zero_rate)


zero_parameter_efficiency = _efficiency(parameter_intensity, _published("zero_infinity", "parameters"))
zero_parameter_pcie = _efficiency(parameter_intensity, _published("zero_infinity", "one_link"))
zero_parameter_all = _efficiency(parameter_intensity, _published("zero_infinity", "all_links"))
zero_optimizer_efficiency = _efficiency(optimizer_intensity, _published("zero_infinity", "optimizer"))
zero_activation_efficiency = _efficiency(activation_intensity, _published("zero_infinity", "activations"))
wanted_efficiency = Assumed(0.9, "1", "nine tenths of the time are spent computing")
h100_tokens = Assumed(8192, "1", "tokens of one GPU")
h100_parameter_bandwidth = computed(
    training_offload.efficient_bandwidth,
    efficiency=wanted_efficiency,
    rate=achieved_rate,
    intensity=computed(
        training_offload.parameter_intensity,
        batch=_one_sequence,
        sequence=h100_tokens,
        parameter_bytes=_two_bytes,
    ),
)
