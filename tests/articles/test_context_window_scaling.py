"""The exercises and the worked example of the article on context windows, by hand arithmetic."""

from __future__ import annotations

import math

import pytest

from figures import data
from figures.data import Datum
from figures.results import load

RESULTS = load("context_window_scaling")


def value(name: str) -> float:
    return RESULTS[name].value


def test_exercise_pairs_that_never_turned() -> None:
    assert value("ex_slow") == sum(2 * math.pi * 10_000 ** (i / 64) > 2048 for i in range(64)) == 23
    assert value("ex_turning") == pytest.approx(64 * math.log(2048 / (2 * math.pi)) / math.log(10_000))
    assert value("ex_ntk") == pytest.approx(10_000 * 4 ** (64 / 63))


def test_exercise_the_factor_and_its_square() -> None:
    assert value("ex_factor") == pytest.approx(1 + 0.1 * math.log(16))
    assert value("ex_logit") == pytest.approx((1 + 0.1 * math.log(16)) ** 2)


def test_exercise_where_attention_overtakes() -> None:
    assert value("ex_crossover") == pytest.approx(14e9 / (40 * 40 * 2 * 128))
    pairs = 131_072 * 131_073 / 2
    attention = pairs * 40 * 40 * 4 * 128
    assert value("ex_share") == pytest.approx(attention / (attention + 2 * 14e9 * 131_072))


def test_exercise_a_state_as_a_window() -> None:
    state = 36 * 32 * 128 * 128 * 4
    assert value("ex_next_tokens") == state / (12 * 2 * 2 * 256 * 2) == 3072
    assert value("ex_next_window") == state / (36 * 2 * 2 * 256 * 2) == 1024


def test_exercise_the_index_of_a_smaller_cache() -> None:
    assert value("ex_index_crossing") == 2048 * 576 / 128 == 9216


def test_exercise_a_ring_over_a_slow_link() -> None:
    assert value("ex_block_plain") == pytest.approx(312e12 / 25e9)
    assert value("ex_block_grouped") == pytest.approx(312e12 / 25e9 * 8 / 64 * 2)


def test_exercise_two_rules_for_one_row() -> None:
    scores = dict(zip((4, 8, 16, 32, 64, 128), (96.3, 96.0, 91.8, 91.2, 82.1, 77.4), strict=True))
    assert value("ex_ruler") == 1024 * max(size for size, score in scores.items() if score > 85.6)
    assert value("ex_relative") == 1024 * max(size for size, score in scores.items() if score > 0.85 * 96.3)
    assert value("ex_threshold") == pytest.approx(0.85 * 0.963)


def test_exercise_whole_or_retrieved() -> None:
    each = 100 * 1.0 + 300 * 1.7
    assert value("ex_break_even") == 50_000
    assert value("ex_whole") == pytest.approx((100_000 + 9 * 100_000 * 0.1 + 10 * each) / 1e6)
    assert value("ex_retrieval") == pytest.approx((100_000 * 0.02 + 10 * (5000 + each)) / 1e6)


def test_exercise_what_a_state_can_hold() -> None:
    assert value("ex_exact") == 36 * 32 * 128
    assert value("ex_noise") == pytest.approx(math.sqrt(63 / 128))


def test_worked_example() -> None:
    length, weights = 131_072, 140e9
    attention = length * (length + 1) / 2 * 80 * 64 * 128 * 4
    operations = 2 * 70e9 * length + attention
    assert value("work_operations") == pytest.approx(operations)
    assert value("work_attention_share") == pytest.approx(attention / operations)
    assert value("work_prefill") == pytest.approx(operations / (8 * 989e12 * 0.5))
    cache = 80 * 2 * 8 * 128 * 2 * length
    users = math.floor((8 * (0.9 * 80e9 - 3e9) - weights) / cache)
    assert value("work_users") == users
    assert value("work_step") == pytest.approx((weights + users * cache) / (8 * 3.35e12))


def test_a_published_prefill_of_a_million_tokens() -> None:
    operations = 2 * 405e9 * 1e6 + 1e6 * (1e6 + 1) / 2 * 126 * 128 * 128 * 4
    assert value("cp_operations") == pytest.approx(operations)
    assert value("cp_rate") == pytest.approx(operations / 128 / 77)


def test_heads_are_exchanged_for_less_only_on_more_gpus_than_heads_allow() -> None:
    keys, queries = 504 * 2**30, 126 * 128 * 128 * 2 * 2**20
    assert value("ring_traffic") == pytest.approx(7 / 8 * keys)
    assert value("exchange_traffic") == pytest.approx(7 / 64 * (keys + 2 * queries))
    assert 1 + 2 * queries / keys == 1 + 128 / 8  # GPUs from which the exchange sends less


def test_only_rows_by_the_authors_of_a_model_contradict_the_rule_of_ruler() -> None:
    sizes = {f"at_{size}k": 1024 * size for size in (4, 8, 16, 32, 64, 128)}
    contradicted = []
    entries = {key: entry for key, entry in data.load("effective_lengths").items() if entry["benchmark"] == "RULER"}
    for key, entry in entries.items():
        scores = {sizes[name]: datum.value for name in sizes if isinstance(datum := entry.get(name), Datum)}
        effective = max((size for size, score in scores.items() if score > 85.6), default=0)
        stated = entry["stated"]
        assert isinstance(stated, Datum)
        if effective != stated.value:
            contradicted.append(key)
            assert entry["runs"] == "author"
    assert len(entries) == 44
    assert len(contradicted) == 6
