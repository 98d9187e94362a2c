"""What users and operators measure.

TTFT is the time from arrival to first token. TPOT is the time from first to last token over the tokens after
the first: one number per request, undefined for an answer of one token. The gaps between a request's
tokens (ITL) are kept apart: their mean is TPOT, their percentiles show stalls that TPOT hides. Percentiles are by
nearest rank: the least value that at least this share of all does not exceed, so that "P90 within the objective"
and "90 % of requests within the objective" are one statement.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from figures.lab.scheduler.engine import Record, Run, Step


def ttft(record: Record) -> float:
    """Time to first token, in seconds."""
    return record.tokens[0] - record.request.arrival


def tpot(record: Record) -> float | None:
    """Time per output token after the first, in seconds; ``None`` for an answer of one token."""
    after = len(record.tokens) - 1
    return (record.tokens[-1] - record.tokens[0]) / after if after else None


def gaps(record: Record) -> list[float]:
    """Seconds between consecutive tokens (inter-token latencies)."""
    return [later - earlier for earlier, later in itertools.pairwise(record.tokens)]


def end_to_end(record: Record) -> float:
    """Seconds from arrival to last token."""
    return record.finish - record.request.arrival


def percentile(values: Sequence[float], share: float) -> float:
    """Least of ``values`` that at least ``share`` of them do not exceed.

    Raises:
        ValueError: no values, or a share that is not above 0 and at most 1.
    """
    if not values or not 0 < share <= 1:
        raise ValueError(f"percentile {share} of {len(values)} values; expected some values and a share in (0, 1]")
    # The product may exceed a whole number by rounding: 0.07 × 100.
    return sorted(values)[math.ceil(round(share * len(values), 9)) - 1]


@dataclass(frozen=True, slots=True)
class Objectives:
    """Limits on TTFT and TPOT in seconds, and the share of requests that must keep both."""

    ttft: float
    tpot: float
    share: float

    def kept(self, record: Record) -> bool:
        """Whether a request keeps both limits; an answer of one token has only the first."""
        rate = tpot(record)
        return ttft(record) <= self.ttft and (rate is None or rate <= self.tpot)

    def attainment(self, records: Sequence[Record]) -> float:
        """Share of requests that keep both limits."""
        return sum(map(self.kept, records)) / len(records)


def span(records: Sequence[Record]) -> float:
    """Seconds from the first arrival to the last token."""
    return max(record.finish for record in records) - min(record.request.arrival for record in records)


def throughput(records: Sequence[Record]) -> float:
    """Output tokens per second over the whole span."""
    return sum(len(record.tokens) for record in records) / span(records)


def good_rate(records: Sequence[Record], objectives: Objectives) -> float:
    """Requests per second that keep both limits, over the whole span."""
    return objectives.attainment(records) * len(records) / span(records)


def busy_share(run: Run) -> float:
    """Share of the span in which the engine computes."""
    return sum(step.end - step.start for step in run.steps) / span(run.records)


def in_flight(records: Sequence[Record]) -> float:
    """Mean number of requests in the system, counted at every arrival and finish."""
    events = [(record.request.arrival, 1) for record in records] + [(record.finish, -1) for record in records]
    area = present = 0.0
    last = min(events)[0]
    for time, change in sorted(events):
        area += present * (time - last)
        present += change
        last = time
    return area / span(records)


def wasted(steps: Sequence[Step], records: Sequence[Record]) -> int:
    """Positions computed beyond those that each request needs once: padding, and recomputation after preemption."""
    return sum(step.positions for step in steps) - sum(record.request.need for record in records)


def goodput(
    attempt: Callable[[float], Sequence[Record]], objectives: Objectives, low: float, high: float, digits: float = 0.01
) -> float:
    """Highest rate of requests at which the stated share keeps both limits.

    Args:
        attempt: serves a workload of a given rate; its records.
        objectives: limits and share.
        low: a rate at which the objectives are met.
        high: a rate at which they are not.
        digits: relative width at which the bisection stops.

    Returns:
        Requests per second: the highest rate tried that meets the objectives.

    Raises:
        ValueError: the objectives are missed at ``low`` or met at ``high``.
    """

    def met(rate: float) -> bool:
        return objectives.attainment(attempt(rate)) >= objectives.share

    if not met(low) or met(high):
        raise ValueError(f"goodput does not lie between {low} and {high} requests/s; widen the bracket")
    while high - low > digits * low:
        middle = (low + high) / 2
        low, high = (middle, high) if met(middle) else (low, middle)
    return low
