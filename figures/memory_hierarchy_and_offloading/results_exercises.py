"""The answers to the exercises."""

from __future__ import annotations

from figures.data import value
from figures.formulas import (
    compare,
    decode,
    experts,
    levels,
    model,
    offloaded_experts,
    prefetch,
    roofline,
    streaming,
    training_offload,
)
from figures.memory_hierarchy_and_offloading.results_levels import c2c_rate, hbm_energy, of, operation_energy, pcie_rate
from figures.memory_hierarchy_and_offloading.results_streaming import (
    achieved_rate,
    h100_tokens,
    prefill_share,
    v3_experts_bytes,
    wanted_efficiency,
)
from figures.results import Assumed, computed

_one_token = Assumed(1, "token", "one token per sequence and step")
_no_latency = Assumed(0, "s", "latency neglected")
_one = Assumed(1, "1", "one of it")

# Requests in flight of a drive.
_drive_flight = computed(levels.bytes_in_flight, latency=of("nvme", "latency"), bandwidth=of("nvme", "bandwidth"))
ex_request_small = Assumed(4, "KiB", "a page")
ex_request_large = Assumed(128, "KiB", "a larger read")
ex_flight_small = computed(compare.size_ratio, first=_drive_flight, second=ex_request_small)
ex_flight_large = computed(compare.size_ratio, first=_drive_flight, second=ex_request_large)

# A dense model of 405 billion parameters in FP8 on a GH200.
ex_gh_room = Assumed(88, "GB", "of 96 GB for weights")
ex_gh_weights = computed(
    model.weight_bytes,
    parameters=value("models", "llama3_1_405b", "parameters"),
    parameter_bytes=Assumed(1, "B", "FP8"),
)
ex_gh_share = computed(streaming.offloaded_share, weights=ex_gh_weights, room=ex_gh_room)
_gh_rate = computed(
    roofline.achieved,
    gpus=_one,
    peak=value("hardware", "nvidia_h100_80gb_sxm", "fp8_dense"),
    utilization=prefill_share,
)
ex_gh_step = computed(
    streaming.streamed_step_time,
    weights=ex_gh_weights,
    batch=_one,
    cache=Assumed(0, "B", "caches are short"),
    share=ex_gh_share,
    fast=of("gh200", "bandwidth"),
    slow=c2c_rate,
    operations=computed(experts.weight_operations, tokens=_one, active=value("models", "llama3_1_405b", "parameters")),
    rate=_gh_rate,
)
ex_gh_rate = computed(decode.token_rate, batch=_one, tokens=_one_token, step=ex_gh_step)
ex_gh_hidden = computed(
    streaming.hiding_batch,
    share=ex_gh_share,
    parameter_bytes=Assumed(1, "B", "FP8"),
    rate=_gh_rate,
    slow=c2c_rate,
)

# Two buffers.
ex_double_layers = Assumed(80, "1", "layers")
ex_double_load = Assumed(16, "ms", "to fetch a layer")
ex_double_compute = Assumed(10, "ms", "to compute a layer")
_double = {"layers": ex_double_layers, "load": ex_double_load, "compute": ex_double_compute}
ex_double_single = computed(prefetch.single_buffer_time, **_double)
ex_double_two = computed(prefetch.double_buffer_time, **_double)
ex_double_gain = computed(compare.time_ratio, first=ex_double_single, second=ex_double_two)
ex_double_batch = computed(compare.time_ratio, first=ex_double_load, second=ex_double_compute)

