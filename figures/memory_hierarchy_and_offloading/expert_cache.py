"""A cache of experts: hit rate, and tokens per second, against how many of each layer it holds."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.memory_hierarchy_and_offloading.results_streaming import CACHE, cache_hit, v3_always_time, v3_rate

TITLE = "Hit rate of a cache of experts and tokens per second against its size"

EXPONENTS = ((1.0, "exponent 1", "blue"), (0.5, "exponent ½", "orange"), (0.0, "equal use", "green"))
TICKS = (0, 64, 128, 192, 256)


def draw() -> Figure:
    """Above, replayed (dots), Che (lines) and pinned (dashes); below, DeepSeek-V3 with one user over PCIe 5."""
    fig = style.figure(460)
    top = style.axes(fig, x="", y="Hit rate", bottom=242, top=34, right=24)
    top.set_xlim(0, 256)
    top.set_ylim(0, 1)
    bottom = style.axes(fig, x="Experts of each layer in the cache, of 256", y="", top=272, right=24)
    fig.text(4 / style.WIDTH, 216 / 460, "Tokens per second, one user", ha="left", va="top")
    bottom.set_xlim(0, 256)
    bottom.set_yscale("log")
    bottom.set_ylim(2, 300)
    for exponent, words, role in EXPONENTS:
        sizes = [int(row["capacity"]) for row in CACHE.rows if row["exponent"] == exponent]
        columns = {
            name: [cache_hit(exponent, size, name).value for size in sizes] for name in ("simulated", "che", "pinned")
        }
        paint = style.color(role)
        top.plot([0, *sizes, 256], [0, *columns["che"], 1], color=paint, linewidth=1.4)
        if exponent:
            top.plot([0, *sizes, 256], [0, *columns["pinned"], 1], color=paint, linewidth=1.2, linestyle=(0, (4, 2)))
        top.plot(sizes, columns["simulated"], "o", color=paint, markersize=5)
        row = [one for one, _, _ in EXPONENTS].index(exponent)
        style.label(top, (176, 0.32 - 0.11 * row), words, role, offset=(0, 0))
        rates = [v3_rate(cache_hit(exponent, size)).value for size in sizes]
        bottom.plot([*sizes, 256], [*rates, 1 / v3_always_time.value], "o-", color=paint, markersize=4)
    style.ticks(top, "x", TICKS, [""] * len(TICKS))
    style.ticks(top, "y", (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1"))
    style.ticks(bottom, "x", TICKS, [str(tick) for tick in TICKS])
    style.ticks(bottom, "y", (2, 5, 10, 20, 50, 100, 200), ("2", "5", "10", "20", "50", "100", "200"))
    style.label(bottom, (256, 1 / v3_always_time.value), "all held", "ink", offset=(-8, 0), ha="right")
    return fig
