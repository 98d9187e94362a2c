"""Bursty power over time: servers that answer requests, and training that moves in step."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of a server: its power, and how long it lasts on average."""

    power: float  # W
    length: float  # s


def serving(phases: Sequence[Phase], devices: int, seconds: float, step: float, seed: int) -> Array:
    """Power of independent devices, each of which goes through its phases in turn, as an array of devices and times.

    The phases, such as prefill, decode and idle, last exponentially distributed times. The devices start in their
    stationary state, so that every time is as good as another.

    Args:
        phases: one cycle.
        devices: how many.
        seconds: how long.
        step: time between two entries, in s.
        seed: of the lengths and the starts.
    """
    source = np.random.default_rng(seed)
    lengths = np.array([phase.length for phase in phases])
    powers = np.array([phase.power for phase in phases])
    times = (np.arange(round(seconds / step)) + 0.5) * step
    changes = int(len(phases) * (seconds / lengths.sum() * 2 + 20))
    found = np.empty((devices, times.size))
    for device in range(devices):
        first = int(source.choice(len(phases), p=lengths / lengths.sum()))  # a time falls into long phases more often
        order = (first + np.arange(changes)) % len(phases)
        ends = np.cumsum(source.exponential(lengths[order]))
        while ends[-1] < seconds:
            more = (first + ends.size + np.arange(changes)) % len(phases)
            order = np.append(order, more)
            ends = np.append(ends, ends[-1] + np.cumsum(source.exponential(lengths[more])))
        found[device] = powers[order[np.searchsorted(ends, times, side="right")]]
    return found


def surging(phases: Sequence[Phase], common: float, devices: int, times: int, seed: int) -> Array:
    """Power of all devices together at independent times, if what their users want rises and falls together.

    A device is in its most powerful phase when its own demand is among the highest, and so on downwards; the demands
    of two devices are normal with a correlation.

    Args:
        phases: one cycle; a phase is met in proportion to its length.
        common: correlation of the demands, from 0 to less than 1.
        devices: how many.
        times: how many glances.
        seed: of the demands.
    """
    source = np.random.default_rng(seed)
    ordered = sorted(phases, key=lambda phase: -phase.power)
    lengths = np.array([phase.length for phase in ordered])
    above = np.cumsum(lengths)[:-1] / lengths.sum()
    limits = np.array([NormalDist().inv_cdf(1 - share) for share in above])
    level = math.sqrt(common) * source.standard_normal(times)
    total = np.zeros(times)
    for _ in range(devices):
        demand = level + math.sqrt(1 - common) * source.standard_normal(times)
        total += np.array([phase.power for phase in ordered])[np.sum(demand[:, None] < limits, axis=1)]
    return total


def training(
    compute: Phase, wait: Phase, devices: int, seconds: float, step: float, seed: int, *, together: bool = True
) -> Array:
    """Power of devices that compute and then exchange gradients, as an array of devices and times.

    Args:
        compute: the phase of high power.
        wait: the phase of low power.
        devices: how many.
        seconds: how long.
        step: time between two entries, in s.
        seed: of the phases at the start.
        together: all devices are in the same phase, as in one job; otherwise each has its own, as in many.
    """
    source = np.random.default_rng(seed)
    cycle = compute.length + wait.length
    starts = np.full(devices, source.uniform(0, cycle)) if together else source.uniform(0, cycle, devices)
    times = (np.arange(round(seconds / step)) + 0.5) * step
    busy = (times[None, :] + starts[:, None]) % cycle < compute.length
    return np.where(busy, compute.power, wait.power)


def checkpoints(trace: Array, step: float, every: float, length: float, power: float) -> Array:
    """The same power, but for a pause at intervals in which a checkpoint is written.

    Args:
        trace: power over time, in its last axis.
        step: time between two entries, in s.
        every: time from one checkpoint to the next, in s.
        length: time that one takes, in s.
        power: power of a device meanwhile, in W.
    """
    times = (np.arange(trace.shape[-1]) + 0.5) * step
    return np.where(times % every < length, power, trace)


def averaged(trace: Array, entries: int) -> Array:
    """Means of as many entries at a time: what a meter with that window reports; what is left over is cut off."""
    kept = trace.shape[-1] // entries * entries
    return np.asarray(trace[..., :kept].reshape(*trace.shape[:-1], -1, entries).mean(axis=-1))
