"""Five pipeline schedules of four devices and eight micro-batches, as the simulator runs them."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from figures import style
from figures.lab import pipeline
from figures.lab.pipeline import Kind, Schedule, Times

TITLE = "Pipeline schedules: who works when, and who waits"

DEVICES, MICROS = 4, 8
SCHEDULES = (
    ("GPipe: all micro-batches in flight", pipeline.gpipe(DEVICES, MICROS)),
    ("1F1B: no more in flight than devices", pipeline.one_forward_one_backward(DEVICES, MICROS)),
    ("Interleaved: two stages per device", pipeline.interleaved(DEVICES, MICROS, 2)),
    ("ZB-H1: weight gradients fill gaps", pipeline.zb_h1(DEVICES, MICROS)),
    ("ZB-H2: twice the memory, no gap inside", pipeline.zb_h2(DEVICES, MICROS)),
    ("ZB-V: two stages in a V", pipeline.zb_v(DEVICES, MICROS)),
    ("DualPipe: both directions at once", pipeline.dualpipe(DEVICES, MICROS)),
)
ROLES = {Kind.FORWARD: "blue", Kind.BACKWARD: "orange", Kind.WEIGHTS: "green"}
ROW, HEAD, GAP, FOOT = 9.0, 17.0, 9.0, 24.0
LEFT, RIGHT = 6.0, 6.0
LONGEST = 33.5
BLOCK = HEAD + DEVICES * ROW + GAP
HEIGHT = len(SCHEDULES) * BLOCK + FOOT


def draw() -> Figure:
    """One block per schedule, one row per device, time to the right in units of a pass."""
    fig = style.figure(HEIGHT)
    for number, (words, schedule) in enumerate(SCHEDULES):
        top = number * BLOCK
        fig.text(LEFT / style.WIDTH, 1 - (top + 4) / HEIGHT, words, ha="left", va="top")
        place = (LEFT / style.WIDTH, 1 - (top + HEAD + DEVICES * ROW) / HEIGHT)
        size = (1 - (LEFT + RIGHT) / style.WIDTH, DEVICES * ROW / HEIGHT)
        ax = fig.add_axes((*place, *size))
        ax.set_axis_off()
        ax.set_xlim(0, LONGEST)
        ax.set_ylim(DEVICES, 0)
        _lines(ax, schedule)
    at = LEFT
    for kind, words in ((Kind.FORWARD, "forward"), (Kind.BACKWARD, "backward, inputs"), (Kind.WEIGHTS, "weights")):
        paint = style.color(ROLES[kind])
        spot = (at / style.WIDTH, 8 / HEIGHT)
        fig.add_artist(
            Rectangle(spot, 9 / style.WIDTH, 9 / HEIGHT, transform=fig.transFigure, facecolor=paint, linewidth=0)
        )
        fig.text((at + 13) / style.WIDTH, 12.5 / HEIGHT, words, ha="left", va="center_baseline")
        at += 30 + 7.2 * len(words)
    return fig


def _lines(ax: Axes, schedule: Schedule) -> None:
    run = pipeline.simulate(schedule, Times())
    for device, line in enumerate(run.work):
        ax.plot([0, run.end], [device + 0.5] * 2, color=style.color("muted"), linewidth=0.6, alpha=style.GRID_ALPHA)
        for timed in line:
            start = timed.start
            for part in timed.cell:
                length = (timed.end - timed.start) / len(timed.cell)
                paint = style.color(ROLES[part.kind])
                second = part.stage >= len(schedule.chains[0]) // 2 if schedule.share < 1 else part.chain == 1
                ax.add_patch(
                    Rectangle(
                        (start + 0.06, device + 0.1),
                        length - 0.12,
                        0.8,
                        facecolor=paint,
                        alpha=0.5 if second else 1.0,
                        linewidth=0,
                    )
                )
                start += length
