"""Five requests by hand through every policy, and what an engine refuses."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from figures.lab.scheduler import metrics
from figures.lab.scheduler.engine import Machine, Record, simulate
from figures.lab.scheduler.pair import Link, simulate_pair
from figures.lab.scheduler.policies import Chunked, Continuous, RequestLevel
from figures.lab.scheduler.state import Plan, Policy, State, Work
from figures.lab.scheduler.workload import Request

# Five requests; at most three run together. A step takes a quarter of a second per position, but at least one second.
#
#   request   arrival   prompt   answer
#   A            0         4        4
#   B            0         8        2
#   C            1         4        3
#   D            4        12        2
#   E            5         4        1
FIVE = [Request(0, 0, 4, 4), Request(1, 0, 8, 2), Request(2, 1, 4, 3), Request(3, 4, 12, 2), Request(4, 5, 4, 1)]
NEEDED = 7 + 9 + 6 + 13 + 4
"""Positions that must be computed: prompt and answer without its last token."""


def second_or_quarters(works: Sequence[Work]) -> float:
    return max(1.0, sum(work.chunk for work in works) / 4)


ONE = Machine(Continuous(3), second_or_quarters)

# When each token comes out, by hand; in the comments, step by step: end of the step ← what it computes.
TRACES: list[tuple[Policy, list[tuple[float, ...]], int]] = [
    # Static: waits for three. 5 ← A4 B8 C4 | 6 ← A B C | 7 ← A b C | 8 ← A b c | nobody else will come:
    # 12 ← D12 E4 | 13 ← D e. Small letters are padding: 1 + 2 + 1 positions.
    (RequestLevel(3), [(5, 6, 7, 8), (5, 6), (5, 6, 7), (12, 13), (12,)], 4),
    # Dynamic with a time-out of 0.5 s: starts at 0.5 with two. 3.5 ← A4 B8 | 4.5 ← A B | 5.5 ← A b | 6.5 ← A b |
    # three wait: 11.5 ← C4 D12 E4 | 12.5 ← C D e | 13.5 ← C d e. Padding: 2 + 1 + 2.
    (RequestLevel(3, 0.5), [(3.5, 4.5, 5.5, 6.5), (3.5, 4.5), (11.5, 12.5, 13.5), (11.5, 12.5), (11.5,)], 5),
    # Continuous, prompts and tokens in one step: 3 ← A4 B8 | 4.5 ← A B C4 | 8 ← A C D12 | 9 ← A C D | 10 ← E4.
    (Continuous(3), [(3, 4.5, 8, 9), (3, 4.5), (4.5, 8, 9), (8, 9), (10,)], 0),
    # Continuous, prompts apart: 3 ← A4 B8 | 4 ← C4 | 5 ← A B C | 8 ← D12 | 9 ← A C D | 10 ← E4 | 11 ← A.
    (Continuous(3, prompts_apart=True), [(3, 5, 9, 11), (3, 5), (4, 5, 9), (8, 9), (10,)], 0),
    # Chunked, six positions a step: 1.5 ← A4 B2 | 3 ← A B5 | 4.5 ← A B1 C4 | 5.5 ← A B C | 7 ← C D5 | 8.5 ← D6 |
    # 9.75 ← D1 E4 | 10.75 ← D.
    (Chunked(3, 6), [(1.5, 3, 4.5, 5.5), (4.5, 5.5), (4.5, 5.5, 7), (9.75, 10.75), (9.75,)], 0),
]


def tokens(records: Sequence[Record]) -> list[tuple[float, ...]]:
    return [record.tokens for record in records]


@pytest.mark.parametrize(("policy", "by_hand", "padding"), TRACES)
def test_five_requests_by_hand(policy: Policy, by_hand: list[tuple[float, ...]], padding: int) -> None:
    run = simulate(FIVE, Machine(policy, second_or_quarters))
    assert tokens(run.records) == by_hand
    assert sum(step.positions for step in run.steps) == NEEDED + padding
    assert metrics.wasted(run.steps, run.records) == padding


def test_five_requests_on_a_pair_by_hand() -> None:
    # Prefill: 3 ← A4 B8 | 4 ← C4 | 7 ← D12 | 8 ← E4. The link sends eight tokens per second, caches in turn:
    # A 3 to 3.5, B to 4.5, C to 5, D 7 to 8.5. Decode: 4.5 ← A | 5.5 ← A B | 6.5 ← A C | 7.5 ← C | 9.5 ← D.
    machine = Machine(Continuous(3), second_or_quarters)
    run = simulate_pair(FIVE, machine, machine, Link(latency=0, bandwidth=8, growth=1))
    assert tokens(run.records) == [(3, 4.5, 5.5, 6.5), (3, 5.5), (4, 6.5, 7.5), (7, 9.5), (8,)]
    assert [record.request for record in run.records] == FIVE
    assert [record.started for record in run.records] == [0, 0, 3, 4, 7]
    assert sum(step.positions for step in run.prefill[0].steps + run.decode[0].steps) == NEEDED


def test_a_small_link_sends_caches_late() -> None:
    # Latency 1 s, 2 tokens/s: A ready at 3, sent in 1 + 4 / 2 s; B is sent after it, in 1 + 8 / 2 s.
    machine = Machine(Continuous(3), second_or_quarters)
    run = simulate_pair(FIVE[:2], machine, machine, Link(latency=1, bandwidth=2, growth=1))
    assert tokens(run.records) == [(3, 7, 8, 9), (3, 12)]


def test_two_prefill_engines_in_turn_by_hand() -> None:
    # A, C, E go to the first: 1 ← A4 | 2 ← C4 | from 5, 6 ← E4. B, D go to the second: 2 ← B8 | from 4, 7 ← D12.
    # Nothing to send. Decode: from 1, 2 ← A | 3 ← A B C | 4 ← A C | from 7, 8 ← D.
    machine = Machine(Continuous(3), second_or_quarters)
    run = simulate_pair(FIVE, machine, machine, lambda tokens: 0, engines=(2, 1))
    assert tokens(run.records) == [(1, 2, 3, 4), (2, 3), (2, 3, 4), (7, 8), (6,)]
    # Two that decode: caches in the order A, B, C, D, so A and C on one, B and D on the other.
    assert tokens(simulate_pair(FIVE, machine, machine, lambda tokens: 0, engines=(2, 2)).records) == tokens(
        run.records
    )
    two = simulate_pair(FIVE, machine, machine, lambda tokens: 0, engines=(2, 2)).decode
    assert [{record.request.number for record in one.records} for one in two] == [{0, 2}, {1, 3}]


@pytest.mark.parametrize("policy", [Continuous(3), Chunked(3, math.inf), Continuous(3, prompts_apart=True)])
def test_preemption_by_hand(policy: Policy) -> None:
    # Ten tokens of cache; A and B have prompts of 4, C comes at 1 with a prompt of 1. 1 ← A4 B4 | no room for C:
    # 2 ← A B, ten are held | B must go, and is next before C, which would fit: 3 ← A | 4 ← A, done |
    # B comes back with its prompt and two tokens: 5 ← B6 C1, done. Five positions of B were computed twice.
    requests = [Request(0, 0, 4, 4), Request(1, 0, 4, 3), Request(2, 1, 1, 1)]
    run = simulate(requests, Machine(policy, lambda works: 1.0, 10))
    assert tokens(run.records) == [(1, 2, 3, 4), (1, 2, 5), (5,)]
    assert [record.preemptions for record in run.records] == [0, 1, 0]
    assert [step.cached for step in run.steps] == [8, 10, 6, 7, 7]
    assert [step.waiting for step in run.steps] == [0, 1, 2, 2, 0]
    assert metrics.wasted(run.steps, run.records) == 5


def test_static_batch_takes_only_what_fits_until_its_longest_answer_ends() -> None:
    # Each alone needs 4 + 3 tokens; two need 14, one more than there is: the second waits for a batch of its own.
    requests = [Request(0, 0, 4, 4), Request(1, 0, 4, 4)]
    run = simulate(requests, Machine(RequestLevel(2), lambda works: 1.0, 13))
    assert tokens(run.records) == [(1, 2, 3, 4), (5, 6, 7, 8)]
    # A short answer beside a long one is computed on, so that it needs as much.
    run = simulate([requests[0], Request(1, 0, 4, 1)], Machine(RequestLevel(2), lambda works: 1.0, 13))
    assert tokens(run.records) == [(1, 2, 3, 4), (5,)]


def test_a_request_that_can_never_fit_is_refused() -> None:
    with pytest.raises(ValueError, match=r"request 3 needs 13 tokens of cache, the engine has 12; shorten the request"):
        simulate(FIVE, Machine(Continuous(3), second_or_quarters, 12))


def test_a_policy_that_waits_for_nothing_is_found_out() -> None:
    class Idle:
        holds_places = False

        def plan(self, state: State) -> Plan:
            return Plan()

    with pytest.raises(RuntimeError, match="leaves 5 requests waiting for nothing"):
        simulate(FIVE, Machine(Idle(), second_or_quarters))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Request(7, 0, 0, 1), "request 7: prompt is 0; expected at least one token"),
        (lambda: Request(7, 0, 1, 0), "request 7: answer is 0; expected at least one token"),
        (lambda: Request(7, -1, 1, 1), "request 7: arrival is -1; expected seconds from 0 on"),
        (lambda: RequestLevel(0), "batch is 0; expected at least 1"),
        (lambda: RequestLevel(1, -1), "timeout is -1; expected seconds, 0 or more"),
        (lambda: Continuous(0), "batch is 0; expected at least 1"),
        (lambda: Chunked(0, 1), "batch is 0; expected at least 1"),
        (
            lambda: simulate_pair(FIVE, ONE, ONE, lambda tokens: 0, (1, 0)),
            r"engines is \(1, 0\); expected at least one that prefills and one that decodes",
        ),
        (lambda: Chunked(8, 7), "budget is 7 positions; expected at least the batch, 8"),
    ],
)
def test_nonsense_is_refused(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=message):
        make()
