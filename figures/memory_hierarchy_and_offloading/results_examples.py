"""Published measurements against the formulas, loading, training, unified memories; the example and the exercises."""

from __future__ import annotations

from figures.data import Datum, value
from figures.expert_shapes import expert_shape
from figures.formulas import (
    compare,
    decode,
    decode_batch,
    experts,
    kv_cache,
    levels,
    model,
    reuse,
    roofline,
    streaming,
    tiers,
)
from figures.memory_hierarchy_and_offloading.results_exercises import (
    ex_cold_model,
    ex_hit_rest,
    ex_lpu_count,
    ex_lpu_hop,
    ex_request_large,
)
from figures.memory_hierarchy_and_offloading.results_levels import (
    bf16_bytes,
    c2c_rate,
    energy_ridge,
    h100_bandwidth,
    host_bandwidth,
    lpu_step,
    nic_rate,
    nvme_flight_rate,
    nvme_rate,
    of,
    pcie_rate,
    ridge_hbm,
    sweep_b200,
    sweep_b300,
    sweep_grace,
    sweep_h100,
    sweep_h200,
    sweep_hbf,
    sweep_lpu,
    sweep_mi455x,
    sweep_rubin,
    sweep_ssd,
    weights_70b,
)
from figures.memory_hierarchy_and_offloading.results_streaming import (
    offloaded_70b,
    prefill_share,
    room_70b,
)
from figures.results import Assumed, Computed, Source, computed
from figures.shapes import EVERY_TOKEN, NO_WINDOW, cache_shape, head_dim

_NONE = Assumed(0, "B", "nothing of it")
_NO_TIME = Assumed(0, "s", "left out")
_ONE = Assumed(1, "1", "one of it")
_TOKEN = Assumed(1, "token", "one token per sequence and step")
_NO_WORK = Assumed(0, "FLOP", "left out: the step is far from the limit of arithmetic")
fp8_bytes = Assumed(1, "B", "FP8 weights or caches; their scales are about a thousandth")


def _measured(entry: str, field: str) -> Datum:
    return value("machines", entry, field)


def _time(traffic: Source, bandwidth: Source) -> Computed:
    return computed(roofline.transfer_time, traffic=traffic, bandwidth=bandwidth)


def _rate(step: Source, batch: Source = _ONE) -> Computed:
    return computed(decode.token_rate, batch=batch, tokens=_TOKEN, step=step)


def _share(measured: Source, bound: Source) -> Computed:
    return computed(compare.throughput_ratio, first=measured, second=bound)


# FlexGen: half of the weights and all caches on a drive; and weights over the link, caches beside the CPU.
_drive, _link = _measured("flexgen_machine", "disk"), _measured("flexgen_machine", "link")


def _flexgen_cache(entry: str) -> Computed:
    """Caches of a block of sequences, halfway through their answers."""
    heads = _measured(entry, "query_heads")
    elements = computed(
        kv_cache.head_elements,
        kv_heads=heads,
        head_dim=computed(kv_cache.head_dimension, hidden_size=_measured(entry, "hidden_size"), query_heads=heads),
    )
    cache = computed(
        kv_cache.cache_bytes,
        element_bytes=bf16_bytes,
        context=_flexgen_context,
        layers=(_measured(entry, "layers"),),
        elements=(elements,),
        windows=(NO_WINDOW,),
        strides=(EVERY_TOKEN,),
    )
    return computed(decode.step_traffic, weights=_NONE, batch=_measured(entry, "batch"), cache=cache)


_flexgen_context = Assumed(528, "token", "the prompt of 512 and half of the answer of 32")
_half_weights = Assumed(162.5, "GB", "half of the 325 GB of OPT-175B, which lies on the drive")
_large, _small = "flexgen_opt_175b", "flexgen_opt_30b"
flexgen_weights_only = _rate(_time(_half_weights, _drive), _measured(_large, "batch"))
flexgen_cache = _flexgen_cache(_large)
_flexgen_step = computed(compare.time_sum, first=_time(_half_weights, _drive), second=_time(flexgen_cache, _drive))
flexgen_bound = _rate(_flexgen_step, _measured(_large, "batch"))
flexgen_ratio = _share(_measured(_large, "rate"), flexgen_bound)
_small_weights = Assumed(48, "GB", "four fifths of the 60 GB of OPT-30B, which lie beside the CPU")
flexgen30_link = _rate(_time(_small_weights, _link), _measured(_small, "batch"))
flexgen30_cache = _flexgen_cache(_small)
_small_step = computed(
    decode.step_at_rate, batch=_measured(_small, "batch"), tokens=_TOKEN, rate=_measured(_small, "rate")
)
flexgen30_rate = computed(levels.timed_bandwidth, size=flexgen30_cache, time=_small_step)

