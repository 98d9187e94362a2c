"""Prefill on some engines, decode on others: disaggregated serving."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from figures.formulas import kv_cache, reuse
from figures.lab.scheduler.engine import Machine, Record, Run, serve
from figures.lab.scheduler.state import Progress
from figures.lab.scheduler.workload import Request

Transfer = Callable[[int], float]
"""Seconds in which the cache of so many tokens is sent."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link between engines: ``latency`` s, ``bandwidth`` B/s, caches of ``growth`` B per token."""

    latency: float
    bandwidth: float
    growth: float

    def __call__(self, tokens: int) -> float:
        """Seconds in which the cache of ``tokens`` is sent."""
        return reuse.reload_time(self.latency, kv_cache.added_bytes(tokens, self.growth), self.bandwidth)


@dataclass(frozen=True, slots=True)
class PairRun:
    """Whole requests, and the runs of either kind of engine: ``prefill`` emits first tokens, ``decode`` the rest.

    An engine that got nothing to do has an empty run.
    """

    records: tuple[Record, ...]
    prefill: tuple[Run, ...]
    decode: tuple[Run, ...]


def simulate_pair(
    requests: Iterable[Request],
    prefill: Machine,
    decode: Machine,
    transfer: Transfer,
    engines: tuple[int, int] = (1, 1),
) -> PairRun:
    """Serve ``requests`` on ``engines`` of either kind: so many that prefill, so many that decode.

    The first kind computes prompts and emits first tokens. Every prefill engine has a link of its own; caches cross
    it one after the other, in the order in which prompts are finished, whole, and while all engines compute. What a
    decode engine preempts it computes again itself. Requests, and then caches, go to the engines in turn. Caches that
    cross, or wait for a place, take no room in any engine: there are buffers for them, so that decoding never holds
    up prefill.

    Raises:
        ValueError: fewer than one engine of a kind, or a request that can never fit.
    """
    if min(engines) < 1:
        raise ValueError(f"engines is {engines}; expected at least one that prefills and one that decodes")
    wanted = {request.number: request for request in requests}
    first = _in_turn([Progress(replace(one, answer=1), one.arrival) for one in wanted.values()], prefill, engines[0])
    arrivals = []
    for run in first:
        free = 0.0
        for record in sorted(run.records, key=lambda record: (record.finish, record.request.number)):
            request = wanted[record.request.number]
            if request.answer > 1:
                free = max(free, record.finish) + transfer(request.prompt)
                arrivals.append(Progress(request, free, request.prompt, list(record.tokens), record.started))
    second = _in_turn(arrivals, decode, engines[1])
    last = {record.request.number: record for run in (*first, *second) for record in run.records}  # decoding replaces
    return PairRun(tuple(last[number] for number in sorted(last)), first, second)


def _in_turn(arrivals: Iterable[Progress], machine: Machine, engines: int) -> tuple[Run, ...]:
    """Serve on several like engines; the first to arrive goes to the first of them, the next to the next."""
    ordered = sorted(arrivals, key=lambda one: (one.arrival, one.request.number))
    return tuple(serve(ordered[number::engines], machine) for number in range(engines))
