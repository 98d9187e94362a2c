"""A fleet of chips that differ: what nodes, chips and runs contribute, and what a power cap makes of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Components:
    """Variances: between nodes, between the chips of a node, between the runs of a chip."""

    node: float
    chip: float
    run: float

    @property
    def total(self) -> float:
        """Variance of one run of any chip."""
        return self.node + self.chip + self.run


def measure(truth: Components, nodes: int, chips: int, runs: int, seed: int, mean: float = 0.0) -> Array:
    """Normal values of every run, as an array of nodes, chips and runs."""
    source = np.random.default_rng(seed)
    values = mean + np.sqrt(truth.node) * source.standard_normal((nodes, 1, 1))
    values = values + np.sqrt(truth.chip) * source.standard_normal((nodes, chips, 1))
    return np.asarray(values + np.sqrt(truth.run) * source.standard_normal((nodes, chips, runs)))


def decompose(values: Array) -> Components:
    """Components of variance by the nested analysis of variance, not cut off at zero: without bias.

    Args:
        values: one value for every node, chip and run; at least two of each.
    """
    _, chips, runs = values.shape
    by_chip = values.mean(axis=2)
    run = values.var(axis=2, ddof=1).mean()
    chip = by_chip.var(axis=1, ddof=1).mean()  # holds the chips' variance and that of a mean of runs
    node = by_chip.mean(axis=1).var(ddof=1)  # holds the nodes' variance and that of a mean of chips
    return Components(float(node - chip / chips), float(chip - run / runs), float(run))


@dataclass(frozen=True, slots=True)
class Process:
    """How chips are spread: means, and standard deviations from chip to chip."""

    cubic: float  # W over the cube of the clock's unit: switching power
    cubic_variation: float  # standard deviation over the mean
    leakage: float  # W at the reference temperature
    leakage_variation: float  # standard deviation of its logarithm
    board: float  # W of memory and the rest of the board
    resistance: float  # °C/W
    resistance_variation: float  # standard deviation over the mean
    coolant: float  # °C at the place of a GPU
    coolant_deviation: float  # °C, from place to place
    reference: float = 60.0  # °C
    scale: float = 40.0  # °C


@dataclass(frozen=True, slots=True)
class Chips:
    """A fleet, one entry for each chip, and how it runs."""

    clock: Array
    power: Array
    temperature: Array


def capped(process: Process, chips: int, cap: float, most: float, seed: int) -> Chips:
    """Clocks of chips under one power cap; each leaks at the temperature that its own power makes.

    A chip whose power at the fastest clock is within the cap runs at that clock. The temperature of a chip at its cap
    is known at once, since its power is; otherwise it is iterated.
    """
    cubic, leakage, resistance, coolant = _drawn(process, chips, seed)
    hot = coolant + resistance * cap
    leaked = leakage * np.exp((hot - process.reference) / process.scale)
    clock = np.cbrt(np.maximum(cap - process.board - leaked, 0) / cubic)
    free = locked(process, chips, most, seed)
    held = clock < most
    return Chips(np.where(held, clock, most), np.where(held, cap, free.power), np.where(held, hot, free.temperature))


def locked(process: Process, chips: int, clock: float, seed: int) -> Chips:
    """The same chips at one clock: their powers differ instead. A chip that runs away has infinite power."""
    cubic, leakage, resistance, coolant = _drawn(process, chips, seed)
    switching = process.board + cubic * clock**3
    temperature = coolant + resistance * switching
    with np.errstate(over="ignore"):
        for _ in range(200):
            temperature = coolant + resistance * (
                switching + leakage * np.exp((temperature - process.reference) / process.scale)
            )
    return Chips(np.full(chips, clock), (temperature - coolant) / resistance, temperature)


def _drawn(process: Process, chips: int, seed: int) -> tuple[Array, Array, Array, Array]:
    source = np.random.default_rng(seed)
    return (
        process.cubic * (1 + process.cubic_variation * source.standard_normal(chips)),
        process.leakage * np.exp(process.leakage_variation * source.standard_normal(chips)),
        process.resistance * (1 + process.resistance_variation * source.standard_normal(chips)),
        process.coolant + process.coolant_deviation * source.standard_normal(chips),
    )


def steps_in_step(times: Array, noise: float, steps: int, seed: int) -> Array:
    """Times of steps that wait for the slowest chip, whose own times vary from step to step.

    Args:
        times: time of each chip on average.
        noise: standard deviation of a chip's time from step to step.
        steps: how many.
        seed: of the noise.
    """
    source = np.random.default_rng(seed)
    return np.array([(times + noise * source.standard_normal(times.size)).max() for _ in range(steps)])