_v3 = expert_shape("deepseek_v3")
nvfp4_bits = Assumed(4.5, "bit", "4-bit weights with an 8-bit scale for 16 of them")


def _experts(touched: Source) -> Computed:
    return computed(
        experts.touched_bytes,
        always=Assumed(0, "1", "counted apart"),
        always_bytes=fp8_bytes,
        moe_layers=_v3.moe_layers,
        touched=touched,
        expert=_v3.expert,
        expert_bytes=fp8_bytes,
    )


# Unified memories.
_dense = Assumed(70e9, "1", "parameters of a dense model")
dense_4bit = computed(model.weight_bytes, parameters=_dense, parameter_bytes=nvfp4_bits)
dense_spark = _rate(_time(dense_4bit, _measured("dgx_spark", "bandwidth")))
dense_strix = _rate(_time(dense_4bit, _measured("strix_halo", "bandwidth")))
dense_m3 = _rate(_time(dense_4bit, _measured("m3_ultra", "bandwidth")))
dense_h100 = _rate(_time(dense_4bit, h100_bandwidth))
sweep_spark = computed(
    levels.sweep_time, capacity=_measured("dgx_spark", "capacity"), bandwidth=_measured("dgx_spark", "bandwidth")
)
_nemotron = computed(
    model.weight_bytes,
    parameters=Assumed(12e9, "1", "active parameters by the model's name"),
    parameter_bytes=nvfp4_bits,
)
spark_bound = _rate(_time(_nemotron, _measured("dgx_spark", "bandwidth")))
spark_share = _share(_measured("dgx_spark", "rate"), spark_bound)

# Wear of drives that take in caches.
nvme_write = Assumed(11, "GB/s", "what the same four drives write")
_endurance = computed(
    levels.combined_capacity, units=Assumed(4, "1", "drives"), size=_measured("ssd_9550", "endurance")
)
ssd_life = _time(_endurance, nvme_write)

_h100_fp8 = value("hardware", "nvidia_h100_80gb_sxm", "fp8_dense")
_four = Assumed(4, "1", "GPUs")
_eight = Assumed(8, "1", "GPUs")


def _achieved(peak: Source, gpus: Source = _ONE) -> Computed:
    return computed(roofline.achieved, gpus=gpus, peak=peak, utilization=prefill_share)


# The worked example: Llama 3.1 405B in FP8 at night.
_NIGHT = "llama3_1_405b"
we_documents = Assumed(10_000, "1", "documents of a night")
we_prompt = Assumed(8192, "token", "tokens of a document, 8 × 1,024")
we_answer = Assumed(512, "token", "tokens of a summary")
server_dram = Assumed(2, "TB", "host memory")
we_weights = computed(model.weight_bytes, parameters=value("models", _NIGHT, "parameters"), parameter_bytes=fp8_bytes)
we_room = computed(levels.combined_capacity, units=_four, size=room_70b)
we_hidden = computed(
    streaming.hiding_batch, share=_ONE, parameter_bytes=fp8_bytes, rate=_achieved(_h100_fp8), slow=pcie_rate
)
_document = computed(
    reuse.prefill_operations,
    prefix=we_prompt,
    parameters=value("models", _NIGHT, "parameters"),
    layers=value("models", _NIGHT, "layers"),
    query_heads=value("models", _NIGHT, "query_heads"),
    head_dim=head_dim(_NIGHT),
)
we_prefill_hours = computed(
    reuse.recompute_time,
    operations=computed(decode_batch.batch_operations, batch=we_documents, operations=_document),
    rate=_achieved(_h100_fp8, _four),
)
_halfway = Assumed(8448, "token", "a document and half of its summary")
we_cache = computed(kv_cache.cache_bytes, context=_halfway, **cache_shape(_NIGHT).inputs(fp8_bytes))


