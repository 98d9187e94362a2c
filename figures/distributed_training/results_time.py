"""Numbers on time: operations, utilization, collectives, the bounds of each split, pipelines."""

from __future__ import annotations

from figures.data import value
from figures.dense_shapes import dense_shape
from figures.distributed_training.results_memory import (
    bf16,
    chunks,
    copies,
    llama70,
    llama405,
    micros,
    one,
    sequence,
    stages,
)
from figures.formulas import (
    collectives,
    communication_bounds,
    compare,
    expert_parallel,
    parameters,
    pipeline_bubbles,
    roofline,
    tokens,
    training_compute,
)
from figures.measurement import read
from figures.measurements import pipeline_schedules
from figures.measurements.pipeline_schedules import DUALPIPE, INTERLEAVED_4, PLAIN, ZB_H1, ZB_H2, ZB_V
from figures.results import Assumed, Computed, Measured, Source, computed

every = Assumed(1, "1", "all pairs of tokens counted")
causal = Assumed(0.5, "1", "the causal half counted")
long_sequence = Assumed(131_072, "1", "tokens of the long-context stage")


def _operations(attended: Source, tokens: Source = sequence, shape: str = "llama3_1_405b") -> Computed:
    """Operations of one token of a Llama."""
    found = dense_shape(shape)
    return computed(
        training_compute.token_operations,
        active=found.active,
        attended=attended,
        sequence=tokens,
        **found.attention(),
    )


def _attention(tokens: Source, shape: str = "llama3_1_405b") -> Computed:
    found = dense_shape(shape)
    return computed(
        training_compute.attention_share, active=found.active, attended=causal, sequence=tokens, **found.attention()
    )


llama_operations = _operations(causal)
llama_operations_full = _operations(every)
attention_8k = _attention(sequence)
attention_128k = _attention(long_sequence)
full_recompute = computed(training_compute.hardware_factor, recomputed=every)

# MFU of published runs, all pairs counted as their authors do.
_GPT_SEQUENCE = Assumed(2048, "1", "tokens of a sequence")
_GPT_TOKENS = Assumed(2048, "token", "tokens of a sequence")
_GPT_VOCABULARY = Assumed(51_200, "1", "vocabulary of Megatron's models, Korthikanti et al.")
_TWELVE = Assumed(12, "1", "matrices of width times width in a layer with GELU")
a100_peak = value("hardware", "nvidia_a100_80gb_sxm", "bf16_dense")
h100_peak = value("hardware", "nvidia_h100_80gb_sxm", "bf16_dense")


def published_utilization(run: str, step: str, vocabulary: Source = _GPT_VOCABULARY) -> Computed:
    """MFU of a GPT on A100 from the time of its step."""

    def of(name: str) -> Source:
        return value("training_runs", run, name)

    active = computed(
        parameters.matrices,
        counts=(computed(compare.scaled_count, factor=_TWELVE, count=of("layers")), one),
        inputs=(of("width"), vocabulary),
        outputs=(of("width"), of("width")),
    )
    operations = computed(
        training_compute.token_operations,
        active=active,
        attended=every,
        layers=of("layers"),
        query_heads=of("heads"),
        head_dim=computed(compare.count_ratio, first=of("width"), second=of("heads")),
        sequence=_GPT_SEQUENCE,
    )
    batch = computed(training_compute.step_tokens, sequences=of("batch"), length=_GPT_TOKENS)
    rate = computed(training_compute.token_rate, batch=batch, step=of(step))
    return computed(training_compute.utilization, rate=rate, operations=operations, gpus=of("gpus"), peak=a100_peak)


megatron_530b = published_utilization("korthikanti_530b", "step")

# The run of Llama 3 405B.
llama_rate = value("training_runs", "llama3_405b", "rate")
llama_gpus = value("training_runs", "llama3_405b", "gpus")
llama_tokens = value("training_runs", "llama3_405b", "tokens")
llama_sequences = computed(compare.scaled_count, factor=micros, count=copies)
_LLAMA_LENGTH = Assumed(8192, "token", "tokens of a sequence")
llama_batch = computed(training_compute.step_tokens, sequences=llama_sequences, length=_LLAMA_LENGTH)


def rate_of(gpus: Source, each: Source) -> Computed:
    """Rate of many GPUs, each with this rate."""
    return computed(roofline.achieved, gpus=gpus, peak=each, utilization=_ALL)


