"""A small engine that batches continuously, on a CPU: what its requests really waited for.

The decoder with random weights serves Poisson requests, first come first served, up to a number of sequences at a
time. Prompts are computed either whole, in steps of their own, or in chunks beside the tokens of the sequences that
decode. Tokens are the most probable ones, and the loop knows nothing of the simulator whose predictions it tests.
Time is that of the clock, without the time in which there is nothing to do.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from figures import paths
from figures.lab.scheduler.workload import Lengths, Request, poisson
from figures.measurements import decoder_steps, harness
from figures.measurements.harness import RefusedError
from figures.measurements.random_decoder import Cache, Part, RandomDecoder

APART, CHUNKED = 1, 2
BATCH, BUDGET = 16, 64
PROMPT, ANSWER = Lengths(96, 0.6), Lengths(24, 0.6)
RATES, COUNT, SEED = (1.0, 1.8), 80, 7
WARM_UP = 3  # steps
TAKEN = 0.03  # of the processor that others may have had
FILE = paths.FIGURES / "batching_report" / "batching_loop.csv"


@dataclass(slots=True)
class Served:
    """A request under way: its cache, what it must still read, and when its tokens came out."""

    request: Request
    cache: Cache
    unread: list[int]
    times: list[float] = field(default_factory=list)

    @property
    def done(self) -> bool:
        """Whether the whole answer is out."""
        return len(self.times) == self.request.answer


class Clock:
    """Seconds since it was made, and those that were skipped."""

    def __init__(self, ticks: Callable[[], float] = time.perf_counter) -> None:
        """Start at 0."""
        self._ticks, self._start = ticks, ticks()

    def __call__(self) -> float:
        """Now."""
        return self._ticks() - self._start

    def skip_to(self, moment: float) -> None:
        """Let nothing happen until then."""
        self._start -= max(0.0, moment - self())


def share_out(running: Sequence[Served], policy: int) -> list[tuple[Served, int]]:
    """Positions that the next step computes of each sequence: none for those that are left out."""
    prompts = [one for one in running if not one.times]
    tokens = [(one, 1) for one in running if one.times]
    if policy == APART:
        return [(one, len(one.unread)) for one in prompts] or tokens
    left = BUDGET - len(tokens)
    chunks = []
    for one in prompts:
        chunk = min(left, len(one.unread))
        left -= chunk
        chunks.append((one, chunk))
    return tokens + [(one, chunk) for one, chunk in chunks if chunk]


def serve(model: RandomDecoder, requests: Sequence[Request], policy: int, clock: Clock) -> list[Served]:
    """Serve ``requests`` under a policy; all of them, in the order of their numbers."""
    rng = np.random.default_rng(SEED)
    waiting = deque(
        Served(one, Cache(model.size, one.need), rng.integers(0, model.size.vocabulary, one.prompt).tolist())
        for one in sorted(requests, key=lambda one: one.arrival)
    )
    running: list[Served] = []
    finished: list[Served] = []
    while waiting or running:
        now = clock()
        while waiting and waiting[0].request.arrival <= now and len(running) < BATCH:
            running.append(waiting.popleft())
        if not running:
            clock.skip_to(waiting[0].request.arrival)
            continue
        shares = share_out(running, policy)
        parts: list[Part] = [(one.cache, np.array(one.unread[:count])) for one, count in shares]
        logits = model.step(parts)
        now = clock()
        for (one, count), row in zip(shares, logits, strict=True):
            del one.unread[:count]
            if not one.unread:
                one.times.append(now)
                one.unread.append(int(row.argmax()))
        finished += [one for one in running if one.done]
        running = [one for one in running if not one.done]
    return sorted(finished, key=lambda one: one.request.number)


def measure(commit: str) -> None:
    """Serve all loads under both policies and write the data file."""
    size = decoder_steps.SIZES[decoder_steps.GQA]
    harness.require_memory(decoder_steps.BYTES * size.parameters + 2 * 2**30)
    model = RandomDecoder(size, np.random.default_rng(2026))
    processor = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {processor})
    for _ in range(WARM_UP):
        model.step([(Cache(size, 8), np.arange(8))])
    rows = []
    for rate in RATES:
        requests = poisson(COUNT, rate, PROMPT, ANSWER, SEED)
        for policy in (APART, CHUNKED):
            taken, start = harness.others_time(processor=processor), time.perf_counter()
            served = serve(model, requests, policy, Clock())
            taken = (harness.others_time(processor=processor) - taken) / (time.perf_counter() - start)
            if taken > TAKEN:
                raise RefusedError(
                    f"too busy: other processes took {taken:.0%} of the processor; stop them and try again"
                )
            rows += [
                {"policy": policy, "rate": rate, "request": one.request.number, "arrival_s": one.request.arrival}
                | {"prompt": one.request.prompt, "answer": one.request.answer}
                | {"first_s": one.times[0], "last_s": one.times[-1]}
                for one in served
            ]
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    harness.write(
        {FILE: rows},
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__} with {blas['name']} {blas['version']}",
        repetitions=1,
        warm_up=WARM_UP,
        statistic="single values: moments of the first and the last token of every request",
        notes={
            "model": "that of figures/measurements/decoder_steps.py with grouped-query attention",
            "workload": f"{COUNT} Poisson requests of seed {SEED}, log-normal lengths, prompts of {PROMPT.mean:g} "
            f"tokens (variation {PROMPT.variation:g}), answers of {ANSWER.mean:g} ({ANSWER.variation:g}); "
            "both policies serve the same requests; rate: requests per second",
            "policies": f"at most {BATCH} sequences; {APART}: whole prompts, in steps of their own, before anything "
            f"else; {CHUNKED}: a token of every decoding sequence, and chunks of prompts up to {BUDGET} positions",
            "time": "of the clock, from the start of a run; time in which no request was there is skipped",
            "others": f"pinned to one processor, of which other processes took at most {TAKEN:.0%}",
        },
        repeated=False,
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
