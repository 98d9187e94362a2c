"""The exercises and the worked example of the article on mixtures of experts, by hand arithmetic."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from figures.results import load

RESULTS = load("mixture_of_experts")


def value(name: str) -> float:
    return RESULTS[name].value


def untouched(share: float, tokens: int) -> float:
    """Probability that an expert is not touched, token by token."""
    left = 1.0
    for _ in range(tokens):
        left -= left * share
    return left


def test_exercise_total_and_active() -> None:
    expert = 3 * 4096 * 14_336
    assert value("ex_count_expert") == expert
    assert value("ex_count_total") == 1.6e9 + 32 * 8 * expert
    assert value("ex_count_active_total") == 1.6e9 + 32 * 2 * expert
    assert round(value("ex_count_total") / 1e9) == 47
    assert round(value("ex_count_active_total") / 1e9) == 13


def test_exercise_a_loss_below_its_minimum() -> None:
    assert value("ex_order_loss") == pytest.approx(3 * (0.5 * 0.3 + 0.3 * 0.3 + 0.2 * 0.4))
    deviations = [0.5 - 1 / 3, 0.3 - 1 / 3, 0.2 - 1 / 3]
    assert value("ex_order_variation") == pytest.approx(sum(d * d for d in deviations) / 3 / (1 / 3) ** 2)


def test_example_of_a_loss_below_one() -> None:
    first = 0.6 * 0.51 + 0.4 * 0.36
    assert first == pytest.approx(0.45)
    assert value("order_loss") == pytest.approx(2 * (0.6 * first + 0.4 * (1 - first)))


def test_exercise_touched_experts_and_saturation() -> None:
    assert value("ex_touched") == pytest.approx(128 * (1 - untouched(4 / 128, 32)))
    tokens = value("ex_touched_saturation")
    assert untouched(4 / 128, math.floor(tokens)) > 0.05 > untouched(4 / 128, math.ceil(tokens))
    assert value("v3_saturation") == pytest.approx(tokens)


def test_exercise_skew_touches_less() -> None:
    assert value("ex_skew_hot_touched") == pytest.approx(32 * (1 - untouched(4 / 32, 64)))
    assert value("ex_skew_cold_touched") == pytest.approx(224 * (1 - untouched(4 / 224, 64)))
    assert value("ex_skew_hot_touched") + value("ex_skew_cold_touched") < value("v3_touched_64")


def test_exercise_how_much_capacity_is_enough() -> None:
    share, tokens, places = 8 / 256, 8192, math.ceil(1.1 * 256)
    assert value("ex_capacity_places") == places
    chance, excess = untouched(share, tokens), 0.0
    for load_of_one in range(tokens):  # from one load to the next by the ratio of binomial terms
        excess += max(0, load_of_one - places) * chance
        chance *= (tokens - load_of_one) / (load_of_one + 1) * share / (1 - share)
    assert value("ex_capacity_dropped") == pytest.approx(excess / (tokens * share), rel=1e-6)


def test_exercise_the_update_of_a_bias() -> None:
    loads = [4, 3, 1, 0]
    even = sum(loads) / len(loads)
    assert value("ex_bias_violation") == max(loads) / even - 1
    assert value("ex_bias_balancedness") == even / max(loads)


def test_exercise_a_link_that_disappears() -> None:
    width = 4096  # cancels
    operations, exchanged = 6 * width * 1536, width * (1 + 2)
    assert value("ex_link_bandwidth") == pytest.approx(400e12 / operations * exchanged)
    assert value("ex_link_bandwidth_wide") == pytest.approx(value("ex_link_bandwidth") / 2)


def test_exercise_experts_or_tensors() -> None:
    def sent(gpus: int, active: int, width: float) -> tuple[float, float]:
        """Bytes that one GPU sends per token of its own: by exchanges, by an all-reduce over the tokens of all."""
        away = (gpus - 1) / gpus
        return active * away * width * 3, 2 * away * 1 * 2 * gpus

    for gpus in range(2, 40):
        exchange, reduce = sent(gpus, 16, 1)
        assert (exchange < reduce) == (gpus > value("ex_eptp"))
        exchange, reduce = sent(gpus, 16, 0.5)
        assert (exchange < reduce) == (gpus > value("ex_eptp_latent"))
        exchange, reduce = sent(gpus, 8, 1)
        assert (exchange < reduce) == (gpus > value("ep_over_tp"))


def test_exercise_one_user_on_a_desktop() -> None:
    read = 48 * 8 * 3 * 2048 * 768 * 4.25 / 8
    assert value("ex_cpu_bytes") == pytest.approx(read)
    assert value("ex_cpu_rate") == pytest.approx(200e9 / read)
    assert value("ex_cpu_touched") == pytest.approx(128 * (1 - untouched(8 / 128, 4)))
    assert value("ex_cpu_growth") == pytest.approx(value("ex_cpu_touched") / 8)


def test_exercise_serve_qwen3_235b_on_sixteen_gpus() -> None:
    expert = 3 * 4096 * 1536
    attention = 4096 * 128 * (2 * 64 + 2 * 4)
    fixed = 94 * (attention + 4096 * 128) + 151_936 * 4096  # attention, routers, output layer
    cache = 94 * 2 * 4 * 128 * 2 * 8192
    room = 16 * (0.9 * 80e9 - 3e9) - 94 * 128 * expert - 16 * fixed
    sequences = math.floor(room / cache)
    assert value("ex_design_fixed") == pytest.approx(fixed, rel=1e-3)
    assert value("ex_design_experts") == 94 * 128 * expert
    assert value("ex_design_cache") == cache
    assert value("ex_design_sequences") == sequences
    assert value("ex_design_critical") == pytest.approx(1979 / 3.35 / 2 * 16, rel=1e-3)
    per_gpu = 94 * 8 * expert + fixed + sequences * cache / 16
    assert value("ex_design_step") == pytest.approx(per_gpu / 3.35e12, rel=1e-3)
    assert sequences * cache / 16 > per_gpu / 2


def test_worked_example_on_one_node() -> None:
    expert = 3 * 7168 * 2048
    caches = 64 * 61 * 576 * 2 * 2000
    touched = 256 * (1 - untouched(8 / 256, 64))
    assert value("v3_caches_64") == caches
    assert value("node_step_64") == pytest.approx(
        (value("v3_fixed") + 58 * touched * expert + caches) / (8 * 4.8e12), rel=1e-6
    )
    assert value("node_rate_64") == pytest.approx(64 / value("node_step_64"))


def test_worked_example_on_nine_nodes() -> None:
    read = value("v3_fixed") + 58 * 4 * 3 * 7168 * 2048 + 256 * 61 * 576 * 2 * 2000
    assert value("ep_traffic") == pytest.approx(read)
    dispatch = 256 * 8 * 7168 * (1 + 4 / 128) / 43e9
    combine = 256 * 8 * 7168 * 2 / 46e9
    assert value("ep_communication_time") == pytest.approx(58 * (dispatch + combine))
    assert value("ep_serial_time") == pytest.approx(read / 3.35e12 + 58 * (dispatch + combine))
    assert value("ep_published_step") == pytest.approx(8 * 256 / 22_282)


def test_valley_between_mixture_and_dense_model() -> None:
    expert, fixed = 3 * 4096 * 1536, value("ex_design_fixed")
    at = value("valley_low")
    assert fixed + 94 * 128 * (1 - (120 / 128) ** at) * expert == pytest.approx(32e9)
    everything = fixed + 94 * 128 * expert + 151_936 * 4096  # with the input embedding
    assert everything / 3.35e12 == pytest.approx(2 * 32e9 * value("valley_high") / 1979e12, rel=1e-6)


def test_combinations_in_the_text() -> None:
    assert value("combinations_coarse") == sum(1 for _ in combinations(range(16), 2))
    assert value("combinations_fine") == math.comb(64, 8)
    assert 1 - math.comb(31, 3) / math.comb(32, 4) == pytest.approx(0.875)


def test_worked_example_without_overlap() -> None:
    step = 8 * 256 / 22_282
    assert value("ep_plain_step") == pytest.approx(1.255 * step)
    copies = 256 * 8 * 7168
    exchange = 58 * copies * (1.03125 / 43e9 + 2 / 46e9)
    assert value("ep_explained") == pytest.approx((value("ep_memory_time") + exchange) / (1.255 * step))
    # NVIDIA's own times for 256 tokens in BF16 on 64 GPUs: 65.3 and 62.9 microseconds.
    published = 58 * (65.3e-6 * 1.03125 / 2 + 62.9e-6)
    assert value("nvl_communication_time") == pytest.approx(published, rel=1e-3)


def test_fixed_part_on_every_gpu() -> None:
    assert value("node_fixed_step") == pytest.approx(value("v3_fixed") / 4.8e12)
    assert value("node_growth_256") == pytest.approx(value("node_step_256") / value("node_step_64") - 1)


def test_exercise_a_measurement_above_its_bound() -> None:
    assert value("ex_bound_rate") == pytest.approx(800 / 7.2)
    experts = 24 * 4 * 3 * 2880 * 2880
    others = 3.61e9 - experts  # the active count that OpenAI prints, without the input embedding
    traffic = 2 * others + 4.25 / 8 * experts
    assert value("ex_bound_bytes") == pytest.approx(traffic, rel=2e-3)
    assert value("ex_bound_rate_fp4") == pytest.approx(800e9 / traffic, rel=2e-3)
    assert value("ex_bound_rate") < 115 < value("ex_bound_rate_fp4")
