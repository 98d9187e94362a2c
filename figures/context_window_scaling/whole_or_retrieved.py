"""Price of a question against the length of the text: the whole text anew, from the cache, or retrieved passages."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.context_window_scaling.results_use import asked, by_retrieval, whole, whole_cached, whole_uncached
from figures.results import Assumed, computed

TITLE = "Price of one of twenty questions about a text, with the whole text or with retrieved passages"

TEXTS = [4000 * 2 ** (step / 4) for step in range(33)]


def draw() -> Figure:
    """Log–log; retrieval is almost flat, the whole text proportional to its length."""
    fig = style.figure(270)
    ax = style.axes(fig, x="Text (thousand tokens)", y="Price of a question (USD cents)", left=50, right=92)
    ax.set_xscale("log", base=2)
    ax.set_yscale("log", base=10)
    curves = {
        "retrieved": [
            computed(by_retrieval.formula, **{**by_retrieval.inputs, "text": Assumed(text, "token", "axis")}).value
            for text in TEXTS
        ]
    }
    for name, model in (("anew", whole_uncached), ("cached", whole_cached)):
        hit = model.inputs["hit_price"]
        assert not isinstance(hit, tuple)
        curves[name] = [whole(asked, Assumed(text, "token", "axis"), hit).value for text in TEXTS]
    for name, role in (("anew", "rose"), ("cached", "blue"), ("retrieved", "green")):
        cents = [100 * bill / asked.value for bill in curves[name]]
        ax.plot(TEXTS, cents, color=style.color(role))
        style.label(
            ax,
            (TEXTS[-1], cents[-1]),
            {"anew": "whole, anew", "cached": "whole, cached", "retrieved": "retrieved"}[name],
            role,
            offset=(6, 0),
        )
    ax.set_xlim(TEXTS[0], TEXTS[-1])
    style.ticks(ax, "x", [4000 * 4.0**power for power in range(5)], ("4", "16", "64", "256", "1,024"))
    style.ticks(ax, "y", (0.1, 1, 10, 100), ("0.1", "1", "10", "100"))
    return fig
