"""Tokens per second of one sequence against the share of the weights that lies in a slower tier."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from figures import style, units
from figures.formulas import streaming
from figures.memory_hierarchy_and_offloading.results_levels import (
    c2c_rate,
    h100_bandwidth,
    host_bandwidth,
    nvme_rate,
    pcie_rate,
    weights_70b,
)
from figures.memory_hierarchy_and_offloading.results_streaming import (
    achieved_rate,
    batch_one,
    offloaded_70b,
    operations,
)

TITLE = "Tokens per second against the share of the weights in a slower tier"

TIERS = (
    (c2c_rate, "NVLink-C2C, 378 GB/s", "green"),
    (pcie_rate, "PCIe 5, 55 GB/s", "blue"),
    (nvme_rate, "four drives, 27 GB/s", "purple"),
)
SHARES = np.linspace(0, 1, 401)


def draw() -> Figure:
    """A line per tier that streams, and one for weights that are multiplied where they lie."""
    fig = style.figure(300)
    ax = style.axes(fig, x="Share of the weights in the slower tier", y="Tokens per second", top=34, right=20)
    ax.set_yscale("log")
    ax.set_xlim(0, 1)
    ax.set_ylim(0.15, 60)
    weights, fast = weights_70b.value, h100_bandwidth.value
    for tier, words, role in TIERS:
        slow = units.convert(tier.value, tier.unit, "B/s")
        rates = [
            1
            / streaming.streamed_step_time(
                weights, 1, 0, float(share), fast, slow, operations(batch_one).value, achieved_rate.value
            )
            for share in SHARES
        ]
        ax.plot(SHARES, rates, color=style.color(role))
        if tier is nvme_rate:
            style.label(ax, (0, 0.33), words, role, offset=(8, 0))
        else:
            at = 48 if tier is c2c_rate else 100
            style.label(ax, (float(SHARES[at]), rates[at]), words, role, offset=(9, 7))
    slow = units.convert(host_bandwidth.value, host_bandwidth.unit, "B/s")
    local = [1 / streaming.local_step_time(weights, 1, 0, float(share), fast, slow) for share in SHARES]
    ax.plot(SHARES, local, color=style.color("orange"), linestyle=(0, (5, 2)))
    style.label(ax, (1, local[-1]), "on the processor, 460 GB/s", "orange", offset=(0, 24), ha="right")
    share = offloaded_70b.value
    ax.axvline(share, color=style.color("muted"), linewidth=1, linestyle=(0, (3, 2)))
    style.label(ax, (share, 0.19), "beyond one H100", "muted", offset=(-5, 0), ha="right")
    style.ticks(ax, "x", (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1"))
    style.ticks(ax, "y", (0.2, 0.5, 1, 2, 5, 10, 20), ("0.2", "0.5", "1", "2", "5", "10", "20"))
    return fig
