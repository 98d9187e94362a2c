"""Prefill on one engine, decode on another: disaggregated serving."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from figures.formulas import kv_cache, reuse
from figures.lab.scheduler.engine import Machine, Record, Run, serve, simulate
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
    """Whole requests, and the run of either engine: ``prefill`` ends with the first token, ``decode`` has the rest."""

    records: tuple[Record, ...]
    prefill: Run
    decode: Run


def simulate_pair(requests: Iterable[Request], prefill: Machine, decode: Machine, transfer: Transfer) -> PairRun:
    """Serve ``requests`` on a pair of engines.

    The first engine computes prompts and emits first tokens. Caches cross the link one after the other, in the order
    in which prompts are finished, whole, and while either engine computes. What the decode engine preempts it
    computes again itself. Caches that cross, or wait for a place, take no room in either engine: the pair has
    buffers for them, and the decode engine never holds the first one up.
    """
    wanted = {request.number: request for request in requests}
    first = simulate((replace(request, answer=1) for request in wanted.values()), prefill)
    arrivals = []
    free = 0.0
    for record in sorted(first.records, key=lambda record: (record.finish, record.request.number)):
        request = wanted[record.request.number]
        if request.answer > 1:
            free = max(free, record.finish) + transfer(request.prompt)
            arrivals.append(Progress(request, free, request.prompt, list(record.tokens), record.started))
    second = serve(arrivals, decode)
    decoded = {record.request.number: record for record in second.records}
    records = (decoded.get(record.request.number, record) for record in first.records)
    whole = (
        replace(record, preemptions=record.preemptions + before.preemptions) if record is not before else record
        for record, before in zip(records, first.records, strict=True)
    )
    return PairRun(tuple(whole), first, second)
