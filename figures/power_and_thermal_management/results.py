"""The numbers that articles/power_and_thermal_management.md prints."""

from __future__ import annotations

from figures import data
from figures.formulas import (
    cooling,
    feeds,
    levels,
    model,
    power_budget,
    power_sensors,
    power_smoothing,
    racks,
    token_energy,
)
from figures.power_and_thermal_management.results_caps import (
    best_energy_a40,
    best_energy_v100,
    best_time_a40,
    best_time_v100,
    lowest_energy_a40,
    lowest_time_a40,
)
from figures.power_and_thermal_management.results_clock import (
    cap,
    decode_capped,
    decode_clock,
    decode_compute,
    decode_cubic,
    decode_locked,
    decode_memory,
    decode_power,
    full_cubic,
    limit,
    prefill_at_best,
    prefill_at_cap,
    prefill_at_decode_clock,
    prefill_capped,
    prefill_clock,
    prefill_compute,
    prefill_locked,
    prefill_memory,
    prefill_slowdown,
    static,
    top,
)
from figures.power_and_thermal_management.results_exercises import (
    ex_air_rise,
    ex_batch,
    ex_cap,
    ex_cap_clock,
    ex_cap_energy,
    ex_capacity,
    ex_clock,
    ex_clock_energy,
    ex_clock_power,
    ex_clock_slowdown,
    ex_correlation,
    ex_cost,
    ex_cycle,
    ex_deviation,
    ex_deviation_long,
    ex_energy,
    ex_feed,
    ex_full,
    ex_gpu_power,
    ex_high,
    ex_high_share,
    ex_limit,
    ex_load,
    ex_locked_cycle,
    ex_long,
    ex_low,
    ex_low_campus,
    ex_mean,
    ex_oversubscription,
    ex_oversubscription_correlated,
    ex_price,
    ex_pue,
    ex_rack,
    ex_rack_air,
    ex_rack_current,
    ex_rack_flow,
    ex_ramp,
    ex_rated,
    ex_readings,
    ex_resistance,
    ex_rest,
    ex_rise,
    ex_risk,
    ex_sensor_deviation,
    ex_sensor_high,
    ex_sensor_low,
    ex_servers,
    ex_servers_correlated,
    ex_short,
    ex_start,
    ex_static,
    ex_steady,
    ex_store,
    ex_store_long,
    ex_store_ramp,
    ex_sustained,
    ex_throttle_time,
    ex_time_constant,
    ex_top,
    ex_tray_gpus,
    ex_trays,
    ex_update,
    ex_volts,
    ex_wanted,
    ex_water,
    ex_window,
    ex_window_long,
)
from figures.power_and_thermal_management.results_heat import (
    air,
    air_gain,
    air_leakage,
    air_resistance,
    air_temperature,
    leakage,
    reference,
    runaway,
    scale,
    switching,
    water,
    water_gain,
    water_leakage,
    water_resistance,
    water_temperature,
)
from figures.power_and_thermal_management.results_oversubscription import (
    common_correlation,
    servers_simulated_alone,
    servers_simulated_common,
)
from figures.power_and_thermal_management.results_parts import (
    fit_least,
    fit_most,
    fitted_byte,
    fitted_operation,
    fitted_static,
    test_least,
    test_most,
)
from figures.power_and_thermal_management.results_rack import (
    rack,
    waiting,
)
from figures.power_and_thermal_management.results_service import (
    amplification_air,
    chiller_cop,
    chiller_power,
    cold_leakage,
    cold_supply,
    cold_temperature,
    even_cop,
    host_power,
    service_answer,
    service_carbon,
    service_cost,
    service_fit,
    service_flow,
    service_intensity,
    service_load,
    service_million,
    service_misfit,
    service_nodes,
    service_price,
    service_pue,
    service_rack,
    service_rest,
    service_site,
    service_tokens,
    service_wall,
    service_wall_ratio,
    service_water,
    service_wue,
    warm_leakage,
    warm_price,
    warm_supply,
    warm_temperature,
    watt_per_degree,
)
from figures.power_and_thermal_management.results_smoothing import (
    burnt_in_pause,
    lost_in_store,
    pause,
    pause_store,
    ramp,
    store_efficiency,
)
from figures.power_and_thermal_management.results_tokens import (
    half_70b,
    half_b200,
    misfit_8b,
    misfit_70b,
    misfit_405b,
    misfit_b200,
    own_8b,
    own_70b,
    own_405b,
    own_b200,
    shared_8b,
    shared_70b,
    shared_405b,
    shared_b200,
)
from figures.power_and_thermal_management.results_training import (
    ex_train_energy,
    ex_train_share,
    train_energy_405b,
    train_intensity,
    train_share_405b,
)
from figures.results import Assumed, Computed, computed

