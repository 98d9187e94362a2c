"""Bus bandwidth of an all-reduce of 1,024 GPUs over its size: one ring, trees, two levels."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style, units
from figures.distributed_training import results_time as results
from figures.formulas import collectives
from figures.results import Source

TITLE = "Time of an all-reduce of 1,024 GPUs against its size"

SIZES = tuple(1e6 * 10 ** (step / 15) for step in range(61))


def _si(source: Source, unit: str) -> float:
    return units.convert(source.value, source.unit, unit)


def draw() -> Figure:
    """Ring and trees over the network alone; two levels use NVLink first."""
    hop, near = _si(results.network_hop, "s"), _si(results.ring_hop, "s")
    network, nvlink = _si(results.network, "B/s"), _si(results.nvlink, "B/s")
    lines = (
        ([collectives.ring_all_reduce(size, 1024, hop, network) for size in SIZES], "ring", "rose"),
        ([collectives.tree_all_reduce(size, 1024, hop, network) for size in SIZES], "trees", "green"),
        (
            [collectives.two_level_all_reduce(size, 8, 128, near, hop, nvlink, network) for size in SIZES],
            "two levels",
            "blue",
        ),
    )
    fig = style.figure(255)
    ax = style.axes(fig, x="Size of the tensor (MB)", y="Time of an all-reduce (ms)", right=76)
    for times, _, role in lines:
        ax.plot([size / 1e6 for size in SIZES], [1e3 * time for time in times], color=style.color(role))
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlim(1, 1e4)
    ax.set_ylim(0.1, 1000)
    style.ticks(ax, "x", (1, 10, 100, 1000, 10_000), ("1", "10", "100", "1,000", "10,000"))
    style.ticks(ax, "y", (0.1, 1, 10, 100, 1000), ("0.1", "1", "10", "100", "1,000"))
    style.end_labels(ax, [(1e3 * times[-1], words, role) for times, words, role in lines])
    return fig
