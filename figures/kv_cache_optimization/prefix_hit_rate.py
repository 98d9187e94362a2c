"""Token hit rate of an LRU prefix cache against its size: replayed, and by Che's approximation."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import paths, style
from figures.measurement import read
from figures.measurements.prefix_hit_rate import AGENT, CHAT, WORKLOADS

TITLE = "Token hit rate of a prefix cache against its size for chats and for agents"

KINDS = ((CHAT, "chat", "blue"), (AGENT, "agents", "orange"))
SIZES = [2 ** (14 + 9 * step / 144) for step in range(145)]
EVERY = 2  # of the replayed sizes, so that dots do not hide the line


def draw() -> Figure:
    """Dots are replays, lines the approximation: flat, steep where a gap between turns fits, flat at the bound."""
    data = read(paths.FIGURES / "kv_cache_optimization" / "prefix_hit_rate.csv")
    fig = style.figure(270)
    ax = style.axes(fig, x="Size of the cache (tokens)", y="Cached share of prompt tokens", left=48, right=20)
    ax.set_xscale("log", base=2)
    for kind, words, role in KINDS:
        workload, paint = WORKLOADS[kind], style.color(role)
        ax.plot(SIZES, [workload.expected(size) for size in SIZES], color=paint)
        replayed = [row for row in data.rows if row["workload"] == kind][::EVERY]
        ax.plot([r["tokens"] for r in replayed], [r["hit_rate"] for r in replayed], "o", color=paint, markersize=4.5)
        within = workload.occupancy(workload.gap)  # tokens used within one mean gap
        ax.plot((within, within), (0, workload.hit_rate(workload.gap)), color=paint, linewidth=1, linestyle=(0, (3, 2)))
        side, ha = (-1, "right") if kind == CHAT else (1, "left")
        style.label(ax, (within, 0.05), f"one gap, {words}", role, offset=(5 * side, 0), ha=ha)
        beside = 2**19 if kind == CHAT else 2**21
        style.label(ax, (beside, workload.expected(beside)), words, role, offset=(9 * side, -9 * side), ha=ha)
    ax.set_xlim(2**14, 2**23)
    ax.set_ylim(0, 1)
    style.ticks(ax, "x", [2**power for power in (14, 16, 18, 20, 22)], ("16 Ki", "64 Ki", "256 Ki", "1 Mi", "4 Mi"))
    style.ticks(ax, "y", (0, 0.25, 0.5, 0.75, 1), ("0", "25 %", "50 %", "75 %", "100 %"))
    style.label(ax, (2**14.2, 0.92), "dots: simulated", "ink", offset=(0, 0))
    style.label(ax, (2**14.2, 0.84), "lines: approximation", "ink", offset=(0, 0))
    return fig
