"""Total parameters against the day of release, for the models whose day a source of the maker says."""

from __future__ import annotations

import datetime

from matplotlib.figure import Figure

from figures import data, style
from figures.data import Datum
from figures.model_facts import facts, name
from figures.model_facts.selection import KIND
from figures.open_weights_llm_landscape.total_against_active import role
from figures.parameter_counts import count, countable

TITLE = "Total parameters against day of release"
NAMED = {
    "dbrx": ((6, 0), "left"),
    "llama3_1_405b": ((0, 8), "center"),
    "llama3_1_8b": ((6, -3), "left"),
    "llama3_2_1b": ((6, -2), "left"),
    "llama4_maverick": ((0, -14), "center"),
    "qwen3_0_6b": ((6, -2), "left"),
    "qwen3_next_80b": ((6, 4), "left"),
    "seed_oss_36b": ((4, -13), "left"),
    "qwen3_5_397b": ((-6, 4), "right"),
}


def _size(model: str) -> float | None:
    if model in countable():
        return count(model).total.value / 1e9
    found = data.load("models").get(model, {}).get("parameters")
    return found.value / 1e9 if isinstance(found, Datum) else None


def draw() -> Figure:
    """Log of the parameters against time; colours and marks as in the other figure of parameters."""
    fig = style.figure(290)
    ax = style.axes(fig, x="Day of release", y="Total parameters (billion)", left=44)
    start = datetime.date(2024, 1, 1)
    for model, known in facts().items():
        size = _size(model)
        if "released" not in known or size is None or model not in KIND:
            continue
        when = (datetime.date.fromisoformat(known["released"].value) - start).days / 365.25 + 2024
        color, marker = role(model)
        ax.plot(when, size, linestyle="none", marker=marker, markersize=5, color=style.color(color), alpha=0.85)
        if model in NAMED:
            offset, side = NAMED[model]
            words = name(model).removesuffix("-A17B").removesuffix("-A3B")
            style.label(ax, (when, size), words, color, offset=offset, ha=side)
    ax.set_yscale("log")
    ax.set_xlim(2024, 2026.75)
    ax.set_ylim(0.4, 900)
    style.ticks(ax, "x", (2024, 2024.5, 2025, 2025.5, 2026, 2026.5),
                ("Jan 2024", "Jul", "Jan 2025", "Jul", "Jan 2026", "Jul"))  # fmt: skip
    style.ticks(ax, "y", (1, 10, 100), ("1", "10", "100"))
    return fig