class _Way:
    """A way to decode the night's answers."""

    def __init__(self, gpus: Source, room: Source, fast: Source, slow: Source, share: Source, bits: Source) -> None:
        weights = computed(model.weight_bytes, parameters=value("models", _NIGHT, "parameters"), parameter_bytes=bits)
        kept = computed(tiers.kept_bytes, weights=weights, share=share)
        self.batch = computed(
            kv_cache.sequences_that_fit,
            gpus=gpus,
            memory=room,
            usable=_ONE,
            weights=kept,
            reserve=_NONE,
            cache=we_cache,
        )
        self.step = computed(
            streaming.streamed_step_time,
            weights=weights,
            batch=self.batch,
            cache=we_cache,
            share=share,
            fast=computed(roofline.combined_bandwidth, gpus=gpus, bandwidth=fast),
            slow=computed(roofline.combined_bandwidth, gpus=gpus, bandwidth=slow),
            operations=_NO_WORK,
            rate=_achieved(_h100_fp8, gpus),
        )
        self.rate = _rate(self.step, self.batch)
        self.hours = computed(decode.step_at_rate, batch=we_documents, tokens=we_answer, rate=self.rate)


_all, _nothing = Assumed(1, "1", "all weights are streamed"), Assumed(0, "1", "all weights are held")
_half = Assumed(0.5, "1", "half of the weights are streamed")
mxfp4_bits = Assumed(4.25, "bit", "4-bit weights with one 8-bit scale for 32 of them")
gh200_room = Assumed(88, "GB", "of the 96 GB of a GH200, for weights and caches")
gh200_bandwidth = of("gh200", "bandwidth")
_stream = _Way(_four, room_70b, h100_bandwidth, pcie_rate, _all, fp8_bytes)
_mixed = _Way(_four, room_70b, h100_bandwidth, pcie_rate, _half, fp8_bytes)
_chips = _Way(_four, gh200_room, gh200_bandwidth, c2c_rate, _all, fp8_bytes)
_bits = _Way(_four, room_70b, h100_bandwidth, pcie_rate, _nothing, mxfp4_bits)
_more = _Way(_eight, room_70b, h100_bandwidth, pcie_rate, _nothing, fp8_bytes)
we_stream_batch, we_stream_step, we_stream_rate, we_stream_hours = (
    _stream.batch,
    _stream.step,
    _stream.rate,
    _stream.hours,
)
we_half_batch, we_half_step, we_half_rate, we_half_hours = _mixed.batch, _mixed.step, _mixed.rate, _mixed.hours
we_c2c_batch, we_c2c_step, we_c2c_rate, we_c2c_hours = _chips.batch, _chips.step, _chips.rate, _chips.hours
we_bits_batch, we_bits_step, we_bits_rate, we_bits_hours = _bits.batch, _bits.step, _bits.rate, _bits.hours
we_eight_batch, we_eight_step, we_eight_rate, we_eight_hours = _more.batch, _more.step, _more.rate, _more.hours
we_bits_gain = computed(compare.throughput_ratio, first=we_bits_rate, second=we_stream_rate)
we_links = computed(roofline.combined_bandwidth, gpus=_four, bandwidth=pcie_rate)
we_swap = _time(weights_70b, we_links)
links_per_host = computed(compare.bandwidth_ratio, first=host_bandwidth, second=pcie_rate)

