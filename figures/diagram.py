"""Boxes, words and arrows for diagrams, in the style of the plots.

Coordinates are points from the top left corner, as one sketches.
"""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from figures import style


class Diagram:
    """A canvas to put shapes on; ``figure`` is what a script's ``draw`` returns."""

    def __init__(self, height: float) -> None:
        """Make a canvas of the one width and ``height`` points."""
        self.figure: Figure = style.figure(height)
        self._ax = self.figure.add_axes((0, 0, 1, 1))
        self._ax.set_xlim(0, style.WIDTH)
        self._ax.set_ylim(height, 0)
        self._ax.set_axis_off()

    def text(
        self, x: float, y: float, words: str, role: str = "ink", *, ha: str = "center", bold: bool = False
    ) -> None:
        """Words on one line, centred on ``y``."""
        weight = "bold" if bold else "normal"
        self._ax.text(x, y, words, color=style.color(role), ha=ha, va="center_baseline", weight=weight)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        words: str = "",
        role: str = "ink",
        *,
        dashed: bool = False,
    ) -> None:
        """A rounded box with its top left corner at ``x, y``, tinted in its role, with one line of words."""
        paint = style.color(role)
        shape = f"round,pad=0,rounding_size={min(3, height / 4)}"
        self._ax.add_patch(
            FancyBboxPatch((x, y), width, height, shape, linewidth=0, facecolor=paint, alpha=style.TINT_ALPHA)
        )
        self._ax.add_patch(
            FancyBboxPatch(
                (x, y), width, height, shape, linewidth=1.1, facecolor="none", edgecolor=paint,
                linestyle=(0, (3, 2)) if dashed else "solid",
            )
        )  # fmt: skip
        if words:
            self.text(x + width / 2, y + height / 2, words, role)

    def line(self, *points: tuple[float, float], role: str = "muted") -> None:
        """A thin line through ``points``."""
        self._ax.plot([p[0] for p in points], [p[1] for p in points], color=style.color(role), linewidth=1.1)

    def arrow(self, start: tuple[float, float], end: tuple[float, float], role: str = "muted") -> None:
        """A straight arrow."""
        self._ax.add_patch(
            FancyArrowPatch(
                start, end, arrowstyle="-|>", mutation_scale=9, shrinkA=0, shrinkB=0, linewidth=1.1,
                color=style.color(role),
            )
        )  # fmt: skip
