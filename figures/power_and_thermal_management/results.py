"""The numbers that articles/power_and_thermal_management.md prints."""

from __future__ import annotations

from figures.formulas import chip_power, clocks, compare
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
