"""The answers to the exercises on the memory hierarchy, calculated without the formulas, and the worked numbers."""

from __future__ import annotations

import math

import pytest

from figures import results
from figures.lab.prefetch import makespan, schedule
from figures.units import convert

FOUND = results.load("memory_hierarchy_and_offloading")


def value(name: str, unit: str = "") -> float:
    """A result in a unit; in its own without one."""
    found = FOUND[name]
    return convert(found.value, found.unit, unit or found.unit)


def test_requests_in_flight_of_a_drive() -> None:
    waiting = 14e9 * 60e-6  # bytes asked for during one latency
    assert value("ex_flight_small") == pytest.approx(waiting / 4096)
    assert value("ex_flight_large") == pytest.approx(waiting / (128 * 1024))
    assert math.ceil(value("ex_flight_large")) == 7


def test_a_model_of_405_billion_on_one_gh200() -> None:
    outside = 405e9 - 88e9
    assert value("ex_gh_share") == pytest.approx(outside / 405e9)
    # The stream takes longer than reading 405 GB at 4 TB/s (0.10 s) and than the arithmetic of one token.
    assert value("ex_gh_step", "s") == pytest.approx(outside / 378e9)
    assert value("ex_gh_rate") == pytest.approx(378e9 / outside)
    # The batch whose operations at half of 1,979 TFLOP/s take as long.
    assert value("ex_gh_hidden") == pytest.approx(outside / 378e9 * 0.5 * 1979e12 / (2 * 405e9))


def test_two_buffers_by_the_simulator() -> None:
    steps = [(0.016, 0.010)] * 80
    assert value("ex_double_single", "s") == pytest.approx(makespan(schedule(steps, 1)))
    assert value("ex_double_two", "s") == pytest.approx(makespan(schedule(steps, 2)))
    assert value("ex_double_gain") == pytest.approx(2.08 / 1.29)
    assert value("ex_double_batch") == pytest.approx(1.6)


def test_energy_of_a_token() -> None:
    moving = 16e9 * 8 * 3.92e-12
    computing = 2 * 8e9 * 0.75e-12
    assert value("ex_energy_one", "J") == pytest.approx(moving + computing)
    assert value("ex_energy_batch", "J") == pytest.approx(moving / 64 + computing)


def test_pages_on_two_memories() -> None:
    assert value("ex_interleave_share") == pytest.approx(63 / 370.2)
    assert value("ex_interleave_gain") == pytest.approx(370.2 / 307.2)
    assert value("ex_interleave_half", "GB/s") == pytest.approx(126)


def test_hits_that_hide_the_experts() -> None:
    asked = 58 * 8 * 44e6
    assert value("ex_hit_needed") == pytest.approx(1 - 55e9 * 0.025 / asked)
    assert value("ex_hit_room", "GB") == pytest.approx(0.93265 * 58 * 256 * 3 * 7168 * 2048 / 1e9, rel=1e-4)


def test_bandwidth_for_training() -> None:
    # Nine seconds of computing for one of moving: 8 operations per parameter and token against 8 bytes.
    rate = 0.5 * 989e12
    assert value("ex_training_bandwidth", "GB/s") == pytest.approx(9 * rate / 8192 / 1e9)
    tokens = value("ex_training_tokens")
    assert 8 * tokens / rate == pytest.approx(9 * 8 / 55e9)


def test_a_cold_start_of_a_trillion_parameters() -> None:
    assert value("ex_cold_staged", "s") == pytest.approx(80 + 1000 / 11 + 1000 / 27)
    assert value("ex_cold_pipelined", "s") == pytest.approx(1000 / 11)
    assert value("ex_cold_ratio") == pytest.approx((80 + 1000 / 11 + 1000 / 27) * 11 / 1000)


def test_a_trillion_parameters_in_sram() -> None:
    assert value("ex_lpu_count") == 1000
    assert value("ex_lpu_rate") == pytest.approx(1 / (1000 * (0.5e9 / 150e12 + 1e-6)))


