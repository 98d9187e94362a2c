"""Calculators of the article: energy and cost of a token, and what a cap or a lock does to one kind of work."""

from __future__ import annotations

from figures import presets
from figures.calculators import Calculator, Field, Output
from figures.charts import Chart
from figures.formulas import clocks, decode_batch, facility, kv_cache, model, token_energy
from figures.measurements import serving
from figures.power_and_thermal_management import results
from figures.power_and_thermal_management.results_tokens import operation_energy, static_one

OF_STEP = {"weights": "weight_bytes", "cache": "cache_bytes", "operations": "token_operations"}

token = Calculator(
    "Energy and cost of a decoded token",
    outputs=(
        Output(model.weight_bytes, "Weights", unit="GB"),
        Output(kv_cache.cache_bytes, "Cache of one sequence"),
        Output(decode_batch.token_operations, "Operations of one token"),
        Output(decode_batch.batch_step_time, "Step time", unit="ms", using=OF_STEP),
        Output(
            token_energy.decode_energy,
            "Energy of a token",
            unit="J/token",
            using={**OF_STEP, "step": "batch_step_time"},
        ),
        Output(facility.million_tokens_cost, "Energy of a million tokens costs", using={"energy": "decode_energy"}),
    ),
    fields=(
        Field("batch", "Batch", 64, 1, 100_000),
        Field("context", "Context", 512, 1, presets.LONGEST),
        presets.gpu_count(4),
        presets.PARAMETER_BYTES,
        presets.ELEMENT_BYTES,
        Field("effectiveness", "PUE", 1.2, 1, 10),
        Field("price", "Price of energy", 0.10, 0, 100, unit="USD/kWh"),
        Field(
            "static",
            "Static power per GPU",
            static_one.value,
            0,
            100_000,
            unit="W",
            help="power that passes whatever the GPU does; add its share of the server to go beyond the GPUs",
        ),
        Field("byte_energy", "Energy of a byte read", 137, 0, 1e6, unit="pJ/B"),
        Field(
            "operation_energy",
            "Energy of an operation",
            operation_energy.value,
            0,
            1e6,
            unit="pJ/FLOP",
            help="of decoded tokens; larger if prompts are to be in it",
        ),
        Field("bandwidth_share", "Bandwidth achieved", serving.bandwidth_share.value, 0.01, 1),
        Field("utilization", "Arithmetic achieved", serving.utilization.value, 0.01, 1),
        Field("overhead", "Overhead of a step", serving.overhead.value * 1e3, 0, 10_000, unit="ms"),
        presets.PARAMETERS,
        presets.QUERY_HEADS,
        presets.HEAD_DIM,
        *presets.SHAPE,
        Field("bandwidth", "Memory bandwidth per GPU", None, 0.001, 1000, unit="TB/s"),
        Field("peak", "Peak per GPU", None, 0.1, 1e6, unit="TFLOP/s"),
    ),
    presets=(presets.dense_models(), presets.gpus(bandwidth="memory_bandwidth", peak="bf16_dense")),
    charts=(Chart("decode_energy", "batch", 1, 2048, ticks=(1, 8, 64, 512), log=True),),
)

cap_or_lock = Calculator(
    "Cap or lock",
    outputs=(
        Output(clocks.cubic_coefficient, "Coefficient of the cube", unit="W/(GHz·GHz·GHz)"),
        Output(
            clocks.overlapped_best_clock,
            "Clock of least energy",
            unit="GHz",
            using={"reference": "clock", "cubic": "cubic_coefficient"},
        ),
        Output(
            clocks.overlapped_time_at,
            "Time under that lock",
            name="locked_time",
            unit="ms",
            using={"reference": "clock", "clock": "overlapped_best_clock"},
        ),
        Output(
            clocks.cubic_power,
            "Power under that lock",
            name="locked_power",
            unit="W",
            using={"cubic": "cubic_coefficient", "clock": "overlapped_best_clock"},
        ),
        Output(
            clocks.capped_clock,
            "Clock under the cap",
            unit="GHz",
            using={"cubic": "cubic_coefficient", "most": "clock"},
        ),
        Output(
            clocks.overlapped_time_at,
            "Time under the cap",
            name="capped_time",
            unit="ms",
            endless="never: the cap is below the static power",
            using={"reference": "clock", "clock": "capped_clock"},
        ),
        Output(
            clocks.cubic_power,
            "Power under the cap",
            name="capped_power",
            unit="W",
            using={"cubic": "cubic_coefficient", "clock": "capped_clock"},
        ),
    ),
    fields=(
        Field("memory", "Memory time of a step", results.decode_memory.value, 0.001, 1e6, unit="ms"),
        Field("compute", "Compute time at the top clock", results.decode_compute.value, 0.001, 1e6, unit="ms"),
        Field("clock", "Top clock", results.top.value, 0.01, 100, unit="GHz"),
        Field("power", "Power at the top clock", results.decode_power.value, 301, 100_000, unit="W"),
        Field("static", "Static power", results.static.value, 1, 300, unit="W"),
        Field("cap", "Power cap", results.cap.value, 1, 100_000, unit="W"),
    ),
)