# Energy of a token of a model of eight billion parameters.
_eight = value("models", "llama3_1_8b", "parameters")
_eight_weights = computed(model.weight_bytes, parameters=_eight, parameter_bytes=Assumed(2, "B", "BF16"))
_eight_operations = computed(experts.weight_operations, tokens=_one, active=_eight)
ex_energy_operations = computed(levels.operation_energy, energy=operation_energy, operations=_eight_operations)
ex_energy_weights = computed(levels.movement_energy, energy=hbm_energy, traffic=_eight_weights)
ex_energy_one = computed(compare.energy_sum, first=ex_energy_weights, second=ex_energy_operations)
ex_energy_users = Assumed(64, "1", "sequences that share a reading")
ex_energy_batch = computed(
    compare.energy_sum,
    first=computed(
        levels.movement_energy,
        energy=hbm_energy,
        traffic=computed(levels.in_flight_per_unit, size=_eight_weights, units=ex_energy_users),
    ),
    second=ex_energy_operations,
)

# Two memories of a host.
ex_interleave_fast = Assumed(307.2, "GB/s", "eight channels of DDR5-4800")
ex_interleave_slow = Assumed(63, "GB/s", "sixteen lanes of CXL")
_pair = {"fast": ex_interleave_fast, "slow": ex_interleave_slow}
ex_interleave_share = computed(levels.interleave_share, **_pair)
_best = computed(levels.interleaved_bandwidth, share=ex_interleave_share, **_pair)
ex_interleave_gain = computed(compare.bandwidth_ratio, first=_best, second=ex_interleave_fast)
ex_interleave_half = computed(levels.interleaved_bandwidth, share=Assumed(0.5, "1", "pages dealt out in turn"), **_pair)

# Hits that hide the experts of DeepSeek-V3.
ex_hit_rest = Assumed(25, "ms", "the rest of a step")
ex_hit_needed = computed(
    offloaded_experts.hiding_hit_rate,
    slow=pcie_rate,
    time=ex_hit_rest,
    expert_bytes=Assumed(1, "B", "FP8"),
    moe_layers=Assumed(58, "1", "layers with experts"),
    touched=Assumed(8, "1", "experts of a token"),
    expert=Assumed(44e6, "1", "parameters of an expert, rounded"),
)
ex_hit_room = computed(levels.combined_capacity, units=ex_hit_needed, size=v3_experts_bytes)

# Training on an H100.
ex_training_bandwidth = computed(
    training_offload.efficient_bandwidth,
    efficiency=wanted_efficiency,
    rate=achieved_rate,
    intensity=computed(
        training_offload.parameter_intensity,
        batch=_one,
        sequence=h100_tokens,
        parameter_bytes=Assumed(2, "B", "16-bit parameters and gradients"),
    ),
)
_needed = computed(compare.bandwidth_ratio, first=ex_training_bandwidth, second=pcie_rate)
ex_training_tokens = computed(compare.scaled_count, factor=_needed, count=h100_tokens)

# A cold start through three stages.
ex_cold_model = Assumed(1000, "GB", "a trillion parameters with a byte each")
_stages = (
    Assumed(12.5, "GB/s", "download"),
    Assumed(11, "GB/s", "write to drives"),
    Assumed(27, "GB/s", "read into the GPU"),
)
ex_cold_staged = computed(levels.staged_copy_time, latency=_no_latency, size=ex_cold_model, bandwidths=_stages)
ex_cold_pipelined = computed(levels.pipelined_copy_time, latency=_no_latency, size=ex_cold_model, bandwidths=_stages)
ex_cold_ratio = computed(compare.time_ratio, first=ex_cold_staged, second=ex_cold_pipelined)

# A trillion parameters in SRAM.
ex_lpu_weights = Assumed(500, "GB", "a trillion parameters of 4 bits")
ex_lpu_count = computed(compare.size_ratio, first=ex_lpu_weights, second=of("lpu", "capacity"))
_sweep = computed(levels.sweep_time, capacity=of("lpu", "capacity"), bandwidth=of("lpu", "bandwidth"))
ex_lpu_hop = Assumed(1, "µs", "from chip to chip")
ex_lpu_chain = computed(levels.chip_chain_time, units=ex_lpu_count, sweep=_sweep, hop=ex_lpu_hop)
ex_lpu_rate = computed(decode.token_rate, batch=_one, tokens=_one_token, step=ex_lpu_chain)
