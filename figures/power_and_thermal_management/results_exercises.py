"""The numbers of the exercises."""

from __future__ import annotations

from figures.formulas import (
    clocks,
    compare,
    cooling,
    energy_fit,
    facility,
    feeds,
    heat,
    power_budget,
    power_sensors,
    power_smoothing,
    racks,
    token_energy,
)
from figures.power_and_thermal_management import results_clock
from figures.power_and_thermal_management.results_tokens import own_70b, shared_70b
from figures.results import Assumed, Computed, computed

# The best clock of a chip: the work is arithmetic alone.
ex_full = Assumed(700, "W", "power of the exercise's GPU in full work")
ex_top = Assumed(1.98, "GHz", "its top clock")
ex_static = Assumed(200, "W", "its static power")
_traffic = Assumed(1, "ms", "traffic of the exercise's work, which hides behind its arithmetic")
_arithmetic = Assumed(100, "ms", "arithmetic of the exercise's work at the top clock")
_cubic = computed(clocks.cubic_coefficient, power=ex_full, static=ex_static, clock=ex_top)
ex_clock = computed(
    clocks.overlapped_best_clock,
    memory=_traffic,
    compute=_arithmetic,
    reference=ex_top,
    static=ex_static,
    cubic=_cubic,
)
ex_clock_power = computed(clocks.cubic_power, static=ex_static, cubic=_cubic, clock=ex_clock)
_time = computed(clocks.overlapped_time_at, memory=_traffic, compute=_arithmetic, reference=ex_top, clock=ex_clock)
ex_clock_slowdown = computed(compare.time_ratio, first=_time, second=_arithmetic)
ex_clock_energy = computed(
    compare.work_energy_ratio,
    first_power=ex_clock_power,
    first_time=_time,
    second_power=ex_full,
    second_time=_arithmetic,
)

# The price of a cap.
ex_cap_clock = Assumed(1.647, "GHz", "nine tenths of the top clock of the text's example")
ex_cap = computed(clocks.cubic_power, static=results_clock.static, cubic=results_clock.full_cubic, clock=ex_cap_clock)
ex_cap_energy = computed(
    compare.work_energy_ratio,
    first_power=ex_cap,
    first_time=results_clock.prefill_time(ex_cap_clock),
    second_power=results_clock.limit,
    second_time=results_clock.prefill_compute,
)

# How long until it throttles.
ex_resistance = Assumed(0.045, "°C/W", "from the junction to the coolant, in the exercise")
ex_capacity = Assumed(400, "J/°C", "heat capacity of what is heated, in the exercise")
ex_water = Assumed(45, "°C", "coolant of the exercise")
ex_limit = Assumed(87, "°C", "temperature at which the chip throttles, in the exercise")
ex_start = Assumed(60, "°C", "temperature when the load comes")
ex_load = Assumed(1000, "W", "that load")
ex_low = Assumed(700, "W", "a lower power to which it may fall back")
ex_sustained = computed(heat.sustainable_power, limit=ex_limit, coolant=ex_water, resistance=ex_resistance)
ex_time_constant = computed(heat.thermal_time, resistance=ex_resistance, capacity=ex_capacity)
ex_steady = computed(heat.steady_temperature, coolant=ex_water, resistance=ex_resistance, power=ex_load)
ex_throttle_time = computed(
    heat.time_to_temperature, start=ex_start, end=ex_limit, steady=ex_steady, constant=ex_time_constant
)
ex_high_share = computed(heat.sustained_share, sustained=ex_sustained, high=ex_load, low=ex_low)

# The batch for a price.
ex_energy = Assumed(0.5, "J/token", "GPU energy of a token that the exercise wants")
ex_pue = Assumed(1.3, "1", "overhead of the exercise's building")
ex_price = Assumed(0.10, "USD/kWh", "price of energy, in the exercise")
ex_batch = computed(energy_fit.batch_for, shared=shared_70b, own=own_70b, energy=ex_energy)
_metered = computed(token_energy.metered_energy, effectiveness=ex_pue, energy=ex_energy)
ex_cost = computed(facility.million_tokens_cost, energy=_metered, price=ex_price)

