"""Conversations: their traffic, the fast replay against the cache of blocks, the approximation against the replay."""

from __future__ import annotations

import pytest

from figures.lab.lru_cache import BlockCache
from figures.lab.prefix_workload import BLOCK, Request, Workload, replay, requests

SMALL = Workload(system=40, question=50, answer=30, turns=4, gap=10.0, starts=0.5)
CHAT = Workload(system=512, question=128, answer=384, turns=6, gap=90.0, starts=1.0)


def test_turns_carry_the_conversation_so_far() -> None:
    traffic = requests(SMALL, 30, seed=1)
    assert len(traffic) == 30 * 4
    assert [r.time for r in traffic] == sorted(r.time for r in traffic)
    one = [r for r in traffic if r.conversation == 7]
    assert [(r.prompt, r.after) for r in one] == [(90, 120), (170, 200), (250, 280), (330, 360)]
    assert requests(SMALL, 30, seed=1) == traffic != requests(SMALL, 30, seed=2)


def test_blocks_are_whole_and_only_those_of_the_system_prompt_are_shared() -> None:
    one, other = Request(0, 3, 40, 90, 120), Request(0, 4, 40, 90, 120)
    assert one.blocks(90) == [(-1, 0), (-1, 1), (3, 2), (3, 3), (3, 4)]
    assert set(one.blocks(120)) & set(other.blocks(120)) == {(-1, 0), (-1, 1)}


@pytest.mark.parametrize("capacity", [16, 32, 48, 160, 400, 1000, 5000, 10**6])
def test_the_replay_is_that_of_a_cache_of_blocks(capacity: int) -> None:
    traffic = requests(SMALL, 40, seed=5)
    cache, hit = BlockCache(capacity // BLOCK), 0
    for request in traffic:
        chain = request.blocks(request.after)
        whole = request.prompt // BLOCK
        hit += BLOCK * cache.serve(chain[:whole], chain[whole:])
    assert replay(traffic, capacity) == hit / sum(request.prompt for request in traffic)


def test_more_room_never_hits_less_and_no_room_more_than_the_bound() -> None:
    traffic = requests(SMALL, 60, seed=6)
    rates = [replay(traffic, BLOCK * 2**power) for power in range(14)]
    assert rates == sorted(rates)
    # Without eviction all is found but what was never seen: first system prompt, questions, blocks begun.
    new = sum(r.prompt - (r.after - 80 if r.prompt > 90 else 0) // BLOCK * BLOCK for r in traffic if r.prompt > 90)
    first = sum(r.prompt for r in traffic if r.prompt == 90) - 59 * 2 * BLOCK
    assert rates[-1] == pytest.approx(1 - (new + first) / sum(r.prompt for r in traffic))


def test_means_are_those_of_the_traffic() -> None:
    traffic = requests(CHAT, 10, seed=1)
    assert sum(r.prompt for r in traffic) / len(traffic) == CHAT.prompt == 1920
    ended = [r for r in traffic if r.prompt == 512 + 6 * 128 + 5 * 384]
    assert sum(r.after - 512 for r in ended) / len(traffic) == CHAT.ended
    assert sum(r.after - 512 for r in traffic if r not in ended) / len(traffic) == CHAT.continued
    assert CHAT.rate == 6.0


@pytest.mark.parametrize("capacity", [2**15, 2**18, 2**20, 2**22])
def test_che_for_conversations_is_within_two_points_of_the_replay(capacity: int) -> None:
    traffic = [r for r in requests(CHAT, 3000, seed=3) if r.time < 3000]
    assert replay(traffic, capacity, warm_up=1000) == pytest.approx(CHAT.expected(capacity), abs=0.02)
