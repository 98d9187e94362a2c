"""Tokens per GPU that hide FSDP's traffic, over the bandwidth per GPU."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style, units
from figures.distributed_training import results_time as results
from figures.formulas.communication_bounds import hiding_tokens
from figures.results import Source

TITLE = "Tokens per GPU that hide the gathering of weights"


def _si(source: Source, unit: str) -> float:
    return units.convert(source.value, source.unit, unit)


def draw() -> Figure:
    """Forward pass, BF16 weights and peaks; points are links that are sold."""
    fig = style.figure(260)
    ax = style.axes(fig, x="Bandwidth per GPU in one direction (GB/s)", y="Tokens per GPU", left=56, right=58)
    ends = []
    for peak, words, role, links in (
        (results.h100_peak, "H100", "blue", (results.network, results.nvlink)),
        (results.b200_peak, "B200", "rose", (results.network, results.b200_nvlink)),
    ):
        rate = _si(peak, "FLOP/s")
        xs = [25e9 * 48 ** (step / 60) for step in range(61)]
        ys = [hiding_tokens(2, 2, rate / x) for x in xs]
        ax.plot([x / 1e9 for x in xs], ys, color=style.color(role))
        marks = [_si(link, "B/s") for link in links]
        points = [hiding_tokens(2, 2, rate / mark) for mark in marks]
        ax.plot([mark / 1e9 for mark in marks], points, "o", color=style.color(role), markersize=6)
        ends.append((ys[-1], words, role))
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlim(25, 1200)
    ax.set_ylim(700, 1e5)
    style.ticks(ax, "x", (25, 50, 100, 200, 450, 900), ("25", "50", "100", "200", "450", "900"))
    style.ticks(ax, "y", (1e3, 1e4, 1e5), ("1,000", "10,000", "100,000"))
    style.end_labels(ax, ends)
    return fig
