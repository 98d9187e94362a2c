"""The levels of memory: bandwidth against latency, and below that energy and price."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from figures import style, units
from figures.memory_hierarchy_and_offloading.results_levels import LEVELS, copy_overhead, of
from figures.memory_hierarchy_and_offloading.results_measured import (
    cpu_latency,
    cpu_latency_l2,
    cpu_latency_l3,
    cpu_read,
    cpu_read_l2,
    cpu_read_l3,
)
from figures.results import Source

TITLE = "Bandwidth, latency, energy and price from SRAM to the object store"

HEIGHT = 560.0
SPLIT = 232.0  # points from the bottom at which the upper panel ends
ROWS = (
    ("sram", "L1 cache"),
    ("l2", "L2 cache"),
    ("hbm", "HBM"),
    ("c2c", "NVLink-C2C"),
    ("dram", "host DRAM"),
    ("nvme", "NVMe drive"),
)
LABELS = {
    "sram": ("L1, shared memory", (7, 4), "left"),
    "l2": ("L2 cache", (7, 5), "left"),
    "hbm": ("HBM3e", (7, 4), "left"),
    "cxl": ("CXL", (7, 5), "left"),
    "nvme": ("NVMe", (8, -3), "left"),
    "network": ("network", (0, -12), "center"),
    "object_store": ("object store", (-8, 0), "right"),
}


def base(source: Source, unit: str) -> float:
    """A value in the unit wanted."""
    return units.convert(source.value, source.unit, unit)


def draw() -> Figure:
    """Above, levels with a latency and lines of equal bytes in flight; below, energy per bit and price per GB."""
    fig = style.figure(HEIGHT)
    _flow(fig)
    _dots(fig)
    return fig


def _flow(fig: Figure) -> None:
    ax = style.axes(fig, x="Latency", y="Bandwidth", bottom=SPLIT + 36, top=26, left=66, right=10)
    ax.set_xscale("log")
    ax.set_yscale("log")
    low, high = 1.5e-9, 0.3
    ax.set_xlim(low, high)
    ax.set_ylim(3e7, 1.5e14)
    ax.grid(True, axis="x", color=style.color("muted"), alpha=style.GRID_ALPHA, linewidth=0.7)
    across = np.array([low, high])
    for flight, words, place in ((1e3, "1 kB in flight", 1.6e-6), (1e6, "1 MB", 8e-4), (1e9, "1 GB", 2.6e-2)):
        ax.plot(across, flight / across, color=style.color("muted"), linewidth=0.9, linestyle=(0, (4, 3)))
        style.label(ax, (place, flight / place), words, "muted", offset=(3, 7))
    for key, (words, offset, ha) in LABELS.items():
        level = LEVELS[key]
        assert level.latency is not None
        at = (base(level.latency, "s"), base(level.bandwidth, "B/s"))
        chosen = key in ("network", "object_store")
        _dot(ax, at, "blue", hollow=chosen)
        style.label(ax, at, words, "blue", offset=offset, ha=ha)
    link = (base(copy_overhead, "s"), base(LEVELS["pcie"].bandwidth, "B/s"))
    _dot(ax, link, "blue", hollow=True)
    style.label(ax, link, "PCIe 5 copy", "blue", offset=(7, 8))
    known = [base(LEVELS[key].bandwidth, "B/s") for key in ("c2c", "dram")]
    for across_link in known:
        ax.plot((low, 2.4 * low), (across_link, across_link), color=style.color("blue"), linewidth=1.6)
    middle = (2.4 * low, float(np.sqrt(known[0] * known[1])))
    style.label(ax, middle, "C2C, host DRAM:", "blue", offset=(5, 6))
    style.label(ax, middle, "latency not stated", "blue", offset=(5, -6))
    own = [
        (cpu_latency_l2, cpu_read_l2, "L2"),
        (cpu_latency_l3, cpu_read_l3, "L3"),
        (cpu_latency, cpu_read, "memory, one core"),
    ]
    for latency, bandwidth, words in own:
        at = (latency.value, bandwidth.value)
        ax.plot(*at, "s", color=style.color("orange"), markersize=6)
        offset = {"L2": (0, 11), "L3": (-7, 6)}.get(words, (0, -11))
        style.label(ax, at, words, "orange", offset=offset, ha="right" if words == "L3" else "center")
    style.ticks(ax, "x", (1e-8, 1e-6, 1e-4, 1e-2), ("10 ns", "1 µs", "100 µs", "10 ms"))
    style.ticks(ax, "y", (1e8, 1e10, 1e12, 1e14), ("100 MB/s", "10 GB/s", "1 TB/s", "100 TB/s"))


def _dot(ax: Axes, at: tuple[float, float], role: str, *, hollow: bool = False) -> None:
    fill = "none" if hollow else "full"
    ax.plot(*at, "o", color=style.color(role), markersize=7, fillstyle=fill, markeredgewidth=1.6)


def _dots(fig: Figure) -> None:
    height = SPLIT - 4
    left = _panel(fig, 116, 126, height, "Energy (pJ/bit)", (0.08, 400), (0.1, 1, 10, 100))
    right = _panel(fig, 256, 112, height, "Price (USD/GB)", (0.008, 40), (0.01, 0.1, 1, 10))
    names = [words for _, words in ROWS] + ["object store"]
    left.set_yticks(range(len(names)), labels=names)
    for row, (key, _) in enumerate(ROWS):
        energy = LEVELS[key].energy
        if energy is None:
            raise ValueError(f"{key} has no energy")
        _dot(left, (base(energy, "pJ/bit"), row), "green", hollow=key == "c2c")
    left.annotate("not stated", (0.11, len(ROWS)), color=style.color("muted"), ha="left", va="center_baseline")
    prices = {4: ("dram", "price", "earlier_price"), 5: ("nvme", "price", "earlier_price")}
    for row in range(4):
        right.annotate("not stated", (0.011, row), color=style.color("muted"), ha="left", va="center_baseline")
    for row, (level, now, before) in prices.items():
        first, last = base(of(level, before), "USD/GB"), base(of(level, now), "USD/GB")
        right.annotate(
            "", (last, row), (first, row), arrowprops={"arrowstyle": "-|>", "color": style.color("purple"), "lw": 1.2}
        )
        _dot(right, (first, row), "purple", hollow=True)
        _dot(right, (last, row), "purple")
    _dot(right, (0.020, len(ROWS)), "purple")
    right.annotate(
        "a month",
        (0.020, len(ROWS)),
        xytext=(8, 0),
        textcoords="offset points",
        color=style.color("purple"),
        va="center_baseline",
    )


def _panel(
    fig: Figure,
    left: float,
    width: float,
    height: float,
    words: str,
    limits: tuple[float, float],
    values: tuple[float, ...],
) -> Axes:
    bottom, top = 30.0, height - 22.0
    ax = fig.add_axes((left / style.WIDTH, bottom / HEIGHT, width / style.WIDTH, (top - bottom) / HEIGHT))
    ax.set_xscale("log")
    ax.set_xlim(*limits)
    ax.set_ylim(len(ROWS) + 0.5, -0.6)
    ax.grid(True, axis="x", color=style.color("muted"), alpha=style.GRID_ALPHA, linewidth=0.7)
    ax.set_axisbelow(True)
    ax.tick_params(length=3, width=0.9)
    ax.set_yticks([])
    style.ticks(ax, "x", values, [f"{value:g}" for value in values])
    fig.text((left - 4) / style.WIDTH, (top + 6) / HEIGHT, words, ha="left", va="bottom")
    return ax
