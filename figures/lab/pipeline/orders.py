"""Schedules whose backward pass is one piece: GPipe, 1F1B and interleaved 1F1B."""

from __future__ import annotations

from figures.lab.pipeline.passes import Cell, Schedule, ScheduleError, forward, freeze, whole


def gpipe(devices: int, micros: int) -> Schedule:
    """All forward passes, then all backward passes."""
    orders = [
        [forward(device, micro) for micro in range(micros)] + [whole(device, micro) for micro in range(micros)]
        for device in range(devices)
    ]
    return Schedule("GPipe", (tuple(range(devices)),), micros, freeze(orders))


def one_forward_one_backward(devices: int, micros: int) -> Schedule:
    """As many forward passes as stages are still to come, then one backward for each forward pass."""
    orders: list[list[Cell]] = []
    for device in range(devices):
        ahead = min(devices - device - 1, micros)
        order = [forward(device, micro) for micro in range(ahead)]
        for micro in range(micros - ahead):
            order += [forward(device, ahead + micro), whole(device, micro)]
        order += [whole(device, micro) for micro in range(micros - ahead, micros)]
        orders.append(order)
    return Schedule("1F1B", (tuple(range(devices)),), micros, freeze(orders))


def interleaved(devices: int, micros: int, chunks: int) -> Schedule:
    """1F1B over ``chunks`` stages per device, which groups of as many micro-batches as devices take in turn.

    Raises:
        ScheduleError: the micro-batches are no multiple of the devices.
    """
    if micros % devices:
        raise ScheduleError(f"interleaved: {micros} micro-batches are no multiple of {devices} devices")
    total = micros * chunks

    def place(number: int, backwards: bool) -> tuple[int, int]:
        """Chunk and micro-batch of a device's forward or backward pass of this number."""
        group, within = divmod(number, devices * chunks)
        chunk, micro = divmod(within, devices)
        return (chunks - 1 - chunk if backwards else chunk), group * devices + micro

    orders: list[list[Cell]] = []
    for device in range(devices):
        ahead = min(2 * (devices - device - 1) + (chunks - 1) * devices, total)
        order: list[Cell] = []
        for number in range(total + ahead):
            if number < total:
                chunk, micro = place(number, backwards=False)
                order.append(forward(chunk * devices + device, micro))
            if number >= ahead:
                chunk, micro = place(number - ahead, backwards=True)
                order.append(whole(chunk * devices + device, micro))
        orders.append(order)
    return Schedule("interleaved 1F1B", (tuple(range(devices)) * chunks,), micros, freeze(orders), 1 / chunks)