def test_the_worked_example() -> None:
    """Llama 3.1 70B in BF16 on one H100 with 72 GB for weights."""
    assert value("offloaded_70b") == pytest.approx(68 / 140)
    assert value("pcie_step_70b", "s") == pytest.approx(68e9 / 55e9)
    assert value("c2c_step_70b", "s") == pytest.approx(68e9 / 378e9)
    assert value("waiting_step_70b", "s") == pytest.approx(68e9 / 55e9 + 140e9 / 3.35e12)
    assert value("local_step_70b", "s") == pytest.approx(72e9 / 3.35e12 + 68e9 / 460e9)
    # Operations of so many tokens at half of 989 TFLOP/s take as long as the stream.
    assert value("hidden_batch_pcie") * 2 * 70e9 / (0.5 * 989e12) == pytest.approx(68 / 55)


def test_copies_over_pcie_match_the_published_table() -> None:
    """RRZE's table for a V100 prints hundredths of a millisecond."""
    assert value("memcpy_64k", "ms") == pytest.approx(0.04, abs=0.01)
    assert value("memcpy_1m", "ms") == pytest.approx(0.11, abs=0.005)
    assert value("memcpy_16m", "ms") == pytest.approx(1.38, abs=0.01)


def test_shares_of_bounds_by_hand() -> None:
    """Published rates over bytes and bandwidths as the sources print them."""
    for name, rate, bandwidth in (
        ("zero_share_gen4", 7, 10),
        ("zero_share_gen5", 17, 27),
        ("zero_share_gen5x8", 26, 48),
    ):
        assert value(name) == pytest.approx(rate / (96 * bandwidth / 140))
    crossing = 21.38 * 2**30 * 540 / 684
    assert value("glm_ratio") == pytest.approx(20.31 * crossing / 378e9)
    assert value("glm_ratio_two") == pytest.approx(20.31 * crossing / 756e9)
    token = 8 * 58 * 3 * 7168 * 2048 * 4.5 / 8
    assert value("kt_share") == pytest.approx(8.73 * token / 307.2e9)
    assert value("kt_share_two") == pytest.approx(12.208 * token / 614.4e9, rel=1e-3)


def test_flexgen_by_hand() -> None:
    cache = 256 * 528 * 2 * 96 * 12288 * 2  # keys and values of 96 layers in 16 bits
    assert value("flexgen_cache", "B") == pytest.approx(cache)
    assert value("flexgen_weights_only") == pytest.approx(256 / (162.5e9 / 2e9))
    assert value("flexgen_bound") == pytest.approx(256 / ((162.5e9 + cache) / 2e9))
    assert value("flexgen_ratio") == pytest.approx(0.83 / value("flexgen_bound"))
    small = 144 * 528 * 2 * 48 * 7168 * 2
    assert value("flexgen30_rate", "B/s") == pytest.approx(small / (144 / 11.52))


