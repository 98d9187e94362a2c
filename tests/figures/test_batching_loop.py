"""The small engine: what it emits is what the model says, and it serves as the simulator says that it should."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from figures.lab.scheduler.engine import Machine, simulate
from figures.lab.scheduler.policies import Chunked, Continuous
from figures.lab.scheduler.state import Policy
from figures.lab.scheduler.workload import Request
from figures.measurements import batching_loop
from figures.measurements.batching_loop import APART, BATCH, BUDGET, CHUNKED, Clock
from figures.measurements.decoder import Array
from figures.measurements.random_decoder import Cache, Part, RandomDecoder, Size

MODEL = RandomDecoder(Size(layers=1, width=16, heads=4, kv_heads=2, inner=24, vocabulary=40), np.random.default_rng(1))
REQUESTS = [
    Request(0, 0.0, 90, 5),
    Request(1, 0.5, 7, 3),
    Request(2, 4.0, 70, 4),
    Request(3, 4.0, 8, 1),
    Request(4, 60.0, 3, 6),
]
POLICIES: dict[int, Policy] = {APART: Continuous(BATCH, prompts_apart=True), CHUNKED: Chunked(BATCH, BUDGET)}


class Timed:
    """A model whose steps take a second and a hundredth for every position, by a clock that only it moves."""

    size = MODEL.size

    def __init__(self) -> None:
        self.now = 0.0
        self.parts: list[int] = []

    def step(self, parts: list[Part]) -> Array:
        self.now += 1 + sum(len(tokens) for _, tokens in parts) / 100
        self.parts.append(len(parts))
        return MODEL.step(parts)


def serve(policy: int, requests: list[Request]) -> tuple[list[batching_loop.Served], Timed]:
    model = Timed()
    return batching_loop.serve(model, requests, policy, Clock(lambda: model.now)), model  # type: ignore[arg-type]


@pytest.mark.parametrize("policy", POLICIES)
def test_the_loop_serves_as_the_simulator_does(policy: int) -> None:
    served, _ = serve(policy, REQUESTS)
    machine = Machine(POLICIES[policy], lambda works: 1 + sum(work.chunk for work in works) / 100)
    for one, record in zip(served, simulate(REQUESTS, machine).records, strict=True):
        assert one.times == pytest.approx(record.tokens)


@pytest.mark.parametrize("policy", POLICIES)
def test_answers_are_those_of_the_model_alone(policy: int) -> None:
    served, _ = serve(policy, REQUESTS)
    for one, request in zip(served, REQUESTS, strict=True):
        rng = np.random.default_rng(batching_loop.SEED)
        prompts = [rng.integers(0, MODEL.size.vocabulary, each.prompt) for each in REQUESTS]
        cache, tokens = Cache(MODEL.size, request.need), prompts[request.number]
        for _ in range(request.answer):
            tokens = MODEL.step([(cache, tokens)])[0].argmax(keepdims=True)
        assert one.unread == tokens.tolist()  # the last token, which nothing reads


def test_no_step_has_more_sequences_than_are_allowed() -> None:
    _, model = serve(CHUNKED, [Request(number, 0.0, 2, 9) for number in range(2 * BATCH + 1)])
    assert max(model.parts) == BATCH


def test_idle_time_is_skipped_and_counted() -> None:
    ticks = itertools.count()
    clock = Clock(lambda: next(ticks))
    clock.skip_to(100.0)
    assert clock() == pytest.approx(101.0, abs=2)
    before = clock()
    clock.skip_to(3.0)  # long past
    assert clock() == before + 2  # two looks at the clock