# Energy of a token, at the wall and in the GPUs.
one = Assumed(1, "1", "no overhead of a facility: energy of the equipment")


def at_the_wall(model_name: str) -> Computed:
    """Energy per token of a submission to MLPerf."""
    return computed(
        token_energy.energy_per_token,
        effectiveness=one,
        power=data.value("published", "mlperf51_b200_power", f"{model_name}_power"),
        rate=data.value("published", "mlperf51_b200_power", f"{model_name}_rate"),
    )


wall_70b = at_the_wall("llama2_70b")
wall_8b = at_the_wall("llama31_8b")
wall_405b = at_the_wall("llama31_405b")

_parameters = data.value("models", "llama3_1_70b", "parameters")
_latency = data.value("published", "mlenergy_llama31_70b_h100", "latency_8")
_power = data.value("published", "mlenergy_llama31_70b_h100", "power_8")
static_all = Assumed(600, "W", "power of four H100 that passes whatever they do, of our own choosing")
node = Assumed(1, "1", "all four GPUs taken together")
weight_width = Assumed(2, "B", "BF16")
weights_70b = computed(model.weight_bytes, parameters=_parameters, parameter_bytes=weight_width)
read_rate = computed(levels.timed_bandwidth, size=weights_70b, time=_latency)
byte_energy = computed(
    token_energy.implied_byte_energy, power=_power, gpus=node, static=static_all, bandwidth=read_rate
)

# A rack: what must flow through it, and what makes its power flat.
water_density = Assumed(1000, "kg/m³", "water")
water_heat = Assumed(4180, "J/(kg·°C)", "water")
water_rise = Assumed(10, "°C", "by how much the water warms, in the example")
air_density = Assumed(1.2, "kg/m³", "air at room temperature")
air_heat = Assumed(1005, "J/(kg·°C)", "air")
air_rise = Assumed(15, "°C", "by how much the air warms, in the example")
water_flow = computed(
    cooling.coolant_flow, power=rack, density=water_density, heat_capacity=water_heat, rise=water_rise
)
air_flow = computed(cooling.coolant_flow, power=rack, density=air_density, heat_capacity=air_heat, rise=air_rise)

# Another rack, built up from its nodes.
trays = Assumed(18, "1", "nodes of a rack, in the example")
tray_gpus = Assumed(4, "1", "GPUs of each node")
tray_gpu_power = Assumed(1200, "W", "power of each GPU, in the example")
tray_overhead = Assumed(1500, "W", "power of a node beside its GPUs, in the example")
rack_more = Assumed(6, "kW", "power of the switches in the rack, in the example")
supply_efficiency = Assumed(0.97, "1", "what the power supplies deliver of what they take, in the example")
line_voltage = Assumed(415, "V", "three-phase voltage from line to line, in the example")
power_factor = Assumed(0.95, "1", "power factor of the power supplies, in the example")
derating = Assumed(0.8, "1", "share of its rating that a breaker may carry without end, in the example")
feeds_sharing = Assumed(4, "1", "feeds that share the load, those for redundancy not counted")
liquid_share = Assumed(0.85, "1", "share of the heat that cold plates take up, in the example")
bus_low = Assumed(50, "V", "a busbar of a rack, in the example")
bus_high = Assumed(800, "V", "a feed with direct current, in the example")
bus_resistance = Assumed(0.05, "mΩ", "resistance of the busbar there and back, in the example")

