"""The numbers that articles/power_and_thermal_management.md prints."""

from __future__ import annotations

from figures import data
from figures.formulas import (
    chip_power,
    clocks,
    compare,
    cooling,
    levels,
    model,
    power_budget,
    power_sensors,
    power_smoothing,
    token_energy,
)
from figures.power_and_thermal_management.results_tokens import (  # noqa: F401 - the article prints them
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
from figures.results import Assumed, Computed, computed

# A GPU that behaves like an H100 in decode and in prefill, with round numbers for what its maker does not state.
limit = Assumed(700, "W", "the power limit of an H100 SXM")
static = Assumed(250, "W", "memory, links, leakage and all else that does not follow the clock, in the example")
top = Assumed(1.83, "GHz", "clock of the example at the limit, near that of an H100's stated peak")
decode_power = Assumed(440, "W", "power of the example in decode at the same clock, its units waiting most of the time")
decode_memory = Assumed(16, "ms", "time of a decode step's memory traffic in the example")
decode_compute = Assumed(6.4, "ms", "time of its arithmetic at the top clock, which hides behind the traffic")
prefill_memory = Assumed(10, "ms", "time of a prefill step's memory traffic in the example")
prefill_compute = Assumed(100, "ms", "time of its arithmetic at the top clock")
cap = Assumed(500, "W", "a power cap of the example")

full_cubic = computed(clocks.cubic_coefficient, power=limit, static=static, clock=top)
decode_cubic = computed(clocks.cubic_coefficient, power=decode_power, static=static, clock=top)

decode_clock = computed(
    clocks.overlapped_best_clock,
    memory=decode_memory,
    compute=decode_compute,
    reference=top,
    static=static,
    cubic=decode_cubic,
)
decode_locked = computed(clocks.cubic_power, static=static, cubic=decode_cubic, clock=decode_clock)
decode_capped = computed(clocks.capped_clock, cap=cap, static=static, cubic=decode_cubic, most=top)

prefill_clock = computed(
    clocks.overlapped_best_clock,
    memory=prefill_memory,
    compute=prefill_compute,
    reference=top,
    static=static,
    cubic=full_cubic,
)
prefill_locked = computed(clocks.cubic_power, static=static, cubic=full_cubic, clock=prefill_clock)
prefill_capped = computed(clocks.capped_clock, cap=cap, static=static, cubic=full_cubic, most=top)


def prefill_time(clock: Computed | Assumed) -> Computed:
    """Time of the prefill step at a clock."""
    return computed(
        clocks.overlapped_time_at, memory=prefill_memory, compute=prefill_compute, reference=top, clock=clock
    )


prefill_at_best = prefill_time(prefill_clock)
prefill_at_cap = prefill_time(prefill_capped)
prefill_slowdown = computed(compare.time_ratio, first=prefill_at_best, second=prefill_compute)
prefill_at_decode_clock = prefill_time(decode_clock)

# Heat: one resistance, leakage that grows with temperature.
switching = Assumed(600, "W", "power that does not depend on temperature, in the example")
air = Assumed(35, "°C", "air that reaches the heat sink, in the example")
air_resistance = Assumed(0.06, "°C/W", "from the junction to the air, in the example")
water = Assumed(40, "°C", "coolant that reaches the cold plate, in the example")
water_resistance = Assumed(0.03, "°C/W", "from the junction to the coolant, in the example")
leakage = Assumed(60, "W", "leakage of the example at the reference temperature")
reference = Assumed(60, "°C", "that temperature")
scale = Assumed(40, "°C", "rise that multiplies the leakage of the example by e")


def heat(resistance: Assumed, coolant: Assumed) -> tuple[Computed, Computed, Computed]:
    """Gain, steady temperature and leakage of the example with a kind of cooling."""
    gain = computed(
        chip_power.leakage_gain,
        resistance=resistance,
        switching=switching,
        coolant=coolant,
        reference_power=leakage,
        reference=reference,
        scale=scale,
    )
    temperature = computed(
        chip_power.leaking_temperature,
        resistance=resistance,
        switching=switching,
        coolant=coolant,
        gain=gain,
        scale=scale,
    )
    leaks = computed(
        chip_power.leakage_power, reference_power=leakage, temperature=temperature, reference=reference, scale=scale
    )
    return gain, temperature, leaks


air_gain, air_temperature, air_leakage = heat(air_resistance, air)
water_gain, water_temperature, water_leakage = heat(water_resistance, water)
runaway = computed(
    chip_power.runaway_power,
    resistance=air_resistance,
    coolant=air,
    reference_power=leakage,
    reference=reference,
    scale=scale,
)

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
rack = Assumed(120, "kW", "heat of a rack, in the example")
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

waiting = Assumed(50, "kW", "power of the rack while its GPUs wait, in the example")
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
