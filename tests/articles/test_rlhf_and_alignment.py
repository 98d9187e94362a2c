"""The exercises and the worked example of the article on RLHF and alignment, by hand arithmetic."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.results import load

RESULTS = load("rlhf_and_alignment")


def value(name: str) -> float:
    return RESULTS[name].value


def test_ceiling_of_a_reward_model() -> None:
    preferred = value("accuracy_most")
    assert preferred**2 + (1 - preferred) ** 2 == pytest.approx(0.726)
    assert value("nat_preferred") == pytest.approx(math.e / (1 + math.e))
    assert value("nat_points") == pytest.approx(400 / math.log(10))


def test_best_of_eight() -> None:
    assert value("ex_kl") == pytest.approx(math.log(8) - 7 / 8)
    assert value("ex_win") == pytest.approx(8 / 9)
    largest = float(np.random.default_rng(1).normal(size=(400_000, 8)).max(axis=1).mean())
    assert value("ex_proxy") == pytest.approx(largest, abs=0.004)
    assert value("ex_gold") == pytest.approx(0.7 * largest, abs=0.003)


def test_best_of_sixteen() -> None:
    assert value("bon_sixteen") == pytest.approx(math.log(16) - 15 / 16)
    assert value("near_optimal") == pytest.approx(value("gain_sixteen") / math.sqrt(2 * value("bon_sixteen")))
    assert value("capped") == pytest.approx(math.log(10))


def test_a_small_penalty() -> None:
    assert value("ex_worse") == pytest.approx(1 / (math.exp(10) + 1))
    assert value("ex_value") == pytest.approx(0.1 * math.log((math.exp(10) + 1) / 2))


def test_groups() -> None:
    assert value("ex_useful") == pytest.approx(1 - 0.98**16 - 0.02**16)
    assert value("ex_enough") > 0.5 > 1 - 0.98**34 - 0.02**34
    rewards = np.array([1.0] + [0.0] * 7)
    standard = (rewards - rewards.mean()) / rewards.std()
    assert [value("ex_right"), value("ex_wrong")] == pytest.approx([standard[0], standard[1]])
    assert value("weight_ratio") == pytest.approx(0.5 / math.sqrt(0.05 * 0.95))


def test_batches_for_a_rare_token() -> None:
    assert 0.02 * 1.2**17 < 0.5 <= 0.02 * 1.2**18
    assert 0.02 * 1.28**13 < 0.5 <= 0.02 * 1.28**14


def test_roles() -> None:
    assert value("ex_ppo") == pytest.approx(8e9 * (18 + 18 + 2 + 2))
    assert value("ex_grpo") == pytest.approx(8e9 * 18)


def test_pipeline_by_search() -> None:
    splits = np.linspace(0.001, 0.999, 400_000)
    assert value("ex_turn") == 360
    assert value("ex_off") == pytest.approx(float(np.maximum(60 / splits + 180, 120 / (1 - splits)).min()), rel=1e-5)
    assert value("ex_flow") == pytest.approx(float(np.maximum(60 / splits, 120 / (1 - splits)).min()), rel=1e-5)
    assert value("ex_split") == pytest.approx(1 / 3)
    assert value("ex_lag") == 8


def test_ratios_and_verifiers() -> None:
    assert math.exp(-(0.01**2) * value("ex_tokens")) == pytest.approx(0.5)
    # A thousand answers, 100 right: 80 of them and 45 wrong ones pass.
    assert value("ex_accepted") == pytest.approx(125 / 1000)
    assert value("ex_precision") == pytest.approx(80 / 125)
    assert value("ex_signal") == pytest.approx(0.75)


def test_worked_example() -> None:
    assert value("tokens") == 16 * 32 * 5698
    assert value("rate") == pytest.approx(58.9, rel=0.03)  # as printed, a mean over five steps
    assert value("total") == pytest.approx(235e9, rel=0.001)
    # A decode step: nearly all experts' weights and 45 caches, over 16 memories.
    cache = 94 * 1024 * 2 * (5698 * 1.25 / 2)
    experts = 128 * (1 - (1 - 8 / 128) ** 45)
    always = value("active") - 94 * 8 * 3 * 4096 * 1536
    weights = 2 * (always + 94 * experts * 3 * 4096 * 1536)
    assert value("step_128") == pytest.approx((weights + 45 * cache) / (16 * 3.35e12), rel=1e-3)
    assert value("generation_128") == pytest.approx(8192 * value("step_128"))
    assert value("training") == pytest.approx(8 * value("active") * value("tokens") / (128 * 0.2 * 989e12))
    assert value("undivided") == pytest.approx(229)
    assert value("step_gpu_time") == pytest.approx(128 * 395)


def test_published_shares() -> None:
    assert value("generation_share_32") == pytest.approx(357.41 / 790.10)
    assert value("generation_share_64") == pytest.approx(150.72 / 365.28)
    assert value("generation_share_verl") == pytest.approx(177.85 / 356.30)
    assert value("async_gain_32") == pytest.approx(2.66, abs=0.03)  # verl prints the quotient of whole runs
    assert value("zero_time_spent") / 3600 == 101_376
    assert value("r1_time_spent") / 3600 == 40_960
