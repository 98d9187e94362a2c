"""Tokens per second of OPT-30B on a small GPU against the batch, with the best placement of weights and caches."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from matplotlib.figure import Figure

from figures import style
from figures.lab.placement import Machine, Placement, place

TITLE = "Tokens per second against the batch under the best placement of weights and caches"

# OPT-30B in 16 bits, prompts of 512 and half of an answer of 32, on FlexGen's machine: 12 of the T4's 16 GB.
WEIGHTS = 60e9
CACHE = 528 * 2 * 48 * 7168 * 2.0
T4 = Machine(gpu=12e9, host=200e9, disk=1.5e12, memory=300e9, link=12e9, drive=2e9)
SLOW = 8.4e9  # what the published rate implies
CASES = (
    (100e9, "host attends, 100 GB/s", "green"),
    (SLOW, "host attends, 8.4 GB/s", "orange"),
    (0.0, "all caches cross", "blue"),
)
BATCHES = [round(batch) for batch in np.geomspace(4, 1024, 49)]
HEIGHT = 420.0


def placements(attention: float) -> list[Placement]:
    """The best placement for each batch."""
    machine = replace(T4, attention=attention)
    return [place(machine, WEIGHTS, batch * CACHE) for batch in BATCHES]


def draw() -> Figure:
    """Above, throughput for three hosts; below, what the GPU holds beside the slow one."""
    fig = style.figure(HEIGHT)
    top = style.axes(fig, x="", y="Tokens per second", bottom=196, top=34, right=20)
    top.set_xscale("log")
    top.set_yscale("log")
    top.set_xlim(4, 1024)
    top.set_ylim(0.6, 150)
    bottom = style.axes(fig, x="Sequences in the batch", y="", top=276, right=20)
    bottom.set_xscale("log")
    bottom.set_xlim(4, 1024)
    bottom.set_ylim(0, 0.3)
    fig.text(4 / style.WIDTH, 174 / HEIGHT, "Share on the GPU, slow host", ha="left", va="top")
    for row, (attention, words, role) in enumerate(CASES):
        found = placements(attention)
        rates = [batch / one.step for batch, one in zip(BATCHES, found, strict=True)]
        top.plot(BATCHES, rates, color=style.color(role))
        style.label(top, (90, 2.6 / 1.6**row), words, role, offset=(0, 0))
        if attention == SLOW:
            bottom.plot(BATCHES, [one.weights[0] for one in found], color=style.color(role))
            bottom.plot(BATCHES, [one.caches[0] for one in found], color=style.color(role), linestyle=(0, (4, 2)))
    style.label(bottom, (5, 0.2), "of the weights", "orange", offset=(0, 10))
    style.label(bottom, (88, 0.235), "of the caches", "orange", offset=(0, 4))
    ticks = (4, 16, 64, 256, 1024)
    style.ticks(top, "x", ticks, [""] * len(ticks))
    style.ticks(top, "y", (1, 10, 100), ("1", "10", "100"))
    style.ticks(bottom, "x", ticks, ("4", "16", "64", "256", "1,024"))
    style.ticks(bottom, "y", (0, 0.1, 0.2, 0.3), ("0", "0.1", "0.2", "0.3"))
    return fig