built_rack = computed(
    racks.rack_power,
    trays=trays,
    gpus=tray_gpus,
    rated=tray_gpu_power,
    overhead=tray_overhead,
    more=rack_more,
    efficiency=supply_efficiency,
)
rack_current = computed(feeds.three_phase_current, power=built_rack, voltage=line_voltage, power_factor=power_factor)
rack_breaker = computed(feeds.breaker_rating, current=rack_current, derating=derating, feeds=feeds_sharing)
bus_current_low = computed(feeds.direct_current, power=rack, voltage=bus_low)
bus_current_high = computed(feeds.direct_current, power=rack, voltage=bus_high)
bus_loss_low = computed(feeds.conductor_loss, resistance=bus_resistance, power=rack, voltage=bus_low)
bus_loss_high = computed(feeds.conductor_loss, resistance=bus_resistance, power=rack, voltage=bus_high)

high_share = Assumed(0.7, "1", "share of an iteration that computes, in the example")
short_cycle = Assumed(0.1, "s", "iteration of a small model, in the example")
long_cycle = Assumed(5, "s", "iteration of a large one, in the example")
floor = Assumed(90, "kW", "floor under the power of the rack, in the example")


def store(cycle: Assumed) -> Computed:
    """Storage that makes the rack's power flat."""
    return computed(power_smoothing.flattening_energy, high=rack, low=waiting, share=high_share, cycle=cycle)


short_store = store(short_cycle)
long_store = store(long_cycle)
burnt = computed(power_smoothing.floor_loss, share=high_share, floor=floor, low=waiting)

# Servers behind one feed.
feed = Assumed(1, "MW", "capacity of a feed, in the example")
rated = Assumed(10, "kW", "rated power of a server, in the example")
server_mean = Assumed(6, "kW", "its mean power")
server_deviation = Assumed(1.5, "kW", "standard deviation of its power over time")
independent = Assumed(0, "1", "servers that have nothing to do with each other")
correlated = Assumed(0.3, "1", "servers that share their users' habits")
risk = Assumed(0.001, "1", "share of the time in which a brake may act")


def servers(correlation: Assumed) -> Computed:
    """Servers that fit behind the feed."""
    return computed(
        power_budget.devices_at_risk,
        budget=feed,
        mean=server_mean,
        deviation=server_deviation,
        correlation=correlation,
        risk=risk,
    )


servers_independent = servers(independent)
servers_correlated = servers(correlated)
servers_rated = computed(power_budget.oversubscription, devices=servers_correlated, rated=rated, budget=feed)

# A sensor that sees a part of the time.
window = Assumed(25, "ms", "time over which a reading averages, in the example")
update = Assumed(100, "ms", "from one reading to the next, in the example")
sensor_cycle = Assumed(80, "ms", "cycle of a load that alternates, in the example")
sensor_high = Assumed(600, "W", "its higher power")
sensor_low = Assumed(200, "W", "its lower power")
sensor_share = Assumed(0.5, "1", "share of the cycle at the higher one")
wanted = Assumed(8, "W", "standard deviation that the mean may have, in the example")
seen = computed(power_sensors.seen_share, window=window, update=update)
deviation = computed(
    power_sensors.window_deviation,
    high=sensor_high,
    low=sensor_low,
    share=sensor_share,
    cycle=sensor_cycle,
    window=window,
)
readings = computed(power_sensors.readings_needed, deviation=deviation, wanted=wanted)

