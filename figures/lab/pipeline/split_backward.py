"""Schedules that split the backward pass, so that gradients of weights fill the gaps."""

from __future__ import annotations

from figures.lab.pipeline.passes import Cell, Schedule, ScheduleError, forward, freeze, inputs, weights


def _postponed(name: str, devices: int, micros: int, ahead: list[int], delays: list[int]) -> Schedule:
    """1F1B with ``ahead`` forward passes before the first backward pass and weights ``delays`` micro-batches late."""
    orders: list[list[Cell]] = []
    for device in range(devices):
        first, delay = min(ahead[device], micros), delays[device]
        order = [forward(device, micro) for micro in range(first)]
        for micro in range(micros):
            order.append(inputs(device, micro))
            if micro >= delay:
                order.append(weights(device, micro - delay))
            if first + micro < micros:
                order.append(forward(device, first + micro))
        order += [weights(device, micro) for micro in range(max(0, micros - delay), micros)]
        orders.append(order)
    return Schedule(name, (tuple(range(devices)),), micros, freeze(orders))


def zb_h1(devices: int, micros: int) -> Schedule:
    """Zero bubble with the memory of 1F1B: each device keeps as many micro-batches as there are devices."""
    ahead = [devices - device for device in range(devices)]
    return _postponed("ZB-H1", devices, micros, ahead, list(range(devices)))


def zb_h2(devices: int, micros: int) -> Schedule:
    """Zero bubble with twice the memory: so many forward passes ahead that no device waits for its first backward."""
    ahead = [2 * (devices - device) - 1 for device in range(devices)]
    return _postponed("ZB-H2", devices, micros, ahead, [2 * device for device in range(devices)])


def zb_v(devices: int, micros: int) -> Schedule:
    """Two stages per device in the shape of a V, so that the first device also has the last stage.

    Raises:
        ScheduleError: there are too few micro-batches to fill the V.
    """
    if micros < 2 * devices - 1:
        raise ScheduleError(f"ZB-V: {micros} micro-batches; {devices} devices need at least {2 * devices - 1}")
    orders = [_vee(device, devices, micros) for device in range(devices)]
    chain = tuple(range(devices)) + tuple(reversed(range(devices)))
    return Schedule("ZB-V", (chain,), micros, freeze(orders), 0.5)


class _Stage:
    """The passes of one stage, handed out in the order of the micro-batches."""

    def __init__(self, stage: int, chain: int = 0) -> None:
        self._stage, self._chain = stage, chain
        self.forwards = self._backwards = self._owed = 0

    def forward(self) -> Cell:
        self.forwards += 1
        return forward(self._stage, self.forwards - 1, self._chain)

    def inputs(self) -> Cell:
        self._backwards += 1
        return inputs(self._stage, self._backwards - 1, self._chain)

    def weights(self) -> Cell:
        self._owed += 1
        return weights(self._stage, self._owed - 1, self._chain)

    def whole(self) -> Cell:
        return self.inputs() + self.weights()


def _vee(device: int, devices: int, micros: int) -> list[Cell]:
    """One device's order: its first stage lies on the way down the V, its second on the way up."""
    down, up = _Stage(device), _Stage(2 * devices - 1 - device)
    order: list[Cell] = [down.forward() for _ in range(2 * (devices - device) - 1)]
    for _ in range(device):
        order += [up.forward(), down.forward()]
    for _ in range(devices - device):
        order += [up.forward(), up.inputs(), up.weights()]
    while up.forwards < down.forwards or down.forwards < micros:
        if down.forwards < micros:
            order.append(down.forward())
        order += [down.inputs(), down.weights(), up.forward(), up.inputs(), up.weights()]
    for _ in range(device):
        order += [down.inputs(), up.inputs()]
    for _ in range(devices - device):
        order += [down.inputs(), down.weights()]
    return order + [up.weights() for _ in range(device)] + [down.weights() for _ in range(device)]


def dualpipe(devices: int, micros: int) -> Schedule:
    """Two chains in opposite directions; forward and backward passes of different directions run as one piece.

    Each device holds a stage of both chains, and so two stages of weights; ``micros`` counts both directions.

    Raises:
        ScheduleError: devices or micro-batches are odd, or there are fewer than two micro-batches per device.
    """
    if devices % 2 or micros % 2 or micros < 2 * devices:
        raise ScheduleError(
            f"DualPipe: {micros} micro-batches on {devices} devices; both must be even, and at least two per device"
        )
    half, each = devices // 2, micros // 2
    orders = [_bidirectional(device, devices, half, each) for device in range(devices)]
    there = tuple(range(devices))
    return Schedule("DualPipe", (there, there[::-1]), each, freeze(orders))


def _bidirectional(device: int, devices: int, half: int, each: int) -> list[Cell]:
    """One device's order: its near direction is the one whose first stage is closer."""
    depth = min(device, devices - 1 - device)
    direction = 0 if device < half else 1
    near, far = _Stage(depth, direction), _Stage(devices - 1 - depth, 1 - direction)
    order: list[Cell] = [near.forward() for _ in range(2 * (half - depth - 1))]
    for _ in range(depth + 1):
        order += [near.forward(), far.forward()]
    for _ in range(half - depth - 1):
        order += [far.inputs(), far.weights(), far.forward()]
    for number in range(each - devices + depth + 1):
        if number == 0 and depth == half - 1:
            order += [near.forward(), far.whole()]  # the two in the middle keep these apart, for a smaller bubble
        else:
            order.append(near.forward() + far.whole())
        order.append(far.forward() + near.whole())
    for _ in range(half - depth - 1):
        order += [far.whole(), far.forward() + near.whole()]
    owed: list[_Stage] = []
    for number in range(2 * (depth + 1)):
        stage = near if number % 2 else far
        split = number > depth  # the second half leaves the weights for later
        order.append(stage.inputs() if split else stage.whole())
        owed += [stage] if split else []
    for _ in range(half - depth - 1):
        order += [owed.pop(0).weights(), near.inputs()]
        owed.append(near)
    return order + [stage.weights() for stage in owed]
