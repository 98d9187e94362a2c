"""Where weights and caches go: the linear programme that finds the fastest step over three memories.

Weights and caches are split over GPU, host and disk. A step reads all of them once. Weights that are not on the GPU
cross the link; caches that are not on it cross it, too, or are attended to by the host's processor where they lie, if
it has a rate for that. What lies on disk is read from disk first. Everything overlaps, so that the step takes as long
as its longest part, and each part is linear in the shares: a linear programme. It is small enough to try every vertex.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Machine:
    """Capacities in bytes and bandwidths in bytes per second; ``attention`` is the host's own rate, 0 for none."""

    gpu: float
    host: float
    disk: float
    memory: float  # bandwidth of the GPU's memory
    link: float
    drive: float
    attention: float = 0.0


class Placement(NamedTuple):
    """Shares on GPU, host and disk, and the seconds of a step."""

    weights: tuple[float, float, float]
    caches: tuple[float, float, float]
    step: float


def place(machine: Machine, weights: float, caches: float) -> Placement:
    """The placement with the shortest step; among equals, the least on disk, then the most weights on the GPU.

    Unknowns are the shares of weights and of caches on host and disk, and the step; the GPU has the rest.

    Raises:
        ValueError: the three memories together are too small.
    """
    if weights + caches > (machine.gpu + machine.host + machine.disk) * (1 + TOLERANCE):
        raise ValueError(f"{weights + caches:.3g} B do not fit into the three memories; take a smaller batch")
    left, right = _constraints(machine, weights, caches)
    best: Array | None = None

    def order(point: Array) -> tuple[float, ...]:
        disk = (weights * point[1] + caches * point[3]) / (weights + caches)
        return tuple(round(float(part), 9) for part in (point[4], disk, point[0] + point[1]))

    for rows in combinations(range(len(left)), 5):
        chosen = left[list(rows)]
        if abs(np.linalg.det(chosen)) < 1e-12:
            continue
        point: Array = np.asarray(np.linalg.solve(chosen, right[list(rows)]), np.float64)
        if (left @ point <= right + TOLERANCE).all() and (best is None or order(point) < order(best)):
            best = point
    assert best is not None  # bounded below by 0, and not empty
    shares = [min(1.0, max(0.0, float(share))) for share in best[:4]]
    return Placement(
        (1 - shares[0] - shares[1], shares[0], shares[1]),
        (1 - shares[2] - shares[3], shares[2], shares[3]),
        float(best[4]) * _scale(machine, weights, caches),
    )


def _scale(machine: Machine, weights: float, caches: float) -> float:
    """Seconds in which everything crosses the slowest part: the unit of steps, so that all numbers are near 1."""
    slowest = min(machine.memory, machine.link, machine.drive, machine.attention or machine.link)
    return (weights + caches) / slowest


def _constraints(machine: Machine, weights: float, caches: float) -> tuple[Array, Array]:
    """Rows ``left @ (w_host, w_disk, c_host, c_disk, t) <= right``."""
    unit = _scale(machine, weights, caches)
    total = weights + caches
    w, c = weights / total, caches / total
    crossing = 0.0 if machine.attention else caches / machine.link
    rows = [
        ([-1, 0, 0, 0, 0], 0),  # no share is negative
        ([0, -1, 0, 0, 0], 0),
        ([0, 0, -1, 0, 0], 0),
        ([0, 0, 0, -1, 0], 0),
        ([1, 1, 0, 0, 0], 1),  # nor is what the GPU has
        ([0, 0, 1, 1, 0], 1),
        ([-w, -w, -c, -c, 0], machine.gpu / total - 1),  # capacities
        ([w, 0, c, 0, 0], machine.host / total),
        ([0, w, 0, c, 0], machine.disk / total),
        ([weights / machine.link / unit] * 2 + [crossing / unit] * 2 + [-1], 0),  # link
        ([0, weights / machine.drive / unit, 0, caches / machine.drive / unit, -1], 0),  # drive
        # The GPU reads all weights, and caches that are on it or come to it.
        (
            [0, 0, *([-caches / machine.memory / unit] * 2 if machine.attention else [0, 0]), -1],
            -total / machine.memory / unit,
        ),
    ]
    if machine.attention:
        rows.append(([0, 0, *[caches / machine.attention / unit] * 2, -1], 0))
    return np.array([row for row, _ in rows], float), np.array([bound for _, bound in rows], float)