__all__ = [
    "air",
    "air_density",
    "air_flow",
    "air_gain",
    "air_heat",
    "air_leakage",
    "air_resistance",
    "air_rise",
    "air_temperature",
    "amplification_air",
    "best_energy_a40",
    "best_energy_v100",
    "best_time_a40",
    "best_time_v100",
    "built_rack",
    "burnt",
    "burnt_in_pause",
    "bus_current_high",
    "bus_current_low",
    "bus_high",
    "bus_loss_high",
    "bus_loss_low",
    "bus_low",
    "bus_resistance",
    "byte_energy",
    "cap",
    "chiller_cop",
    "chiller_power",
    "cold_leakage",
    "cold_supply",
    "cold_temperature",
    "common_correlation",
    "correlated",
    "decode_capped",
    "decode_clock",
    "decode_compute",
    "decode_cubic",
    "decode_locked",
    "decode_memory",
    "decode_power",
    "derating",
    "deviation",
    "even_cop",
    "ex_air_rise",
    "ex_batch",
    "ex_cap",
    "ex_cap_clock",
    "ex_cap_energy",
    "ex_capacity",
    "ex_clock",
    "ex_clock_energy",
    "ex_clock_power",
    "ex_clock_slowdown",
    "ex_correlation",
    "ex_cost",
    "ex_cycle",
    "ex_deviation",
    "ex_deviation_long",
    "ex_energy",
    "ex_feed",
    "ex_full",
    "ex_gpu_power",
    "ex_high",
    "ex_high_share",
    "ex_limit",
    "ex_load",
    "ex_locked_cycle",
    "ex_long",
    "ex_low",
    "ex_low_campus",
    "ex_mean",
    "ex_oversubscription",
    "ex_oversubscription_correlated",
    "ex_price",
    "ex_pue",
    "ex_rack",
    "ex_rack_air",
    "ex_rack_current",
    "ex_rack_flow",
    "ex_ramp",
    "ex_rated",
    "ex_readings",
    "ex_resistance",
    "ex_rest",
    "ex_rise",
    "ex_risk",
    "ex_sensor_deviation",
    "ex_sensor_high",
    "ex_sensor_low",
    "ex_servers",
    "ex_servers_correlated",
    "ex_short",
    "ex_start",
    "ex_static",
    "ex_steady",
    "ex_store",
    "ex_store_long",
    "ex_store_ramp",
    "ex_sustained",
    "ex_throttle_time",
    "ex_time_constant",
    "ex_top",
    "ex_train_energy",
    "ex_train_share",
    "ex_tray_gpus",
    "ex_trays",
    "ex_update",
    "ex_volts",
    "ex_wanted",
    "ex_water",
    "ex_window",
    "ex_window_long",
    "feed",
    "feeds_sharing",
    "fit_least",
    "fit_most",
    "fitted_byte",
    "fitted_operation",
    "fitted_static",
    "floor",
    "full_cubic",
    "half_70b",
    "half_b200",
    "high_share",
    "host_power",
    "independent",
    "leakage",
    "limit",
    "line_voltage",
    "liquid_share",
    "long_cycle",
    "long_store",
    "lost_in_store",
    "lowest_energy_a40",
    "lowest_time_a40",
    "misfit_8b",
    "misfit_70b",
    "misfit_405b",
    "misfit_b200",
    "node",
    "one",
    "own_8b",
    "own_70b",
    "own_405b",
    "own_b200",
    "pause",
    "pause_store",
    "power_factor",
    "prefill_at_best",
    "prefill_at_cap",
    "prefill_at_decode_clock",
    "prefill_capped",
    "prefill_clock",
    "prefill_compute",
    "prefill_locked",
    "prefill_memory",
    "prefill_slowdown",
    "rack",
    "rack_breaker",
    "rack_current",
    "rack_more",
    "ramp",
    "rated",
    "read_rate",
    "readings",
    "reference",
    "risk",
    "runaway",
    "scale",
    "seen",
    "sensor_cycle",
    "sensor_high",
    "sensor_low",
    "sensor_share",
    "server_deviation",
    "server_mean",
    "servers_correlated",
    "servers_independent",
    "servers_rated",
    "servers_simulated_alone",
    "servers_simulated_common",
    "service_answer",
    "service_carbon",
    "service_cost",
    "service_fit",
    "service_flow",
    "service_intensity",
    "service_load",
    "service_million",
    "service_misfit",
    "service_nodes",
    "service_price",
    "service_pue",
    "service_rack",
    "service_rest",
    "service_site",
    "service_tokens",
    "service_wall",
    "service_wall_ratio",
    "service_water",
    "service_wue",
    "shared_8b",
    "shared_70b",
    "shared_405b",
    "shared_b200",
    "short_cycle",
    "short_store",
    "static",
    "static_all",
    "store_efficiency",
    "supply_efficiency",
    "switching",
    "test_least",
    "test_most",
    "top",
    "train_energy_405b",
    "train_intensity",
    "train_share_405b",
    "tray_gpu_power",
    "tray_gpus",
    "tray_overhead",
    "trays",
    "update",
    "waiting",
    "wall_8b",
    "wall_70b",
    "wall_405b",
    "wanted",
    "warm_leakage",
    "warm_price",
    "warm_supply",
    "warm_temperature",
    "water",
    "water_density",
    "water_flow",
    "water_gain",
    "water_heat",
    "water_leakage",
    "water_resistance",
    "water_rise",
    "water_temperature",
    "watt_per_degree",
    "weight_width",
    "weights_70b",
    "window",
]
