"""When each pass of a schedule runs: every device works through its order and waits for what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from figures.lab.pipeline.passes import Cell, Kind, Pass, Schedule, ScheduleError, Times


@dataclass(frozen=True, slots=True)
class Timed:
    """A piece of work with its start and end."""

    cell: Cell
    start: float
    end: float


@dataclass(frozen=True)
class Run:
    """The timeline of every device."""

    schedule: Schedule
    work: tuple[tuple[Timed, ...], ...]

    @property
    def end(self) -> float:
        """When the last pass of all ends."""
        return max(line[-1].end for line in self.work)

    def busy(self, device: int) -> float:
        """Time for which a device works."""
        return sum(one.end - one.start for one in self.work[device])

    def span(self, device: int) -> float:
        """Time from the start of a device's first pass to the end of its last."""
        return self.work[device][-1].end - self.work[device][0].start

    def idle(self) -> float:
        """Idle time of the busiest-spanning device inside a step, if steps follow each other without a flush."""
        return max(self.span(device) - self.busy(device) for device in range(self.schedule.devices))

    def flushed_idle(self) -> float:
        """Idle time of a device in a step, if all devices wait for the last before the next step."""
        return max(self.end - self.busy(device) for device in range(self.schedule.devices))

    def bubble_rate(self) -> float:
        """Idle share of the longest span: one minus the work over that span (the definition of zero bubble)."""
        longest = max(range(self.schedule.devices), key=self.span)
        return 1 - self.busy(longest) / self.span(longest)

    def flushed_rate(self) -> float:
        """Idle share of a step with a flush."""
        return self.flushed_idle() / self.end

    def in_flight(self, device: int) -> float:
        """Most micro-batches whose activations a device keeps at a time, in units of all its layers.

        They are kept from the start of the forward pass to the end of the backward pass for the weights.
        """
        changes: list[tuple[float, float]] = []
        for one in self.work[device]:
            for part in one.cell:
                if part.kind is Kind.FORWARD:
                    changes.append((one.start, self.schedule.share))
                elif part.kind is Kind.WEIGHTS:
                    changes.append((one.end, -self.schedule.share))
        held = most = 0.0
        for _, change in sorted(changes):  # at equal times what is freed comes first
            held += change
            most = max(most, held)
        return most

    def peak(self) -> float:
        """The largest of these over all devices."""
        return max(self.in_flight(device) for device in range(self.schedule.devices))


def simulate(schedule: Schedule, times: Times) -> Run:
    """Run a schedule.

    Raises:
        ScheduleError: the orders wait for each other for ever.
    """
    done: dict[Pass, float] = {}
    work: list[list[Timed]] = [[] for _ in schedule.orders]
    free = [0.0] * schedule.devices
    moving = True
    while moving:
        moving = False
        for device, order in enumerate(schedule.orders):
            while len(work[device]) < len(order):
                cell = order[len(work[device])]
                ready = _ready(schedule, cell, device, done, times.transfer)
                if ready is None:
                    break
                start = max(free[device], ready)
                end = start + _duration(schedule, cell, times)
                work[device].append(Timed(cell, start, end))
                free[device] = end
                done.update(dict.fromkeys(cell, end))
                moving = True
    stuck = [device for device, order in enumerate(schedule.orders) if len(work[device]) < len(order)]
    if stuck:
        raise ScheduleError(f"{schedule.name}: devices {stuck} wait for each other")
    return Run(schedule, tuple(tuple(line) for line in work))


def _ready(schedule: Schedule, cell: Cell, device: int, done: Mapping[Pass, float], transfer: float) -> float | None:
    """When everything that a cell needs from outside has arrived; None while something has not run."""
    latest = 0.0
    for one in cell:
        for need in schedule.needs(one):
            if need in cell:
                continue
            if need not in done:
                return None
            latest = max(latest, done[need] + (transfer if schedule.device(need) != device else 0.0))
    return latest


def _duration(schedule: Schedule, cell: Cell, times: Times) -> float:
    kinds = {one.kind for one in cell}
    joined = times.overlapped if {Kind.FORWARD, Kind.BACKWARD} <= kinds else 1.0
    return schedule.share * joined * sum(times.of(one.kind) for one in cell)