# A rack.
ex_trays = Assumed(18, "1", "nodes of the exercise's rack")
ex_tray_gpus = Assumed(4, "1", "GPUs of each node")
ex_gpu_power = Assumed(1.4, "kW", "power of each GPU")
ex_rest = Assumed(35, "kW", "everything else in the rack, in the exercise")
ex_rise = Assumed(8, "°C", "by how much the water warms, in the exercise")
ex_air_rise = Assumed(15, "°C", "by how much the air warms, in the exercise")
ex_volts = Assumed(50, "V", "voltage of the exercise's busbar")
_no_overhead = Assumed(0, "W", "counted with everything else")
_no_loss = Assumed(1, "1", "losses of the supplies are counted with everything else")
_water_density = Assumed(1000, "kg/m³", "water")
_water_heat = Assumed(4180, "J/(kg·°C)", "water")
_air_density = Assumed(1.2, "kg/m³", "air at room temperature")
_air_heat = Assumed(1005, "J/(kg·°C)", "air")
ex_rack = computed(
    racks.rack_power,
    trays=ex_trays,
    gpus=ex_tray_gpus,
    rated=ex_gpu_power,
    overhead=_no_overhead,
    more=ex_rest,
    efficiency=_no_loss,
)
ex_rack_flow = computed(
    cooling.coolant_flow, power=ex_rack, density=_water_density, heat_capacity=_water_heat, rise=ex_rise
)
ex_rack_air = computed(
    cooling.coolant_flow, power=ex_rack, density=_air_density, heat_capacity=_air_heat, rise=ex_air_rise
)
ex_rack_current = computed(feeds.direct_current, power=ex_rack, voltage=ex_volts)

# Servers behind a feed.
ex_rated = Assumed(10.2, "kW", "rated power of the exercise's servers")
ex_mean = Assumed(5, "kW", "their mean power")
ex_deviation = Assumed(2, "kW", "standard deviation of the power of one over time")
ex_feed = Assumed(2, "MW", "capacity of the exercise's feed")
ex_risk = Assumed(0.001, "1", "share of the time in which it may be exceeded")
ex_correlation = Assumed(0.2, "1", "correlation of the powers of two servers")
_independent = Assumed(0, "1", "servers that have nothing to do with each other")


def _servers(correlation: Assumed) -> Computed:
    return computed(
        power_budget.devices_at_risk,
        budget=ex_feed,
        mean=ex_mean,
        deviation=ex_deviation,
        correlation=correlation,
        risk=ex_risk,
    )


ex_servers = _servers(_independent)
ex_servers_correlated = _servers(ex_correlation)
ex_oversubscription = computed(power_budget.oversubscription, devices=ex_servers, rated=ex_rated, budget=ex_feed)
ex_oversubscription_correlated = computed(
    power_budget.oversubscription, devices=ex_servers_correlated, rated=ex_rated, budget=ex_feed
)

# Stores for two periods.
ex_high = Assumed(100, "MW", "higher power of the exercise's campus")
ex_low_campus = Assumed(50, "MW", "its lower power")
ex_short = Assumed(2, "s", "a short cycle, in the exercise")
ex_long = Assumed(60, "s", "a long one")
ex_ramp = Assumed(10, "MW/min", "steepest ramp that the exercise's utility allows")
_half = Assumed(0.5, "1", "half of the time at each power")


def _store(cycle: Assumed) -> Computed:
    return computed(power_smoothing.flattening_energy, high=ex_high, low=ex_low_campus, share=_half, cycle=cycle)


ex_store = _store(ex_short)
ex_store_long = _store(ex_long)
ex_store_ramp = computed(power_smoothing.ramp_energy, high=ex_high, low=ex_low_campus, ramp=ex_ramp)

# Three sensors.
ex_sensor_high = Assumed(700, "W", "higher power of the exercise's load")
ex_sensor_low = Assumed(100, "W", "its lower power")
ex_window = Assumed(25, "ms", "time over which a reading averages, in the exercise")
ex_update = Assumed(100, "ms", "from one reading to the next, in the exercise")
ex_locked_cycle = Assumed(50, "ms", "a cycle that divides the interval")
ex_cycle = Assumed(60, "ms", "a cycle that does not")
ex_wanted = Assumed(5, "W", "standard deviation that the mean may have, in the exercise")
ex_window_long = Assumed(1, "s", "a long window, in the exercise")


def _deviation(window: Assumed) -> Computed:
    return computed(
        power_sensors.window_deviation,
        high=ex_sensor_high,
        low=ex_sensor_low,
        share=_half,
        cycle=ex_cycle,
        window=window,
    )


ex_sensor_deviation = _deviation(ex_window)
ex_readings = computed(power_sensors.readings_needed, deviation=ex_sensor_deviation, wanted=ex_wanted)
ex_deviation_long = _deviation(ex_window_long)

__all__ = [
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
    "ex_tray_gpus",
    "ex_trays",
    "ex_update",
    "ex_volts",
    "ex_wanted",
    "ex_water",
    "ex_window",
    "ex_window_long",
]
