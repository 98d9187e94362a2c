"""Calculators of the article: energy and cost of a token, a cap or a lock, and power and cooling of a rack."""

from __future__ import annotations

from figures import presets
from figures.calculators import Calculator, Field, Output
from figures.charts import Chart
from figures.formulas import clocks, cooling, decode_batch, facility, feeds, heat, kv_cache, model, racks, token_energy
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


def time_and_power(name: str, what: str, clock: str, *, endless: str = "") -> tuple[Output, Output]:
    """Time of the work and power at the clock that an earlier output gives."""
    using = {"cubic": "cubic_coefficient", "clock": clock}
    return (
        Output(
            clocks.overlapped_time_at,
            f"Time under {what}",
            name=f"{name}_time",
            unit="ms",
            endless=endless,
            using={"reference": "clock", "clock": clock},
        ),
        Output(clocks.cubic_power, f"Power under {what}", name=f"{name}_power", unit="W", using=using),
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
        *time_and_power("locked", "that lock", "overlapped_best_clock"),
        Output(
            clocks.capped_clock,
            "Clock under the cap",
            unit="GHz",
            using={"cubic": "cubic_coefficient", "most": "clock"},
        ),
        *time_and_power("capped", "the cap", "capped_clock", endless="never: the cap is below the static power"),
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

RACK = {"power": "rack_power"}
LIQUID = {"density": "water_density", "heat_capacity": "water_heat", "rise": "water_rise"}
AIR = {"density": "air_density", "heat_capacity": "air_heat_capacity", "rise": "air_rise"}

rack_power_and_cooling = Calculator(
    "Power and cooling of a rack",
    outputs=(
        Output(racks.rack_power, "Power of the rack", unit="kW"),
        Output(feeds.three_phase_current, "Current of its feeds", unit="A", using=RACK),
        Output(
            feeds.breaker_rating, "Breaker of each feed, at least", unit="A", using={"current": "three_phase_current"}
        ),
        Output(racks.liquid_heat, "Heat in the liquid", unit="kW", using=RACK),
        Output(
            cooling.coolant_flow,
            "Flow of the liquid",
            name="water_flow",
            unit="L/min",
            using={**LIQUID, "power": "liquid_heat"},
        ),
        Output(cooling.outlet_temperature, "Liquid leaves at", unit="°C", using={"rise": "water_rise"}),
        Output(
            heat.steady_temperature,
            "Hottest chip",
            unit="°C",
            using={"coolant": "outlet_temperature", "power": "rated"},
        ),
        Output(racks.air_heat, "Heat in the air", unit="kW", using=RACK),
        Output(
            cooling.coolant_flow, "Flow of the air", name="air_flow", unit="m³/h", using={**AIR, "power": "air_heat"}
        ),
        Output(facility.facility_power, "Power at the meter", unit="kW", using={"equipment": "rack_power"}),
    ),
    fields=(
        Field("trays", "Nodes", results.trays.value, 1, 1000),
        Field("gpus", "GPUs per node", results.tray_gpus.value, 1, 1000),
        Field("rated", "Power of a GPU", results.tray_gpu_power.value, 1, 100_000, unit="W"),
        Field("overhead", "Rest of a node", results.tray_overhead.value, 0, 1_000_000, unit="W"),
        Field("more", "Rest of the rack", results.rack_more.value, 0, 10_000, unit="kW"),
        Field("efficiency", "Efficiency of the supplies", results.supply_efficiency.value, 0.1, 1),
        Field("effectiveness", "PUE", 1.2, 1, 10),
        Field("voltage", "Voltage, line to line", results.line_voltage.value, 1, 100_000, unit="V"),
        Field("power_factor", "Power factor", results.power_factor.value, 0.1, 1),
        Field("derating", "Share of its rating that a breaker carries", results.derating.value, 0.1, 1),
        Field("feeds", "Feeds that share the load", results.feeds_sharing.value, 1, 100),
        Field("share", "Share of the heat in the liquid", results.liquid_share.value, 0, 1),
        Field("coolant", "Liquid arrives at", results.water.value, -50, 100, unit="°C"),
        Field("water_rise", "Liquid warms by", results.water_rise.value, 0.1, 100, unit="°C"),
        Field("water_density", "Density of the liquid", results.water_density.value, 1, 20_000, unit="kg/m³"),
        Field("water_heat", "Heat capacity of the liquid", results.water_heat.value, 100, 20_000, unit="J/(kg·°C)"),
        Field("resistance", "Thermal resistance of a GPU", results.water_resistance.value, 0, 10, unit="°C/W"),
        Field("air_rise", "Air warms by", results.air_rise.value, 0.1, 100, unit="°C"),
        Field("air_density", "Density of the air", results.air_density.value, 0.1, 10, unit="kg/m³"),
        Field("air_heat_capacity", "Heat capacity of the air", results.air_heat.value, 100, 20_000, unit="J/(kg·°C)"),
    ),
    charts=(Chart("water_flow", "water_rise", 2, 30, ticks=(2, 10, 20, 30)),),
)
