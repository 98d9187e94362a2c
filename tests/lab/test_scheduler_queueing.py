"""The simulator against closed forms of queueing theory.

Statistical tolerances are about three standard errors of the mean over this many requests, estimated from
forty batches of consecutive requests; seeds are fixed, so that the tests do not fluctuate.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pytest

from figures.formulas import batching
from figures.lab.scheduler import metrics
from figures.lab.scheduler.engine import Machine, Record, Run, simulate
from figures.lab.scheduler.pair import simulate_pair
from figures.lab.scheduler.policies import Chunked, Continuous, RequestLevel
from figures.lab.scheduler.state import Policy, Work
from figures.lab.scheduler.workload import Lengths, poisson

COUNT = 12_000
SERVICE = 1e-3
"""Seconds per position."""


def per_position(works: Sequence[Work]) -> float:
    return SERVICE * sum(work.chunk for work in works)


def one_by_one(load: float, variation: float, policy: Policy, seed: int = 7) -> tuple[Run, float, float]:
    """One request at a time, one step each; also the mean and the variation of the services that were drawn."""
    mean = 100
    requests = poisson(COUNT, load / (mean * SERVICE), Lengths(mean, variation), Lengths(1), seed)
    services = np.array([request.prompt * SERVICE for request in requests])
    run = simulate(requests, Machine(policy, per_position))
    return run, float(services.mean()), float(services.std() / services.mean())


def waiting(records: Sequence[Record]) -> tuple[float, float]:
    """Mean waiting time and its standard error, from the means of forty batches."""
    times = np.array([record.started - record.request.arrival for record in records])
    batches = times.reshape(40, -1).mean(axis=1)
    return float(times.mean()), float(batches.std(ddof=1) / np.sqrt(40))


def rate(records: Sequence[Record]) -> float:
    return len(records) / records[-1].request.arrival


@pytest.mark.parametrize("load", [0.3, 0.6, 0.8])
def test_constant_service_waits_as_m_d_1(load: float) -> None:
    run, service, variation = one_by_one(load, 0, Continuous(1))
    assert variation < 1e-9
    mean, error = waiting(run.records)
    wanted = batching.constant_service_waiting_time(rate(run.records), service)
    assert error < 0.06 * wanted
    assert mean == pytest.approx(wanted, abs=3 * error)


@pytest.mark.parametrize("policy", [Continuous(1), Chunked(1, 1e9), RequestLevel(1)])
def test_varying_service_waits_as_m_g_1_under_every_policy(policy: Policy) -> None:
    run, service, variation = one_by_one(0.6, 1.5, policy)
    assert variation == pytest.approx(1.5, abs=0.1)
    mean, error = waiting(run.records)
    wanted = batching.waiting_time(rate(run.records), service, variation)
    assert error < 0.08 * wanted
    assert mean == pytest.approx(wanted, abs=3 * error)
    # Far from what constant service would give: the factor is (1 + 1.5²) / 2.
    assert mean > 1.4 * batching.constant_service_waiting_time(rate(run.records), service)


def test_every_waiting_time_is_lindleys() -> None:
    # Not on average but request by request: W' = max(0, W + service − gap to the next arrival).
    run, _, _ = one_by_one(0.8, 1.5, Continuous(1))
    wait = 0.0
    for record, following in itertools.pairwise(run.records):
        assert record.started - record.request.arrival == pytest.approx(wait, abs=1e-6)
        gap = following.request.arrival - record.request.arrival
        wait = max(0.0, wait + record.request.prompt * SERVICE - gap)


def test_busy_share_is_the_utilization() -> None:
    run, service, _ = one_by_one(0.6, 1.0, Continuous(1))
    assert metrics.busy_share(run) == pytest.approx(batching.utilization(rate(run.records), service), rel=1e-3)


@pytest.mark.parametrize(
    "policy", [RequestLevel(8), RequestLevel(8, 0.5), Continuous(8), Continuous(8, prompts_apart=True), Chunked(8, 64)]
)
def test_littles_law(policy: Policy) -> None:
    # Counted at events, the law is an identity over a span that starts and ends empty: exact but for rounding.
    requests = poisson(300, 4, Lengths(100, 1), Lengths(20, 1), 3)
    run = simulate(requests, Machine(policy, lambda works: 0.005 + per_position(works)))
    mean_time = float(np.mean([metrics.end_to_end(record) for record in run.records]))
    arriving = len(run.records) / metrics.span(run.records)
    assert metrics.in_flight(run.records) == pytest.approx(batching.requests_in_flight(arriving, mean_time), rel=1e-9)


def test_littles_law_of_the_queue_the_engine_sees() -> None:
    # The engine's own count of waiting requests, step by step, against waiting times: it notices an arrival only at the
    # end of a step, half a step late on average, so that the law holds for waiting times shortened by that.
    requests = poisson(4_000, 7.5, Lengths(10), Lengths(10), 3)
    run = simulate(requests, Machine(Continuous(4), lambda works: 0.05))
    queue = sum(step.waiting * (step.end - step.start) for step in run.steps) / metrics.span(run.records)
    waited = float(np.mean([record.started - record.request.arrival for record in run.records]))
    busy = metrics.busy_share(run)
    wanted = batching.requests_in_flight(4_000 / metrics.span(run.records), waited - busy * 0.05 / 2)
    assert queue > 3
    assert queue == pytest.approx(wanted, rel=0.02)


def test_work_conservation() -> None:
    # Whatever the order and the batch, an engine that works whenever it can, and whose steps take the time of their
    # positions, ends every busy period at the same moment: all work-conserving policies agree on when it is idle.
    requests = poisson(200, 4, Lengths(100, 1), Lengths(50, 1), 5)
    ends = []
    for policy in (Continuous(1), Continuous(8), Continuous(8, prompts_apart=True), Chunked(8, 16), RequestLevel(1)):
        steps = simulate(requests, Machine(policy, per_position)).steps
        pauses = [a.end for a, b in itertools.pairwise(steps) if b.start > a.end + 1e-9]
        ends.append([*pauses, steps[-1].end])
    assert len(ends[0]) > 20
    for other in ends[1:]:
        assert other == pytest.approx(ends[0])


def test_static_batching_does_not_conserve_work() -> None:
    requests = poisson(200, 4, Lengths(100, 1), Lengths(50, 1), 5)
    static, continuous = (
        simulate(requests, Machine(policy, per_position)) for policy in (RequestLevel(8), Continuous(8))
    )
    assert static.steps[-1].end > continuous.steps[-1].end
    assert metrics.wasted(static.steps, static.records) > 0 == metrics.wasted(continuous.steps, continuous.records)


def test_disaggregated_engines_are_two_queues_in_a_row() -> None:
    # Constant service in both, nothing to send: the second is fed by the departures of the first, at least one service
    # apart, so that nobody waits there if its service is no longer; in the first they wait as in M/D/1.
    requests = poisson(COUNT, 6, Lengths(100), Lengths(2), 7)
    machine = Machine(Continuous(1), lambda works: 0.1)
    run = simulate_pair(requests, machine, machine, lambda tokens: 0)
    assert np.allclose([metrics.gaps(record)[0] for record in run.records], 0.1)
    mean, error = waiting(run.records)
    assert mean == pytest.approx(batching.constant_service_waiting_time(rate(run.records), 0.1), abs=3 * error)