# Memories read once per token; ratios of the text.
_A100 = "nvidia_a100_80gb_sxm"
sweep_a100 = computed(
    levels.sweep_time,
    capacity=value("hardware", _A100, "memory_capacity"),
    bandwidth=value("hardware", _A100, "memory_bandwidth"),
)
sweep_rate_a100 = _rate(sweep_a100)
sweep_rate_h100 = _rate(sweep_h100)
sweep_rate_h200 = _rate(sweep_h200)
sweep_rate_b200 = _rate(sweep_b200)
sweep_rate_b300 = _rate(sweep_b300)
sweep_rate_rubin = _rate(sweep_rubin)
sweep_rate_mi455x = _rate(sweep_mi455x)
sweep_rate_hbf = _rate(sweep_hbf)
sweep_rate_spark = _rate(sweep_spark)
sweep_rate_grace = _rate(sweep_grace)
sweep_rate_ssd = _rate(sweep_ssd)
v3_sparsity = computed(compare.count_ratio, first=_v3.total, second=_v3.per_token)
hbm_over_pcie = computed(compare.bandwidth_ratio, first=h100_bandwidth, second=pcie_rate)
_drives = Assumed(48, "GB/s", "eight PCIe 5.0 drives that are read by the GPU")
hbm_over_ssd = computed(compare.bandwidth_ratio, first=h100_bandwidth, second=_drives)
in_flight_hbf = computed(levels.bytes_in_flight, latency=of("nvme", "latency"), bandwidth=of("hbf", "bandwidth"))
h200_memory_share = computed(
    compare.bandwidth_ratio,
    first=of("hbm", "reached"),
    second=value("hardware", "nvidia_h200_sxm", "memory_bandwidth"),
)
batch_64 = Assumed(64, "1", "a busy server")
_intensity_64 = computed(roofline.weight_intensity, batch=batch_64, element_bytes=bf16_bytes)
energy_at_64 = computed(compare.intensity_ratio, first=energy_ridge, second=_intensity_64)
time_at_64 = computed(compare.intensity_ratio, first=ridge_hbm, second=_intensity_64)

# Caches of the batch that hides a stream; the processor that multiplies by its own share.
llama_growth = computed(kv_cache.growth_per_token, **cache_shape("llama3_1_70b").inputs(bf16_bytes))
stream_batch = Assumed(4400, "1", "the batch that hides the stream over PCIe 5.0, rounded up")
stream_context = Assumed(1024, "token", "a short chat, 1,024 tokens")
stream_caches = computed(
    decode.step_traffic,
    weights=_NONE,
    batch=stream_batch,
    cache=computed(kv_cache.added_bytes, tokens=stream_context, growth=llama_growth),
)
offloaded_bytes_70b = computed(tiers.offloaded_bytes, weights=weights_70b, share=offloaded_70b)
amx_rate = Assumed(21.3, "TFLOP/s", "matrix instructions of one socket, as its authors reached")
amx_ridge = computed(roofline.ridge, peak=amx_rate, bandwidth=host_bandwidth)
amx_batch = computed(roofline.ridge_batch, ridge=amx_ridge, element_bytes=bf16_bytes)
crossover_batch = computed(
    streaming.hiding_batch, share=_ONE, parameter_bytes=bf16_bytes, rate=amx_rate, slow=pcie_rate
)

# Chips of SRAM, one after the other.
lpu_rate = _rate(lpu_step)

# Exercises, beside those of results_exercises.
ex_flight_single = computed(
    levels.effective_bandwidth, size=ex_request_large, latency=of("nvme", "latency"), bandwidth=nvme_flight_rate
)
ex_tile_columns = Assumed(16, "1", "columns")
ex_tile_narrow = computed(roofline.weight_intensity, batch=ex_tile_columns, element_bytes=bf16_bytes)
ex_hit_expert = computed(model.weight_bytes, parameters=_v3.expert, parameter_bytes=fp8_bytes)
ex_hit_bytes = _experts(_v3.active)
ex_hit_all = _experts(_v3.experts)
ex_hit_time = _time(ex_hit_bytes, pcie_rate)
ex_hit_rate = _rate(computed(compare.time_sum, first=ex_hit_time, second=ex_hit_rest))
ex_cold_second = _time(ex_cold_model, nvme_rate)
ex_cold_eight = computed(roofline.combined_bandwidth, gpus=_eight, bandwidth=nic_rate)
ex_cold_requests = computed(compare.bandwidth_ratio, first=ex_cold_eight, second=of("object_store", "bandwidth"))
_part = _time(Assumed(15.625, "MB", "one 32nd of a chip's weights"), of("lpu", "bandwidth"))


def _path(hop: Source, sweep: Source) -> Computed:
    return computed(levels.chip_chain_time, units=ex_lpu_count, sweep=sweep, hop=hop)


ex_sram_sweeps = _path(_NO_TIME, sweep_lpu)
ex_sram_hops = _path(ex_lpu_hop, _NO_TIME)
ex_sram_sparse = _path(_NO_TIME, _part)
ex_sram_sparse_rate = _rate(_path(ex_lpu_hop, _part))
