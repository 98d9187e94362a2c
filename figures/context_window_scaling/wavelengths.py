"""Wavelength of each pair of gpt-oss under five ways to stretch its context, from figures/data/rotary.toml."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.data import value
from figures.formulas import rope, rope_scaling

TITLE = "Wavelengths of the 32 rotated pairs of gpt-oss before and after scaling"

BASE, ORIGINAL, SCALE = (int(value("rotary", "gpt_oss", name).value) for name in ("base", "original", "factor"))
DIM = int(value("rotary", "gpt_oss", "dim").value)
PAIRS = range(DIM // 2)


def lengths() -> dict[str, list[float]]:
    """Wavelengths by method."""
    own = [rope.pair_frequency(BASE, DIM, pair) for pair in PAIRS]
    raised = rope_scaling.ntk_base(BASE, SCALE, DIM)
    first, last = (rope.turning_pair(DIM, BASE, ORIGINAL, count) for count in (32, 1))
    kept = {
        "interpolation": [0.0 for _ in PAIRS],
        "by parts, paper": [
            rope_scaling.kept_by_turns(rope.turns(ORIGINAL, rope.wavelength(one)), 1, 32) for one in own
        ],
        "YaRN, code": [rope_scaling.kept_by_index(pair, first, last) for pair in PAIRS],
    }
    found = {
        name: [
            rope.wavelength(rope_scaling.scaled_frequency(one, share, SCALE))
            for one, share in zip(own, shares, strict=True)
        ]
        for name, shares in kept.items()
    }
    found["trained"] = [rope.wavelength(one) for one in own]
    found["NTK-aware"] = [rope.wavelength(rope.pair_frequency(raised, DIM, pair)) for pair in PAIRS]
    return found


def draw() -> Figure:
    """Log scale; horizontal lines at the context of the training and at the wanted one."""
    fig = style.figure(330)
    ax = style.axes(fig, x="Pair, from the fastest", y="Wavelength (tokens)", left=50, right=112)
    ax.set_yscale("log", base=10)
    roles = {
        "trained": ("ink", "solid"),
        "interpolation": ("rose", "solid"),
        "NTK-aware": ("purple", (0, (1, 1.2))),
        "by parts, paper": ("orange", (0, (4, 2))),
        "YaRN, code": ("blue", "solid"),
    }
    found = lengths()
    for name, (role, line) in roles.items():
        ax.plot(PAIRS, found[name], color=style.color(role), linestyle=line)
    for height, words in ((ORIGINAL, "trained: 4,096"), (ORIGINAL * SCALE, "wanted: 131,072")):
        ax.axhline(height, color=style.color("muted"), linewidth=0.9, linestyle=(0, (2, 2)))
        style.label(ax, (31.5, height), words, "muted", offset=(6, 0))
    style.label(ax, (12.6, found["interpolation"][12]), "interpolation", "rose", offset=(-14, 8), ha="right")
    style.label(ax, (15, found["by parts, paper"][15]), "by parts, paper", "orange", offset=(-14, 33), ha="right")
    style.label(ax, (13, found["YaRN, code"][13]), "YaRN, code", "blue", offset=(8, -10))
    style.label(ax, (26, found["trained"][26]), "trained", "ink", offset=(4, -10))
    style.label(ax, (22, found["NTK-aware"][22]), "NTK-aware", "purple", offset=(-36, 30), ha="right")
    ax.set_xlim(0, 31.5)
    ax.set_ylim(4, 5e7)
    style.ticks(ax, "x", (0, 8, 16, 24, 31), ("0", "8", "16", "24", "31"))
    style.ticks(ax, "y", [10.0**power for power in range(1, 8)], ("10", "100", "1k", "10k", "100k", "1M", "10M"))
    return fig
