"""Requests that share prefixes: conversations that come back, turn after turn, with all that was said before.

Conversations start as a Poisson process and all have the same number of turns and the same lengths of question and
answer; from one turn to the next passes an exponentially distributed time. Every prompt is the system prompt and the
whole conversation so far.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures.formulas import caching

BLOCK = 16
"""Tokens of a block; only whole blocks are cached."""

Block = tuple[int, int]
"""Conversation and place of the block in it."""

SHARED = -1
"""The system prompt counts as a conversation of this number."""


@dataclass(frozen=True, slots=True)
class Workload:
    """Conversations of one kind; lengths in tokens, mean times in seconds.

    Attributes:
        system: the prompt that all conversations start with.
        question: what each turn adds to the prompt: a message, or the result of a tool.
        answer: what the model answers to each turn.
        turns: requests of one conversation.
        gap: from one turn of a conversation to the next.
        starts: conversations that start per second.
    """

    system: int
    question: int
    answer: int
    turns: int
    gap: float
    starts: float

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.starts * self.turns

    @property
    def prompt(self) -> float:
        """Mean tokens of a prompt: request k of a conversation has k questions and k − 1 answers."""
        return self.system + (self.turns + 1) / 2 * self.question + (self.turns - 1) / 2 * self.answer

    @property
    def continued(self) -> float:
        """Tokens of a conversation after a turn that another follows, summed over such turns, per request."""
        return (self.turns - 1) / 2 * (self.question + self.answer)

    @property
    def ended(self) -> float:
        """Tokens of a conversation after its last turn, per request."""
        return float(self.question + self.answer)

    def occupancy(self, time: float) -> float:
        """Tokens in a cache that keeps what was used within ``time``."""
        return caching.session_occupancy(self.system, self.rate, self.continued, self.ended, self.gap, time)

    def hit_rate(self, time: float) -> float:
        """Token hit rate of such a cache."""
        return caching.session_hit_rate(self.system, self.continued, self.prompt, self.gap, time)

    def expected(self, capacity: float) -> float:
        """Token hit rate of a cache of ``capacity`` tokens, larger than the system prompt, by Che's approximation."""
        low, high = 0.0, 1.0
        while self.occupancy(high) < capacity:
            high *= 2
        while (middle := (low + high) / 2) not in (low, high):
            low, high = (middle, high) if self.occupancy(middle) < capacity else (low, middle)
        return self.hit_rate(high)


@dataclass(frozen=True, slots=True)
class Request:
    """One turn: tokens of its prompt and, with the answer, of the conversation after it."""

    time: float
    conversation: int
    system: int
    prompt: int
    after: int

    def blocks(self, tokens: int) -> list[Block]:
        """Whole blocks of the first ``tokens``; those within the system prompt are the same for all."""
        shared = self.system // BLOCK
        return [(SHARED if place < shared else self.conversation, place) for place in range(tokens // BLOCK)]


def requests(workload: Workload, conversations: int, seed: int) -> list[Request]:
    """All turns of ``conversations``, in the order in which they arrive."""
    rng = np.random.default_rng(seed)
    starts = np.cumsum(rng.exponential(1 / workload.starts, conversations))
    found = []
    for number, start in enumerate(starts):
        times = start + np.cumsum([0.0, *rng.exponential(workload.gap, workload.turns - 1)])
        after = workload.system
        for time in times:
            prompt = after + workload.question
            after = prompt + workload.answer
            found.append(Request(float(time), number, workload.system, prompt, after))
    return sorted(found, key=lambda request: (request.time, request.conversation))


def replay(traffic: Sequence[Request], capacity: int, warm_up: float = 0.0) -> float:
    """Token hit rate of an LRU cache of ``capacity`` tokens: cached prompt tokens over prompt tokens.

    The blocks of one conversation are used together and evicted from the end, so that a count per conversation
    says which are held; the result is that of :class:`figures.lab.lru_cache.BlockCache`, a hundred times faster.
    Requests before ``warm_up`` seconds fill the cache and are not counted.
    """
    room = capacity // BLOCK
    held: OrderedDict[int, int] = OrderedDict()  # conversation → blocks, least recent first
    total = hit = asked = 0
    for request in traffic:
        shared = request.system // BLOCK
        found = min(held.get(SHARED, 0), request.prompt // BLOCK)
        if found == shared:
            found += min(held.get(request.conversation, 0), request.prompt // BLOCK - shared)
        if request.time >= warm_up:
            hit += found * BLOCK
            asked += request.prompt
        for chain, blocks in ((request.conversation, request.after // BLOCK - shared), (SHARED, shared)):
            total += blocks - held.get(chain, 0)
            held[chain] = blocks
            held.move_to_end(chain)
        while total > room:
            oldest = next(iter(held))
            excess = min(total - room, held[oldest])
            total -= excess
            held[oldest] -= excess
            if not held[oldest]:
                del held[oldest]
    return hit / asked
