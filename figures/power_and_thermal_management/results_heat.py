"""The chip of the example: leakage that heats itself, in air and on a cold plate."""

from __future__ import annotations

from figures.formulas import chip_power
from figures.results import Assumed, Computed, computed

# Heat: one resistance, leakage that grows with temperature.
switching = Assumed(600, "W", "power that does not depend on temperature, in the example")
air = Assumed(35, "°C", "air that reaches the heat sink, in the example")
air_resistance = Assumed(0.06, "°C/W", "from the junction to the air, in the example")
water = Assumed(40, "°C", "coolant that reaches the cold plate, in the example")
water_resistance = Assumed(0.03, "°C/W", "from the junction to the coolant, in the example")
leakage = Assumed(60, "W", "leakage of the example at the reference temperature")
reference = Assumed(60, "°C", "that temperature")
scale = Assumed(40, "°C", "rise that multiplies the leakage of the example by e")


def balance(resistance: Assumed, coolant: Assumed) -> tuple[Computed, Computed, Computed]:
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


air_gain, air_temperature, air_leakage = balance(air_resistance, air)
water_gain, water_temperature, water_leakage = balance(water_resistance, water)
runaway = computed(
    chip_power.runaway_power,
    resistance=air_resistance,
    coolant=air,
    reference_power=leakage,
    reference=reference,
    scale=scale,
)

__all__ = [
    "air",
    "air_gain",
    "air_leakage",
    "air_resistance",
    "air_temperature",
    "balance",
    "leakage",
    "reference",
    "runaway",
    "scale",
    "switching",
    "water",
    "water_gain",
    "water_leakage",
    "water_resistance",
    "water_temperature",
]
