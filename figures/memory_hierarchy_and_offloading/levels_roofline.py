"""Rooflines of three levels of one processor, measured, and matrix products on them."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from figures import style
from figures.formulas import roofline
from figures.measurements.memory_roofline import BATCHES, WIDTHS
from figures.memory_hierarchy_and_offloading.results_measured import (
    cpu_float,
    cpu_peak,
    cpu_read,
    cpu_read_l2,
    cpu_read_l3,
    product_rate,
)

TITLE = "Measured rooflines of L2 cache, L3 cache and memory, with matrix products"

LEVELS = (
    ("weights in L2", cpu_read_l2, "green", "^"),
    ("weights in L3", cpu_read_l3, "purple", "s"),
    ("weights in memory", cpu_read, "blue", "o"),
)


def draw() -> Figure:
    """A roof per level; a marker per matrix and batch."""
    fig = style.figure(300)
    ax = style.axes(fig, x="Intensity (FLOP per byte of weights)", y="Arithmetic rate (GFLOP/s)", top=34)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlim(0.4, 200)
    ax.set_ylim(4, 200)
    across = np.geomspace(0.4, 200, 200)
    for (words, level, role, marker), width in zip(LEVELS, WIDTHS, strict=True):
        roof = [roofline.attainable(cpu_peak.value, level.value, x) / 1e9 for x in across]
        ax.plot(across, roof, color=style.color(role), linewidth=1.4)
        intensities = [roofline.weight_intensity(batch, cpu_float.value) for batch in BATCHES]
        rates = [product_rate(width, batch).value / 1e9 for batch in BATCHES]
        ax.plot(intensities, rates, marker, color=style.color(role), markersize=6, linestyle="none", label=words)
    for row, (words, _, role, marker) in enumerate(LEVELS):
        y = 9.2 / 1.28**row
        ax.plot(9.5, y, marker, color=style.color(role), markersize=6)
        style.label(ax, (9.5, y), words, role, offset=(8, 0))
    style.label(ax, (20, cpu_peak.value / 1e9), "measured peak", "ink", offset=(0, 9))
    style.ticks(ax, "x", (0.5, 1, 4, 16, 64, 128), ("½", "1", "4", "16", "64", "128"))
    style.ticks(ax, "y", (5, 10, 20, 50, 100), ("5", "10", "20", "50", "100"))
    return fig
