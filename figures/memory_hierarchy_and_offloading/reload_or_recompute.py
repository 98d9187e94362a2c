"""Time to restore the cache of a prefix against its length: computed again, or loaded from a tier."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from figures import style, units
from figures.data import value
from figures.formulas import restoring, reuse
from figures.memory_hierarchy_and_offloading.results_levels import nic_rate, pcie_rate
from figures.memory_hierarchy_and_offloading.results_streaming import (
    MODEL,
    cache_131k,
    context_131k,
    prefill_rate,
    slow_store,
)
from figures.shapes import head_dim

TITLE = "Restoring the cache of a prefix: computing it again, loading it, or both"

LENGTHS = np.geomspace(1024, 131_072, 120)


def draw() -> Figure:
    """Recomputing on four GPUs, loading at three bandwidths, and both ends at once at the lowest."""
    fig = style.figure(310)
    ax = style.axes(fig, x="Tokens of the prefix", y="Time to restore its cache (s)", top=34, right=122)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlim(1024, 131_072)
    ax.set_ylim(0.004, 60)
    growth = cache_131k.value / context_131k.value
    parameters = value("models", MODEL, "parameters").value
    layers, heads = (int(value("models", MODEL, name).value) for name in ("layers", "query_heads"))
    rate = prefill_rate.value
    dim = int(head_dim(MODEL).value)
    recomputed = [
        reuse.recompute_time(reuse.prefill_operations(round(n), parameters, layers, heads, dim), rate) for n in LENGTHS
    ]
    ax.plot(LENGTHS, recomputed, color=style.color("rose"))
    ends = [(recomputed[-1], "computed again", "rose")]
    ten = 1.25e9
    tiers = (
        (ten, "loaded, 1.25 GB/s", "purple"),
        (units.convert(slow_store.value, slow_store.unit, "B/s"), "loaded, 5 GB/s", "green"),
        (units.convert(nic_rate.value, nic_rate.unit, "B/s"), "loaded, 12.5 GB/s", "orange"),
        (units.convert(pcie_rate.value, pcie_rate.unit, "B/s"), "loaded, 55 GB/s", "blue"),
    )
    for bandwidth, words, role in tiers:
        loaded = [reuse.reload_time(0, growth * n, bandwidth) for n in LENGTHS]
        ax.plot(LENGTHS, loaded, color=style.color(role), linewidth=1.4)
        ends.append((loaded[-1], words, role))
    slow = units.convert(slow_store.value, slow_store.unit, "B/s")
    both = []
    for length in LENGTHS:
        meeting = restoring.meeting_point(round(length), growth, parameters, layers, heads, dim, rate, slow, 0)
        both.append(restoring.both_ends_time(meeting, parameters, layers, heads, dim, rate))
    ax.plot(LENGTHS, both, color=style.color("green"), linestyle=(0, (4, 2)))
    ends.append((both[-1], "both, 5 GB/s", "green"))
    style.end_labels(ax, ends)
    style.ticks(ax, "x", (1024, 4096, 16_384, 65_536, 131_072), ("1k", "4k", "16k", "64k", "128k"))
    style.ticks(ax, "y", (0.01, 0.1, 1, 10), ("0.01", "0.1", "1", "10"))
    return fig
