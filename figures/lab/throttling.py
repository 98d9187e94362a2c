"""A chip that heats up and a governor that slows it down: temperature, power and clock over time.

The chip has one thermal resistance and one heat capacity, and its leakage grows with its temperature. The governor
looks at the temperature at intervals and moves one rung down its ladder of clocks when the chip is too hot, one rung
up when it is cool enough again.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from figures.formulas import chip_power, heat

Series = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chip:
    """What is heated. The leakage is that at ``reference``; 0 leaves it out."""

    resistance: float  # °C/W
    capacity: float  # J/°C
    coolant: float  # °C
    leakage: float = 0.0  # W
    reference: float = 60.0  # °C
    scale: float = 40.0  # °C, the rise that multiplies leakage by e

    def leaks(self, temperature: float) -> float:
        """Leakage at a temperature, in W."""
        return chip_power.leakage_power(self.leakage, temperature, self.reference, self.scale) if self.leakage else 0.0


@dataclass(frozen=True, slots=True)
class Governor:
    """Rungs of clock and power, the fastest first, and the temperatures between which it works."""

    clocks: Sequence[float]
    powers: Sequence[float]  # W at each clock, without leakage
    throttle: float  # °C at or above which it goes one rung down
    release: float  # °C at or below which it goes one rung up
    interval: float = 0.02  # s from one look to the next


@dataclass(frozen=True, slots=True)
class Trace:
    """A simulated run: one entry for every look of the governor."""

    time: Series  # s
    temperature: Series  # °C at that time
    power: Series  # W from then to the next look
    clock: Series

    def last(self, seconds: float) -> Trace:
        """The end of the trace."""
        kept = self.time >= self.time[-1] - seconds
        return Trace(self.time[kept], self.temperature[kept], self.power[kept], self.clock[kept])

    def slowdown(self) -> float:
        """Time of compute-bound work over that at the fastest clock of the ladder, on average over the trace."""
        return float(self.clock.max() / self.clock.mean())


def run(chip: Chip, governor: Governor, seconds: float, *, start: float, noise: float = 0.0, seed: int = 0) -> Trace:
    """Simulate; between two looks the power is constant and the temperature follows its exponential exactly.

    Args:
        chip: what is heated.
        governor: what slows it down.
        seconds: how long.
        start: temperature at first, in °C.
        noise: standard deviation of the switching power from look to look over its mean: work that varies.
        seed: of that noise.

    Raises:
        ValueError: clocks and powers do not match, or the governor would release above its throttle.
    """
    if len(governor.clocks) != len(governor.powers) or governor.release >= governor.throttle:
        raise ValueError("a ladder has as many clocks as powers, and releases below the temperature of its throttle")
    looks = math.ceil(seconds / governor.interval)
    factors = 1 + noise * np.random.default_rng(seed).standard_normal(looks)
    constant = heat.thermal_time(chip.resistance, chip.capacity)
    temperature, rung = start, 0
    found = np.empty((looks, 3))
    for look in range(looks):
        if temperature >= governor.throttle:
            rung = min(rung + 1, len(governor.clocks) - 1)
        elif temperature <= governor.release:
            rung = max(rung - 1, 0)
        power = governor.powers[rung] * factors[look] + chip.leaks(temperature)
        found[look] = temperature, power, governor.clocks[rung]
        steady = heat.steady_temperature(chip.coolant, chip.resistance, power)
        temperature = heat.temperature_after(temperature, steady, governor.interval, constant)
    return Trace(np.arange(looks, dtype=np.float64) * governor.interval, found[:, 0], found[:, 1], found[:, 2])
