"""Pipeline schedules: what each device does in which order, and when it then happens."""

from figures.lab.pipeline.orders import gpipe, interleaved, one_forward_one_backward
from figures.lab.pipeline.passes import Kind, Pass, Schedule, ScheduleError, Times
from figures.lab.pipeline.simulator import Run, Timed, simulate
from figures.lab.pipeline.split_backward import dualpipe, zb_h1, zb_h2, zb_v

__all__ = [
    "Kind",
    "Pass",
    "Run",
    "Schedule",
    "ScheduleError",
    "Timed",
    "Times",
    "dualpipe",
    "gpipe",
    "interleaved",
    "one_forward_one_backward",
    "simulate",
    "zb_h1",
    "zb_h2",
    "zb_v",
]