_ALL = Assumed(1, "1", "the rate of one GPU is the one that is achieved")
_llama_rates = rate_of(llama_gpus, llama_rate)
llama_step = computed(training_compute.step_time, operations=llama_operations, batch=llama_batch, rate=_llama_rates)
_FULL_GOODPUT = Assumed(1, "1", "no failures")
llama_goodput = value("training_runs", "llama3_405b", "goodput")
llama_stated_operations = value("training_runs", "llama3_405b", "operations")
llama_run_operations = computed(training_compute.run_operations, operations=llama_operations, tokens=llama_tokens)
llama_time = computed(
    training_compute.run_time, operations=llama_run_operations, goodput=llama_goodput, rate=_llama_rates
)
llama_gpu_time = computed(training_compute.gpu_time, gpus=llama_gpus, time=llama_time)
_HOUR = Assumed(1, "h", "an hour")
llama_gpu_hours = computed(compare.time_ratio, first=llama_gpu_time, second=_HOUR)
llama_published_time = value("training_runs", "llama3_405b", "gpu_time")
llama_gap = computed(compare.time_excess, first=llama_published_time, second=llama_gpu_time)
gpu_price = Assumed(2 / 3600, "USD/s", "2 dollars per GPU hour: a round price")
llama_cost = computed(training_compute.run_cost, price=gpu_price, time=llama_published_time)
gpu_power = Assumed(1000, "W", "an H100 with its share of host, network and cooling: a round figure")
llama_energy = computed(training_compute.run_energy, power=gpu_power, time=llama_published_time)

v3_active = value("models", "deepseek_v3", "active_parameters")
v3_hours = value("training_runs", "deepseek_v3", "gpu_time")
_v3_operations = computed(
    training_compute.token_operations,
    active=v3_active,
    attended=Assumed(0, "1", "attention left out"),
    layers=value("models", "deepseek_v3", "layers"),
    query_heads=value("models", "deepseek_v3", "query_heads"),
    head_dim=value("models", "deepseek_v3", "head_dim"),
    sequence=Assumed(4096, "1", "tokens of a sequence; without effect"),
)
_one_gpu = Assumed(1, "1", "GPU hours are those of one GPU")
v3_utilization = computed(
    training_compute.utilization,
    rate=computed(training_compute.token_rate, batch=value("training_runs", "deepseek_v3", "tokens"), step=v3_hours),
    operations=_v3_operations,
    gpus=_one_gpu,
    peak=h100_peak,
)
v3_cost = computed(training_compute.run_cost, price=gpu_price, time=v3_hours)

# Collectives.
nvlink = value("hardware", "nvidia_h100_80gb_sxm", "nvlink_bandwidth_per_direction")
network = value("memory_levels", "network", "bandwidth")
ring_hop = value("collectives", "nccl_tuner", "ring_nvlink")
network_hop = value("collectives", "nccl_tuner", "ring_network")
node = Assumed(8, "1", "GPUs of a node")
thousand = Assumed(1024, "1", "GPUs in one ring over the network")
half_node = computed(collectives.half_bandwidth_size, gpus=node, latency=ring_hop, bandwidth=nvlink)
half_network = computed(collectives.half_bandwidth_size, gpus=thousand, latency=network_hop, bandwidth=network)
gradient_size = Assumed(1e9, "B", "a bucket of gradients")


def _ring(gpus: Source, size: Source) -> Computed:
    return computed(collectives.ring_all_reduce, traffic=size, gpus=gpus, latency=network_hop, bandwidth=network)


ring_1024 = _ring(thousand, gradient_size)
tree_1024 = computed(
    collectives.tree_all_reduce, traffic=gradient_size, gpus=thousand, latency=network_hop, bandwidth=network
)
nodes_128 = Assumed(128, "1", "nodes of eight GPUs")
levels_1024 = computed(
    collectives.two_level_all_reduce,
    traffic=gradient_size,
    node=node,
    nodes=nodes_128,
    latency=ring_hop,
    network_latency=network_hop,
    bandwidth=nvlink,
    network=network,
)
no_latency = Assumed(0, "s", "latency neglected")
switch_bound = computed(
    collectives.bus_bandwidth,
    traffic=gradient_size,
    gpus=node,
    time=computed(
        collectives.switch_all_reduce, traffic=gradient_size, gpus=node, latency=no_latency, bandwidth=nvlink
    ),
)
ring_reached = computed(compare.bandwidth_ratio, first=value("collectives", "all_reduce_h200", "ring"), second=nvlink)

# Bounds.
b200_peak = value("hardware", "nvidia_b200_sxm", "bf16_dense")
b200_nvlink = value("hardware", "nvidia_b200_sxm", "nvlink_bandwidth_per_direction")
ridge_nvlink = computed(roofline.ridge, peak=h100_peak, bandwidth=nvlink)
ridge_network = computed(roofline.ridge, peak=h100_peak, bandwidth=network)
ridge_b200 = computed(roofline.ridge, peak=b200_peak, bandwidth=b200_nvlink)
ridge_b200_network = computed(roofline.ridge, peak=b200_peak, bandwidth=network)

ridge_gb200 = computed(
    roofline.ridge,
    peak=value("hardware", "nvidia_gb200", "bf16_dense"),
    bandwidth=value("collectives", "gb200_rack", "nvlink"),
)
ridge_b300_network = computed(
    roofline.ridge,
    peak=value("collectives", "b300_node", "peak"),
    bandwidth=value("collectives", "b300_node", "network"),
)
network_growth = computed(compare.intensity_ratio, first=ridge_b200_network, second=ridge_network)