def test_ways_to_decode_the_night() -> None:
    cache = 8448 * 2 * 126 * 8 * 128
    for name, gpus, room, weights, share, fast, slow in (
        ("stream", 4, 72e9, 405e9, 1, 3.35e12, 55e9),
        ("half", 4, 72e9, 405e9, 0.5, 3.35e12, 55e9),
        ("c2c", 4, 88e9, 405e9, 1, 4.0e12, 378e9),
        ("bits", 4, 72e9, 405e9 * 4.25 / 8, 0, 3.35e12, 55e9),
        ("eight", 8, 72e9, 405e9, 0, 3.35e12, 55e9),
    ):
        batch = int((gpus * room - (1 - share) * weights) // cache)
        step = max((weights + batch * cache) / (gpus * fast), share * weights / (gpus * slow))
        assert value(f"we_{name}_batch") == batch
        assert value(f"we_{name}_step", "s") == pytest.approx(step)
        assert value(f"we_{name}_hours", "h") == pytest.approx(10_000 * 512 * step / batch / 3600)


def test_all_weights_streamed_is_best_for_throughput() -> None:
    """By trying shares, for the night's model: throughput rises with what is streamed, and as the equation says."""
    room, weights, cache, slow = 288e9, 405e9, 2.18e9, 220e9
    rates = []
    for share in (0.3, 0.5, 0.7, 0.9, 1.0):
        batch = (room - (1 - share) * weights) / cache
        rates.append(batch / max((weights + batch * cache) / 13.4e12, share * weights / slow))
        assert rates[-1] == pytest.approx(slow / cache * (1 - (weights - room) / (share * weights)))
    assert rates == sorted(rates)


def test_new_tokens_that_hide_a_load() -> None:
    prefix, new = 131_072, round(value("hiding_tokens_131k"))
    work = sum(2 * 70e9 + 4 * 80 * 64 * 128 * (prefix + k) for k in range(1, new + 1))
    assert work / (4 * 0.5 * 989e12) == pytest.approx(prefix * 327_680 / 55e9, rel=1e-3)


def test_a_token_through_chips_of_sram() -> None:
    assert value("lpu_count") == pytest.approx(70 / 0.5)
    assert value("lpu_rate") == pytest.approx(1 / (70 / 0.5 * (0.5e9 / 150e12 + 1e-6)))


def test_cached_attention_publishes_the_same_load() -> None:
    assert value("ca_load", "ms") == pytest.approx(192, abs=0.5)


def test_the_measured_step_is_within_a_quarter_of_the_prediction() -> None:
    assert 0.75 < value("step_ratio") < 1.25


def test_a_cache_of_experts_is_predicted_by_che() -> None:
    assert value("cache_hit_zipf") == pytest.approx(value("cache_che_zipf"), abs=0.03)
    assert value("cache_hit_even") == pytest.approx(16 / 256, abs=0.002)
    assert value("cache_hit_zipf") < value("cache_pinned_zipf")


def test_what_a_host_gets_below_its_peak() -> None:
    assert value("local_step_reached", "s") == pytest.approx(72e9 / 3.35e12 + 68e9 / 368e9)
    assert value("local_over_pcie_reached") == pytest.approx((68 / 55) / (72 / 3350 + 68 / 368))
    assert value("grace_memory_share") == pytest.approx(348 / 546)


def test_bytes_in_flight_of_caches_and_copies() -> None:
    assert value("in_flight_words", "B") == 132 * 2048 * 8
    assert value("in_flight_sram", "B") == pytest.approx(132 * 128 * 32, rel=0.005)  # 128 B per cycle, 32 cycles
    assert value("copy_2mb", "B/s") == pytest.approx(2e6 / (27e-6 + 2e6 / 55e9))
    assert value("sweep_b300", "ms") == pytest.approx(36)


def test_scores_that_flash_attention_does_not_write() -> None:
    assert value("scores_head", "B") == 131_072**2 * 2
    assert value("scores_cache", "B") == 2 * 131_072 * 128 * 2
    assert value("v3_expert_time", "s") == pytest.approx(3 * 7168 * 2048 / 3.35e12)


def test_drive_by_its_specifications() -> None:
    assert value("sweep_ssd", "min") == pytest.approx(25_600 / 14 / 60)
    assert value("nvme_energy", "pJ/bit") == pytest.approx(18 / 14e9 / 8 * 1e12)
    assert value("energy_token_nvme", "J") == pytest.approx(140 / 14 * 18)


def test_published_figures_that_do_not_agree() -> None:
    assert value("segment_pull", "ms") == pytest.approx(24 * 2**30 / 194e9 * 1e3)
    assert value("mi355x_share") == pytest.approx(1565 / 2500)
    assert value("words_allowed", "TB/s") == pytest.approx(132 * 2048 * 8 / 141.4e-9 / 1e12, rel=0.01)
