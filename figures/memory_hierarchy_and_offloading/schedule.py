"""Layers fetched and computed with one buffer and with two, as the simulator schedules them."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.diagram import Diagram
from figures.lab.prefetch import makespan, schedule

TITLE = "Schedules of fetching and computing five layers"

LAYERS = 5
LEFT, RIGHT = 62.0, 14.0
CASES = (
    ("One buffer, fetching 16 ms, computing 10 ms", (16.0, 10.0), 1),
    ("Two buffers, the same", (16.0, 10.0), 2),
    ("Two buffers, computing 20 ms", (16.0, 20.0), 2),
)
ROW, BAR, CASE = 24.0, 18.0, 92.0


def draw() -> Figure:
    """Three schedules on one time axis: a row for the link and one for the device."""
    diagram = Diagram(len(CASES) * CASE + 8)
    longest = max(makespan(schedule([step] * LAYERS, buffers)) for _, step, buffers in CASES)
    scale = (style.WIDTH - LEFT - RIGHT) / longest
    for place, (words, step, buffers) in enumerate(CASES):
        top = 8 + place * CASE
        done = schedule([step] * LAYERS, buffers)
        diagram.text(6, top + 8, words, ha="left", bold=True)
        diagram.text(LEFT - 8, top + 20 + BAR / 2, "fetch", "blue", ha="right")
        diagram.text(LEFT - 8, top + 20 + ROW + BAR / 2, "compute", "orange", ha="right")
        for number, one in enumerate(done, 1):
            width = (one.load_end - one.load_start) * scale
            diagram.box(LEFT + one.load_start * scale, top + 20, width, BAR, str(number), "blue")
            width = (one.compute_end - one.compute_start) * scale
            diagram.box(LEFT + one.compute_start * scale, top + 20 + ROW, width, BAR, str(number), "orange")
        end = makespan(done)
        x = LEFT + end * scale
        diagram.line((x, top + 18), (x, top + 22 + ROW + BAR))
        room = x + 50 > style.WIDTH
        diagram.text(
            x - 2 if room else x + 5,
            top + (8 if room else 20 + BAR / 2),
            f"{end:.0f} ms",
            ha="right" if room else "left",
        )
    return diagram.figure
