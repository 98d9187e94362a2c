"""What holds for every policy and workload: tokens, capacity, order, determinism, limits."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.lab.scheduler import metrics
from figures.lab.scheduler.engine import Machine, Run, simulate
from figures.lab.scheduler.pair import simulate_pair
from figures.lab.scheduler.policies import Chunked, Continuous, RequestLevel
from figures.lab.scheduler.state import Policy, Work
from figures.lab.scheduler.workload import Lengths, Request, poisson

POLICIES: list[Policy] = [
    RequestLevel(4),
    RequestLevel(4, 2.0),
    Continuous(4),
    Continuous(4, prompts_apart=True),
    Chunked(4, 5),
    Chunked(4, math.inf),
]
ROOM = 24
"""Tokens of cache: less than four requests of the workloads below may need."""


def step_time(works: Sequence[Work]) -> float:
    return max(1.0, 0.25 * sum(work.chunk for work in works))


@st.composite
def workloads(draw: st.DrawFn) -> list[Request]:
    one = st.tuples(st.integers(0, 40), st.integers(1, 12), st.integers(1, 12))
    return [Request(number, *drawn) for number, drawn in enumerate(draw(st.lists(one, min_size=1, max_size=12)))]


def check(run: Run, requests: Sequence[Request], capacity: float) -> None:
    """Nothing lost, nothing invented, nothing too early, never too much at once."""
    assert [record.request for record in run.records] == list(requests)
    for record in run.records:
        assert len(record.tokens) == record.request.answer
        assert record.request.arrival <= record.started < record.tokens[0]
        assert all(earlier < later for earlier, later in itertools.pairwise(record.tokens))
    assert sum(step.emitted for step in run.steps) == sum(request.answer for request in requests)
    assert all(step.cached <= capacity and len(step.works) <= 4 for step in run.steps)
    assert all(before.end <= after.start for before, after in itertools.pairwise(run.steps))
    # Every position of a request is computed at least once, and upon all positions before it.
    for request in requests:
        held = 0
        for step in run.steps:
            for number, work in zip(step.numbers, step.works, strict=True):
                if number == request.number:
                    assert work.prefix in (held, 0)
                    held = work.prefix + work.chunk
        assert held >= request.need


@pytest.mark.parametrize("policy", POLICIES)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(requests=workloads())
def test_tokens_are_conserved_capacity_kept_and_everybody_served(policy: Policy, requests: list[Request]) -> None:
    run = simulate(requests, Machine(policy, step_time, ROOM))
    check(run, requests, ROOM)
    waste = metrics.wasted(run.steps, run.records)
    preempted = sum(record.preemptions for record in run.records)
    if not policy.holds_places:
        assert (waste > 0) == (preempted > 0)  # only recomputation
    else:
        assert preempted == 0 <= waste  # only padding


@pytest.mark.parametrize("policy", [p for p in POLICIES if not p.holds_places])
def test_preempted_requests_finish(policy: Policy) -> None:
    requests = poisson(300, 1.0, Lengths(6, 0.5), Lengths(6, 0.3), 1)
    run = simulate(requests, Machine(policy, step_time, ROOM))
    assert sum(record.preemptions > 0 for record in run.records) > 20
    check(run, requests, ROOM)


@pytest.mark.parametrize("policy", POLICIES)
def test_no_request_starves_under_overload(policy: Policy) -> None:
    # Far more arrives than can be served; even so requests start in the order in which they came, so that none waits
    # for later ones: the queue before it is finite, and it shrinks.
    requests = poisson(200, 50.0, Lengths(5, 0.5), Lengths(5, 0.5), 2)
    run = simulate(requests, Machine(policy, step_time, ROOM))
    starts = [record.started for record in run.records]
    assert starts == sorted(starts)
    # While it runs, only preemption keeps it from its next token, and the oldest is never preempted.
    oldest = run.records[0]
    assert oldest.preemptions == 0


@settings(max_examples=40, deadline=None, derandomize=True)
@given(requests=workloads(), capacity=st.sampled_from([ROOM, math.inf]))
def test_chunked_with_infinite_budget_is_continuous(requests: list[Request], capacity: float) -> None:
    chunked = simulate(requests, Machine(Chunked(4, math.inf), step_time, capacity))
    continuous = simulate(requests, Machine(Continuous(4), step_time, capacity))
    assert chunked.records == continuous.records
    assert [step.end for step in chunked.steps] == [step.end for step in continuous.steps]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(requests=workloads(), budget=st.integers(4, 20))
def test_chunked_never_exceeds_its_budget_nor_stalls_a_token(requests: list[Request], budget: int) -> None:
    run = simulate(requests, Machine(Chunked(4, budget), step_time))
    assert all(step.positions <= budget for step in run.steps)
    longest = max(1.0, 0.25 * budget)
    assert all(gap <= longest for record in run.records for gap in metrics.gaps(record))


def test_continuous_lets_a_long_prompt_stall_tokens_and_chunked_does_not() -> None:
    requests = [Request(0, 0, 4, 20), Request(1, 5, 400, 2)]
    stalled = simulate(requests, Machine(Continuous(4), step_time))
    chunked = simulate(requests, Machine(Chunked(4, 8), step_time))
    assert max(metrics.gaps(stalled.records[0])) == 401 / 4
    assert max(metrics.gaps(chunked.records[0])) == 2


def test_dynamic_without_patience_starts_at_once_and_with_all_patience_is_static() -> None:
    requests = poisson(100, 0.2, Lengths(6, 0.5), Lengths(6, 0.5), 4)
    eager = simulate(requests, Machine(RequestLevel(4, 0), step_time))
    assert eager.steps[0].start == requests[0].arrival
    static = simulate(requests, Machine(RequestLevel(4), step_time))
    patient = simulate(requests, Machine(RequestLevel(4, 1e9), step_time))
    assert patient == static != eager
    assert static.steps[0].start == requests[3].arrival


@pytest.mark.parametrize("policy", [Continuous(1), RequestLevel(1), Chunked(1, math.inf)])
def test_one_request_at_a_time_is_the_same_under_every_policy(policy: Policy) -> None:
    requests = poisson(50, 0.1, Lengths(6, 0.5), Lengths(6, 0.5), 4)
    assert simulate(requests, Machine(policy, step_time)).records == (
        simulate(requests, Machine(Continuous(1), step_time)).records
    )


def test_a_pair_with_nothing_to_send_serves_a_lone_request_as_one_engine_does() -> None:
    requests = [Request(number, 100.0 * number, 8, 5) for number in range(5)]
    machine = Machine(Continuous(4), step_time)
    assert simulate_pair(requests, machine, machine, lambda tokens: 0).records == simulate(requests, machine).records


@settings(max_examples=25, deadline=None, derandomize=True)
@given(requests=workloads())
def test_a_pair_conserves_tokens_and_its_limits_hold(requests: list[Request]) -> None:
    machine = Machine(Continuous(4), step_time, ROOM)
    run = simulate_pair(requests, machine, machine, lambda tokens: 0.5 * tokens)
    assert [(record.request, len(record.tokens)) for record in run.records] == [(one, one.answer) for one in requests]
    assert all(step.cached <= ROOM for step in run.prefill[0].steps + run.decode[0].steps)
    assert sum(step.emitted for step in run.prefill[0].steps) == len(requests)
    # First tokens do not depend on the link or on what is decoded: they are those of an engine that only prefills.
    free = simulate_pair(requests, machine, Machine(Continuous(12), step_time), lambda tokens: 0)
    assert [metrics.ttft(record) for record in run.records] == [metrics.ttft(record) for record in free.records]
    # With enough places and nothing to send, no prompt ever delays a token: steps of at most twelve positions.
    for record in free.records:
        assert all(gap <= 2 * 12 / 4 for gap in metrics.gaps(record))


def test_what_the_decode_engine_preempts_it_computes_again() -> None:
    requests = [Request(0, 0, 4, 4), Request(1, 0, 4, 4)]
    run = simulate_pair(
        requests, Machine(Continuous(2), step_time), Machine(Continuous(2), step_time, 10), lambda tokens: 0
    )
    assert [record.preemptions for record in run.records] == [0, 1]
    assert [len(record.tokens) for record in run.records] == [4, 4]
    assert max(work.chunk for step in run.decode[0].steps for work in step.works) == 6  # prompt and two tokens


@pytest.mark.parametrize("policy", POLICIES)
def test_the_same_seed_gives_the_same_run_and_another_another(policy: Policy) -> None:
    def run(seed: int) -> Run:
        requests = poisson(60, 0.5, Lengths(6, 0.5), Lengths(6, 0.5), seed)
        return simulate(requests, Machine(policy, step_time))

    assert run(1) == run(1) != run(2)
