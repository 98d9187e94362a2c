"""A figure's labels must not overlap, leave the canvas or be too small to read on a phone."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure

PHONE = 320.0
LEAST = 9.0
"""A label must be at least this many CSS pixels high when the figure is ``PHONE`` pixels wide."""
SLACK = 0.5
"""Points by which two boxes may share a border."""


class TidyError(ValueError):
    """Labels that overlap, leave the canvas, are too small, or cannot be centred in the browser."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text as it is drawn: its box in points from the top left of the canvas, and its size."""

    text: str
    box: tuple[float, float, float, float]
    size: float
    one_of_many: bool

    def overlaps(self, other: Label) -> bool:
        """Whether the two boxes share more than their border."""
        a, b = self.box, other.box
        return min(a[2], b[2]) - max(a[0], b[0]) > SLACK and min(a[3], b[3]) - max(a[1], b[1]) > SLACK


def labels(fig: Figure) -> Sequence[Label]:
    """Every text that a drawing of ``fig`` puts on the canvas, tick labels included."""
    renderer: Any = RendererAgg(*fig.bbox.size, fig.dpi)  # type: ignore[no-untyped-call]  # matplotlib leaves it untyped
    found: list[Label] = []

    def record(
        gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None
    ) -> None:
        width, height, descent = renderer.get_text_width_height_descent(s, prop, ismath)
        turn = math.radians(-angle)
        corners = [
            (x + dx * math.cos(turn) - dy * math.sin(turn), y + dx * math.sin(turn) + dy * math.cos(turn))
            for dx in (0, width)
            for dy in (descent - height, descent)
        ]
        box = (
            min(c[0] for c in corners),
            min(c[1] for c in corners),
            max(c[0] for c in corners),
            max(c[1] for c in corners),
        )
        found.append(Label(s, box, prop.get_size(), mtext is None))

    renderer.draw_text = record
    fig.draw(renderer)
    return found


def assert_tidy(fig: Figure) -> None:
    """Check the labels of ``fig``.

    Raises:
        TidyError: naming every label at fault and what to do.
    """
    width, height = (float(side) for side in fig.bbox.size)
    found = labels(fig)
    least = LEAST * width / PHONE
    faults = [
        f"{label.text!r} leaves the canvas of {width:.0f} × {height:.0f} points "
        f"(it spans {label.box[0]:.0f}–{label.box[2]:.0f} × {label.box[1]:.0f}–{label.box[3]:.0f}); "
        "shorten it, move it or widen that margin"
        for label in found
        if label.box[0] < 0 or label.box[1] < 0 or label.box[2] > width or label.box[3] > height
    ]
    faults += [
        f"{label.text!r} is set in {label.size:g} points; at least {least:.1f} are legible on a phone"
        for label in found
        if label.size < least
    ]
    faults += [
        f"{label.text!r} is part of a text of several lines, which browsers cannot centre; set each line by itself"
        for label in found
        if label.one_of_many
    ]
    faults += [
        f"{one.text!r} and {other.text!r} overlap; move one of them"
        for one, other in itertools.combinations(found, 2)
        if one.overlaps(other)
    ]
    if faults:
        raise TidyError("; ".join(faults))
