"""What a pipeline schedule is made of: passes of micro-batches through stages, in an order per device."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum


class ScheduleError(ValueError):
    """A schedule that lacks a pass, repeats one, or can never finish."""


class Kind(Enum):
    """Forward; backward for the inputs, which the stage before waits for; backward for the weights."""

    FORWARD = "F"
    BACKWARD = "B"
    WEIGHTS = "W"


@dataclass(frozen=True, slots=True)
class Pass:
    """One micro-batch through one stage of one chain, in one direction."""

    kind: Kind
    stage: int
    micro: int
    chain: int = 0


Cell = tuple[Pass, ...]
"""Passes that a device runs as one piece of work; what depends on any of them waits for the end of all."""


@dataclass(frozen=True, slots=True)
class Times:
    """Times of the three passes over all layers of a device, and of sending between two devices, in any one unit.

    ``overlapped`` multiplies the time of a cell that joins a forward and a backward pass.
    """

    forward: float = 1.0
    backward: float = 1.0
    weights: float = 1.0
    transfer: float = 0.0
    overlapped: float = 1.0

    def of(self, kind: Kind) -> float:
        """Time of one pass."""
        return {Kind.FORWARD: self.forward, Kind.BACKWARD: self.backward, Kind.WEIGHTS: self.weights}[kind]


@dataclass(frozen=True)
class Schedule:
    """Chains of stages over devices, and the order of work of each device.

    ``chains[c][s]`` is the device of stage ``s`` of chain ``c``. Most schedules have one chain; a bidirectional one
    has two, each with its own micro-batches and its own copy of the weights. ``share`` is the part of the work and
    of the activations of a device's micro-batch that one stage has.
    """

    name: str
    chains: tuple[tuple[int, ...], ...]
    micros: int
    orders: tuple[tuple[Cell, ...], ...]
    share: float = 1.0

    def __post_init__(self) -> None:
        """Check that every device does exactly its own passes, each once."""
        wanted = Counter(
            (device, Pass(kind, stage, micro, number))
            for number, chain in enumerate(self.chains)
            for stage, device in enumerate(chain)
            for micro in range(self.micros)
            for kind in Kind
        )
        given = Counter((device, one) for device, order in enumerate(self.orders) for cell in order for one in cell)
        if given != wanted:
            missing, surplus = wanted - given, given - wanted
            raise ScheduleError(f"{self.name}: {len(missing)} passes missing, {len(surplus)} too many or misplaced")

    @property
    def devices(self) -> int:
        """How many devices there are."""
        return len(self.orders)

    def needs(self, one: Pass) -> Iterator[Pass]:
        """The passes whose results this one takes."""
        last = len(self.chains[one.chain]) - 1
        if one.kind is Kind.FORWARD:
            if one.stage > 0:
                yield Pass(Kind.FORWARD, one.stage - 1, one.micro, one.chain)
        elif one.kind is Kind.BACKWARD:
            yield Pass(Kind.FORWARD, one.stage, one.micro, one.chain)
            if one.stage < last:
                yield Pass(Kind.BACKWARD, one.stage + 1, one.micro, one.chain)
        else:
            yield Pass(Kind.BACKWARD, one.stage, one.micro, one.chain)

    def device(self, one: Pass) -> int:
        """Where a pass runs."""
        return self.chains[one.chain][one.stage]


def forward(stage: int, micro: int, chain: int = 0) -> Cell:
    """A forward pass by itself."""
    return (Pass(Kind.FORWARD, stage, micro, chain),)


def inputs(stage: int, micro: int, chain: int = 0) -> Cell:
    """A backward pass for the inputs by itself."""
    return (Pass(Kind.BACKWARD, stage, micro, chain),)


def weights(stage: int, micro: int, chain: int = 0) -> Cell:
    """A backward pass for the weights by itself."""
    return (Pass(Kind.WEIGHTS, stage, micro, chain),)


def whole(stage: int, micro: int, chain: int = 0) -> Cell:
    """A backward pass as frameworks run it by default: inputs and weights as one piece."""
    return inputs(stage, micro, chain) + weights(stage, micro, chain)


def freeze(orders: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Orders as a schedule keeps them."""
    return tuple(tuple(order) for order in orders)
