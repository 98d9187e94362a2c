"""Share of the time that is kept at the best interval, over the number of GPUs."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.formulas import failures
from figures.measurements.checkpoint_goodput import device_minutes

TITLE = "Training time that is kept against the number of GPUs"

CASES = (
    (0.5, 10.0, "30 s, 10 min", "rose"),
    (0.05, 10.0, "3 s, 10 min", "orange"),
    (0.05, 2.0, "3 s, 2 min", "blue"),
    (0.05, 0.5, "3 s, 30 s", "green"),
)


def draw() -> Figure:
    """A line per pair of what saving and restarting take."""
    fig = style.figure(265)
    ax = style.axes(fig, x="GPUs", y="Time that is kept (%)", right=92)
    xs = [1e3 * 1000 ** (step / 60) for step in range(61)]
    ends = []
    for save, restart, words, role in CASES:
        ys = []
        for gpus in xs:
            between = failures.job_failure_time(device_minutes(), gpus)
            ys.append(100 * failures.goodput(failures.best_interval(save, between), save, restart, between))
        ax.plot(xs, ys, color=style.color(role))
        ends.append((ys[-1], words, role))
    ax.set_xscale("log")
    ax.set_xlim(1e3, 1e6)
    ax.set_ylim(0, 101)
    style.ticks(ax, "x", (1e3, 1e4, 1e5, 1e6), ("1,000", "10,000", "100,000", "1,000,000"))
    style.ticks(ax, "y", (0, 25, 50, 75, 100), ("0", "25", "50", "75", "100"))
    style.end_labels(ax, ends)
    return fig
