"""Calculators of the article: weights that stream from a tier, and a prefix that is restored."""

from __future__ import annotations

from figures import data, presets
from figures.calculators import Calculator, Field, Option, Output, Preset
from figures.charts import Chart
from figures.formulas import decode_batch, experts, kv_cache, model, restoring, reuse, roofline, streaming
from figures.memory_hierarchy_and_offloading.results import (
    c2c_rate,
    context_131k,
    nic_rate,
    nvme_rate,
    pcie_rate,
    prefill_share,
    room_70b,
)


def _tiers(field: str, default: str) -> Preset:
    """Links as they were measured."""
    options = {
        "c2c": Option("Grace memory over NVLink-C2C", {field: c2c_rate}),
        "pcie": Option("Host memory over PCIe 5.0 x16", {field: pcie_rate}),
        "nvme": Option("Four PCIe 5.0 drives", {field: nvme_rate}),
        "network": Option("Network, 100 Gbit/s", {field: nic_rate}),
    }
    return Preset("tier", "Slower tier", options, default)


def _dense() -> Preset:
    """Dense models by their parameters."""
    models = data.load("models")
    options = {
        key: Option(str(models[key]["name"]), {"parameters": data.value("models", key, "parameters")})
        for key in presets.DENSE
    }
    return Preset("model", "Model", options, presets.MODEL)


_ACHIEVED = Field("utilization", "Share of the peak achieved", prefill_share.value, 0.01, 1)
_ONE_GPU = presets.gpu_count(1)

weight_streaming = Calculator(
    "Tokens per second when weights stream from a slower tier",
    outputs=(
        Output(model.weight_bytes, "Weights", unit="GB"),
        Output(streaming.offloaded_share, "Share that streams in", name="share", using={"weights": "weight_bytes"}),
        Output(roofline.achieved, "Arithmetic rate", name="rate", unit="TFLOP/s"),
        Output(
            experts.weight_operations,
            "Operations of a step",
            name="operations",
            using={"tokens": "batch", "active": "parameters"},
        ),
        Output(
            streaming.waiting_step_time,
            "Step that waits for each layer",
            unit="ms",
            using={"weights": "weight_bytes"},
        ),
        Output(
            streaming.streamed_step_time,
            "Step with transfers overlapped",
            unit="ms",
            using={"weights": "weight_bytes"},
        ),
        Output(streaming.hiding_batch, "Streaming is hidden from a batch of"),
        Output(decode_batch.batch_rate, "Throughput", unit="token/s", using={"step": "streamed_step_time"}),
    ),
    fields=(
        presets.PARAMETERS,
        presets.PARAMETER_BYTES,
        Field("room", "Room for weights", room_70b.value, 0, 100_000, unit="GB", help="in the faster memory"),
        Field("batch", "Batch", 1, 1, 1_000_000),
        Field("cache", "Cache of a sequence", 0, 0, 10_000, unit="GB", help="in the faster memory; 0 if it is short"),
        Field("fast", "Memory bandwidth", None, 0.001, 1000, unit="TB/s"),
        Field("slow", "Bandwidth of the slower tier", None, 0.001, 100_000, unit="GB/s"),
        Field("peak", "Peak arithmetic rate", None, 0.1, 1e6, unit="TFLOP/s"),
        _ACHIEVED,
        _ONE_GPU,
    ),
    presets=(
        _dense(),
        presets.gpus(fast="memory_bandwidth", peak="bf16_dense"),
        _tiers("slow", "pcie"),
    ),
    charts=(Chart("batch_rate", "batch", 1, 16_384, ticks=(1, 16, 256, 4096), log=True, markers=("hiding_batch",)),),
)

restore_prefix = Calculator(
    "Restore a prefix: compute it again, load it, or both",
    outputs=(
        Output(roofline.achieved, "Arithmetic rate", name="rate", unit="TFLOP/s"),
        Output(reuse.prefill_operations, "Operations of the prefill", name="operations"),
        Output(reuse.recompute_time, "Time to compute it again"),
        Output(kv_cache.added_bytes, "Cache of the prefix", name="cache", using={"tokens": "prefix"}),
        Output(reuse.reload_time, "Time to load it"),
        Output(reuse.break_even_bandwidth, "Loading wins above", unit="GB/s"),
        Output(restoring.hiding_tokens, "New tokens that hide the load"),
        Output(restoring.meeting_point, "Computed while the rest is loaded", name="meeting"),
        Output(restoring.both_ends_time, "Time for both at once", unit="s"),
    ),
    fields=(
        Field("prefix", "Prefix", context_131k.value, 1, 10_000_000),
        Field("growth", "Cache per token", None, 0.01, 100_000, unit="KiB/token"),
        presets.PARAMETERS,
        Field("layers", "Layers", None, 1, 1000),
        presets.QUERY_HEADS,
        presets.HEAD_DIM,
        presets.gpu_count(4),
        Field("peak", "Peak per GPU", None, 1, 1e6, unit="TFLOP/s"),
        _ACHIEVED,
        Field("bandwidth", "Bandwidth of the load", None, 0.01, 1e6, unit="GB/s", help="over all GPUs"),
        Field("latency", "Latency", 0, 0, 1e6, unit="ms"),
    ),
    presets=(presets.prefix_models(), presets.gpus(peak="bf16_dense"), _tiers("bandwidth", "network")),
    charts=(
        Chart("both_ends_time", "prefix", 1024, 1_048_576, ticks=(1024, 32_768, 1_048_576), log=True),
        Chart(
            "both_ends_time",
            "bandwidth",
            0.1,
            100,
            ticks=(0.1, 1, 10, 100),
            log=True,
            markers=("break_even_bandwidth",),
        ),
    ),
)
