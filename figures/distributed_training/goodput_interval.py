"""Share of the time that is kept over the interval between checkpoints: formula and simulation."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.formulas import failures
from figures.measurement import read
from figures.measurements.checkpoint_goodput import FOLDER, GPUS, RESTART, SAVE, device_minutes

TITLE = "Training time that is kept against the interval between checkpoints"

ROLES = ("green", "blue", "rose")


def draw() -> Figure:
    """One curve per number of GPUs; points are simulated, the ring is Young's interval."""
    data = read(FOLDER / "checkpoint_goodput.csv")
    fig = style.figure(270)
    ax = style.axes(fig, x="Training between two checkpoints (min)", y="Time that is kept (%)", right=92)
    xs = [2 * 80 ** (step / 60) for step in range(61)]
    ends = []
    for gpus, role in zip(GPUS, ROLES, strict=True):
        between = failures.job_failure_time(device_minutes(), gpus)
        ys = [100 * failures.goodput(x, SAVE, RESTART, between) for x in xs]
        ax.plot(xs, ys, color=style.color(role))
        rows = [row for row in data.rows if row["gpus"] == gpus]
        points = [100 * row["kept"] for row in rows]
        ax.plot([row["interval_min"] for row in rows], points, "o", color=style.color(role), markersize=4.5)
        young = failures.young_interval(SAVE, between)
        best = 100 * failures.goodput(young, SAVE, RESTART, between)
        ax.plot([young], [best], "o", color=style.color(role), markersize=10, fillstyle="none")
        ends.append((ys[-1], f"{gpus:,} GPUs", role))
    ax.set_xscale("log")
    ax.set_xlim(1.9, 170)
    ax.set_ylim(0, 101)
    style.ticks(ax, "x", (2, 5, 10, 20, 40, 80, 160), ("2", "5", "10", "20", "40", "80", "160"))
    style.ticks(ax, "y", (0, 25, 50, 75, 100), ("0", "25", "50", "75", "100"))
    style.end_labels(ax, ends)
    return fig