forward_operations = Assumed(2, "FLOP", "of a parameter and a token in the forward pass")
gathered = Assumed(2, "B", "BF16 weights gathered")
eighth = Assumed(0.25, "B", "an eighth of the BF16 weights: the node shares the way to the network")


def _tokens(ridge: Source, moved: Source, operations: Source = forward_operations) -> Computed:
    return computed(communication_bounds.hiding_tokens, moved=moved, operations=operations, ridge=ridge)


def gathering_tokens(ridge: Source) -> Computed:
    """Tokens per GPU that hide the gathering of BF16 weights in a forward pass."""
    return _tokens(ridge, gathered)


fsdp_nvlink = _tokens(ridge_nvlink, gathered)
fsdp_network = _tokens(ridge_network, gathered)
fsdp_shared = _tokens(ridge_network, eighth)


_LLAMA_TOKENS = Assumed(16_777_216, "1", "tokens of a step of Llama 3 405B, as a number")
data_limit = computed(compare.count_ratio, first=_LLAMA_TOKENS, second=fsdp_shared)
token_bytes = Assumed(4, "B/token", "a token stored as an integer of 32 bits")
read_rate = computed(
    tokens.text_rate,
    rate=computed(training_compute.token_rate, batch=llama_batch, step=llama_step),
    bytes_per_token=token_bytes,
)


def tensor_limit(shape: str, ridge: Source) -> Computed:
    """Tensor-parallel GPUs at which sending takes as long as computing."""
    found = dense_shape(shape)
    return computed(
        communication_bounds.tensor_limit, layer=found.layer, width=found.width, element_bytes=bf16, ridge=ridge
    )


tensor_8b = tensor_limit("llama3_1_8b", ridge_nvlink)
tensor_70b = tensor_limit("llama3_1_70b", ridge_nvlink)
tensor_405b = tensor_limit("llama3_1_405b", ridge_nvlink)
tensor_405b_network = tensor_limit("llama3_1_405b", ridge_network)
tensor_70b_network = tensor_limit("llama3_1_70b", ridge_network)
tensor_70b_b200 = tensor_limit("llama3_1_70b", ridge_b200)
pipe_70b = computed(
    communication_bounds.pipeline_layers,
    layer=llama70.layer,
    width=llama70.width,
    element_bytes=bf16,
    ridge=ridge_network,
)
block_full = computed(
    communication_bounds.ring_block,
    query_heads=llama70.kv_heads,
    kv_heads=llama70.kv_heads,
    attended=every,
    element_bytes=bf16,
    ridge=ridge_network,
)


def block(ridge: Source) -> Computed:
    """Tokens of a block with which Llama 3.1 405B hides a ring of keys and values."""
    return computed(
        communication_bounds.ring_block,
        query_heads=llama405.query_heads,
        kv_heads=llama405.kv_heads,
        attended=causal,
        element_bytes=bf16,
        ridge=ridge,
    )


block_405b = block(ridge_network)

fp8 = Assumed(1, "B", "FP8 on the way to the experts")
v3_intensity = computed(
    expert_parallel.exchange_intensity,
    inner=value("models", "deepseek_v3", "expert_size"),
    dispatch_bytes=fp8,
    combine_bytes=bf16,
)

# Pipelines.
llama_bubble_plain = computed(pipeline_bubbles.bubble_overhead, stages=stages, micros=micros, chunks=one)
llama_bubble = computed(pipeline_bubbles.bubble_overhead, stages=stages, micros=micros, chunks=chunks)
llama_bubble_rate = computed(pipeline_bubbles.bubble_rate, overhead=llama_bubble)
matmul_rate = value("collectives", "matmul_h100", "rate")


def simulated(schedule: int, micros: int, column: str = "rate") -> Measured:
    """A number of the simulation of pipelines."""
    data = read(pipeline_schedules.FOLDER / "schedules.csv")
    what = f"{pipeline_schedules.MAKERS[schedule](8, 24).name}, 8 devices, {micros} micro-batches: {column}"
    return Measured(data, what, data.cell(column, schedule=schedule, micros=micros), "1")


sim_plain = simulated(PLAIN, 24)
sim_h1 = simulated(ZB_H1, 24)
sim_h2_flushed = simulated(ZB_H2, 24, "flushed_rate")
sim_v_flushed = simulated(ZB_V, 24, "flushed_rate")
sim_dual = simulated(DUALPIPE, 24)
sim_h1_memory = simulated(ZB_H1, 24, "in_flight")
sim_h2_memory = simulated(ZB_H2, 24, "in_flight")
sim_v_memory = simulated(ZB_V, 24, "in_flight")
sim_dual_memory = simulated(DUALPIPE, 24, "in_flight")
sim_interleaved_memory = simulated(INTERLEAVED_4, 24, "in_flight")
sim_plain_memory = simulated(PLAIN, 24, "in_flight")
