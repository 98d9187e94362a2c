"""Reward after training on stale answers: the laboratory beside AReaL's measurement."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import paths, style
from figures.data import value
from figures.measurement import read

TITLE = "Reward against staleness with the naive and with the decoupled objective: laboratory and AReaL"

SHOWN = (0, 1, 2, 4, 8, 16)


def draw() -> Figure:
    """Solid: laboratory, share of the best reward. Dashed: AIME24 over its value without staleness."""
    lab = read(paths.FIGURES / "rlhf_and_alignment" / "stale_samples.csv")
    fig = style.figure(290)
    ax = style.axes(fig, x="Staleness (updates or batches)", y="Score over the score without staleness", right=16)
    places = list(range(len(SHOWN)))
    base = value("alignment", "areal", "decoupled_0").value
    for name, role in (("decoupled", "blue"), ("naive", "orange")):
        found = [lab.cell(name, lag=lag) / lab.cell(name, lag=0) for lag in SHOWN]
        ax.plot(places, found, "o-", color=style.color(role), markersize=5)
        published = [1.0] + [value("alignment", "areal", f"{name}_{lag}").value / base for lag in SHOWN[1:]]
        ax.plot(places, published, "s--", color=style.color(role), markersize=4.5, linewidth=1.1)
    ax.set_xlim(-0.1, 5.1)
    ax.set_ylim(0.4, 1.18)
    style.ticks(ax, "x", places, [str(lag) for lag in SHOWN])
    style.ticks(ax, "y", (0.4, 0.6, 0.8, 1), ("0.4", "0.6", "0.8", "1"))
    style.label(ax, (0, 1.14), "decoupled", "blue", offset=(4, 0))
    style.label(ax, (1.5, 1.14), "naive", "orange", offset=(4, 0))
    style.label(ax, (0, 0.5), "solid: laboratory, dashed: AReaL", "muted", offset=(4, 0))
    return fig
