"""The LRU cache against a trace by hand and against Che's approximation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.formulas import caching
from figures.lab.lru_cache import BlockCache, characteristic_time


def test_a_trace_by_hand() -> None:
    cache = BlockCache(4)
    assert cache.serve(["s", "a", "b"]) == 0  # least recent first now: b a s
    assert cache.serve(["s", "a", "c"], ["d"]) == 2  # b is evicted: d c a s
    assert cache.serve(["s", "a", "b"]) == 2  # d is evicted: c b a s
    assert cache.serve(["s", "a", "c", "d"]) == 3  # c outlived d, its successor; b is evicted
    assert [block in cache for block in "sabcd"] == [True, True, False, True, True]
    assert cache.hits(["x", "s", "a"]) == 0  # cached blocks behind a miss are of no use
    assert len(cache) == 4


def test_a_request_larger_than_the_cache_keeps_its_start() -> None:
    cache = BlockCache(2)
    cache.serve("abcd")
    assert cache.hits("abcd") == 2


@given(st.integers(1, 12), st.lists(st.tuples(st.integers(0, 3), st.integers(1, 6)), max_size=40))
def test_no_block_outlives_the_one_before_it_and_room_is_kept(capacity: int, traffic: list[tuple[int, int]]) -> None:
    cache, boundless = BlockCache(capacity), BlockCache(10**6)
    used: set[tuple[int, int]] = set()
    for branch, length in traffic:
        chain = [(-1, 0), *((branch, place) for place in range(length))]
        assert cache.serve(chain) <= boundless.serve(chain) <= len(chain)
        used |= set(chain)
        assert len(cache) == min(capacity, len(cache)) and len(boundless) == len(used)
        for number in range(4):
            held = [(number, place) in cache for place in range(6)]
            assert held == sorted(held, reverse=True)


def test_che_on_independent_requests_with_zipf_popularity() -> None:
    """Within one percentage point of a simulation of 60,000 requests, for small and large caches."""
    rng = np.random.default_rng(11)
    popularity = 1 / np.arange(1, 2001) ** 0.8
    rates = list(popularity / popularity.sum())
    trace = rng.choice(len(rates), 80_000, p=rates)
    for capacity in (20, 200, 1000):
        cache = BlockCache(capacity)
        hits = [cache.serve([item]) for item in trace][20_000:]
        expected = caching.hit_rate(rates, characteristic_time(rates, capacity))
        assert np.mean(hits) == pytest.approx(expected, abs=0.01)


def test_the_characteristic_time_fills_the_cache() -> None:
    rates = [5.0, 1.0, 0.2, 0.2, 0.01]
    for capacity in (0.5, 2, 4.9):
        assert caching.occupancy(rates, characteristic_time(rates, capacity)) == pytest.approx(capacity, rel=1e-12)


def test_equal_items_have_a_closed_form() -> None:
    # n (1 − e^{−λ t}) = c, hence t = −ln(1 − c/n) / λ, and the hit rate is c/n.
    time = characteristic_time([0.5] * 10, 4)
    assert time == pytest.approx(-np.log(0.6) / 0.5)
    assert caching.hit_rate([0.5] * 10, time) == pytest.approx(0.4)


@pytest.mark.parametrize("capacity", [0, 3, 4])
def test_a_cache_that_never_evicts_has_no_characteristic_time(capacity: int) -> None:
    with pytest.raises(ValueError, match=f"a cache of {capacity} items of 3 has no characteristic time"):
        characteristic_time([1.0, 1.0, 1.0], capacity)


def test_a_cache_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="capacity is 0; a cache holds at least one block"):
        BlockCache(0)
