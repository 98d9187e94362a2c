"""Clipped updates, direct preference optimization, proxies, stale and mismatched samples, stragglers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.formulas import best_of_n, clipping, importance_ratios, rl_pipeline, selection
from figures.lab.alignment import mismatch, pairs, policies, proxies, staleness, updates
from figures.lab.alignment.stragglers import Sampler, oversampled, streamed, together

REFERENCE = np.array([0.4, 0.3, 0.2, 0.1])
REWARDS = np.array([0.0, 0.5, 1.0, -1.0])


def test_clipping_stops_a_rare_token_near_its_bound() -> None:
    end = updates.run(0.01, updates.clipped(0.2), 0.05, 64)[-1]
    reach = clipping.reachable_probability(0.01, 0.2)
    assert reach < end < 1.06 * reach  # one step beyond
    wider = updates.run(0.01, updates.clipped(0.28), 0.05, 64)[-1]
    held = updates.run(0.01, updates.capped(0.28), 0.05, 64)[-1]
    free = updates.run(0.01, updates.unclipped, 0.05, 64)[-1]
    assert end < wider < held < free


def test_clipping_never_stops_a_probable_token() -> None:
    paths = [updates.run(0.9, rule, 0.05, 32) for rule in (updates.unclipped, updates.clipped(0.2))]
    assert paths[0] == pytest.approx(paths[1])


def test_population_optimum_of_dpo_is_the_regularized_optimum() -> None:
    table = pairs.preferences(REWARDS)
    np.fill_diagonal(table, 0)
    found = pairs.fit(REFERENCE, 0.3, table)
    assert found == pytest.approx(policies.tilted(REFERENCE, REWARDS, 0.3), abs=1e-8)
    uneven = np.array([[0, 5, 1, 1], [5, 0, 1, 9], [1, 1, 0, 2], [1, 9, 2, 0]]) * pairs.preferences(REWARDS)
    assert pairs.fit(REFERENCE, 0.3, uneven) == pytest.approx(found, abs=1e-8)


def test_dpo_gradient_is_the_slope() -> None:
    table = pairs.counts(REWARDS, 300, np.random.default_rng(1))
    logits = np.array([0.3, -0.2, 0.1, 0.4])
    step = 1e-6
    slopes = [
        (pairs.loss(logits + step * u, REFERENCE, 0.5, table) - pairs.loss(logits - step * u, REFERENCE, 0.5, table))
        / (2 * step)
        for u in np.eye(4)
    ]
    assert pairs.gradient(logits, REFERENCE, 0.5, table) == pytest.approx(slopes, abs=1e-8)


def test_one_sided_labels_have_no_optimum() -> None:
    table = np.zeros((2, 2))
    table[0, 1] = 1
    half = np.array([0.5, 0.5])
    logits, ratios = np.log(half), []
    for _ in range(3):
        for _ in range(4000):
            logits = logits - 1.0 * pairs.gradient(logits, half, 1.0, table)
        ratios.append(float(logits[0] - logits[1]))
    assert ratios[2] - ratios[1] == pytest.approx(math.log(1.5), abs=0.02)  # it grows as the logarithm of the steps


def test_sample_error_of_dpo_falls_as_the_root() -> None:
    best = policies.tilted(REFERENCE, REWARDS, 0.5)
    errors = []
    for number in (1000, 16_000):
        found = [
            pairs.fit(REFERENCE, 0.5, pairs.counts(REWARDS, number, np.random.default_rng(seed))) for seed in range(40)
        ]
        errors.append(float(np.mean([np.abs(one - best).sum() for one in found])))
    assert errors[0] / errors[1] == pytest.approx(4, rel=0.25)


def test_shared_features_can_displace_the_chosen_answer() -> None:
    features = np.array([[1.0, 0.0], [1.0, 0.2], [0.0, -1.0]])  # the two differ only where the third answer stands
    path = pairs.displaced(features, 0, 1, 1.0, 200, 0.5)
    assert math.log(path[-1][0] / path[-1][1]) > math.log(path[0][0] / path[0][1])
    assert path[-1][0] < path[0][0]
    assert path[-1][2] > path[0][2]
    apart = pairs.displaced(np.eye(3), 0, 1, 1.0, 200, 0.5)
    assert apart[-1][0] > apart[0][0]


def test_normal_noise_never_turns_the_true_reward_down() -> None:
    world = proxies.noisy("normal", 1.0, 12)
    assert float(world.mass @ world.proxy**2) == pytest.approx(2, rel=1e-3)
    found = proxies.best_of(world, 64)
    gain = selection.largest_of_normals(64)
    assert found.divergence == pytest.approx(best_of_n.kl_bound(64), abs=0.01)
    assert found.proxy == pytest.approx(gain * math.sqrt(2), abs=0.01)
    assert found.gold == pytest.approx(best_of_n.gold_gain(gain, 1 / math.sqrt(2)), abs=0.01)
    pushed = proxies.tilt(world, 0.5)
    assert pushed.divergence == pytest.approx(0.5**2 * 2 / 2, abs=1e-3)
    assert pushed.proxy == pytest.approx(math.sqrt(2) * best_of_n.tilt_gain(pushed.divergence), abs=1e-3)
    golds = [proxies.best_of(world, n).gold for n in (1, 4, 64, 1024, 16_384)]
    assert golds == sorted(golds)


@pytest.mark.parametrize("world", [proxies.noisy("student", 0.7, 40), proxies.exploitable(0.7, 1e-3, 6, 2, 14)])
def test_tails_and_tricks_turn_it_down(world: proxies.World) -> None:
    golds = [proxies.best_of(world, 2.0**k).gold for k in range(18)]
    assert max(golds) > golds[-1] + 0.3
    assert 0 < int(np.argmax(golds)) < 17


def test_a_penalty_only_stops_earlier_on_the_same_path() -> None:
    world = proxies.exploitable(0.7, 1e-3, 6, 2, 14)
    free = proxies.climb(world, 0.02, 100, 0)
    held = proxies.climb(world, 0.02, 4000, 1.0)
    for steps, one in ((50, free[49]), (4000, held[-1])):
        strength = 0.02 * steps if steps == 50 else 1.0
        same = proxies.tilt(world, strength)
        assert one.divergence == pytest.approx(same.divergence, rel=1e-6)
        assert one.gold == pytest.approx(same.gold, rel=1e-6)


SETTING = staleness.Setting((0.0, 0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 1.0), 128, 40, 4, 0.2)


def test_without_lag_all_corrections_are_one() -> None:
    ends = {name: staleness.train(SETTING, way, 0, 4, np.random.default_rng(3)) for name, way in staleness.WAYS.items()}
    assert ends["naive"] == pytest.approx(ends["decoupled"])
    assert ends["truncated"].mean() == pytest.approx(ends["decoupled"].mean(), abs=0.05)


def test_lag_hurts_the_naive_objective_most() -> None:
    naive, decoupled = (
        float(staleness.train(SETTING, staleness.WAYS[name], 12, 8, np.random.default_rng(3)).mean())
        for name in ("naive", "decoupled")
    )
    assert decoupled > naive


def test_mismatch_compounds_as_the_formula_says() -> None:
    logs = mismatch.token_logs(64, 4000, 40, 0.1, np.random.default_rng(4))
    deviation = float(logs.std())
    assert float(np.exp(logs).mean()) == pytest.approx(1, abs=2e-3)
    whole = logs.sum(axis=1)
    assert mismatch.effective(whole) == pytest.approx(importance_ratios.effective_share(deviation, 64), abs=0.02)
    assert mismatch.kept(logs.ravel(), 0.5, 2) > 0.999
    assert mismatch.kept(whole, 0.5, 2) < mismatch.kept(logs.ravel(), 0.5, 2)


def test_stragglers_against_the_closed_forms() -> None:
    rng = np.random.default_rng(5)
    lengths = np.minimum(rng.lognormal(math.log(1000), 0.7, (40, 256)), 8000)
    sampler = Sampler(256, 10.0, 0.05)
    whole = together(sampler, lengths)
    by_hand = float((10 * lengths.max(axis=1) + 0.05 * lengths.sum(axis=1)).mean())
    assert whole.time == pytest.approx(by_hand)
    stream = streamed(sampler, lengths, 256)
    assert stream.time == pytest.approx(float(lengths.mean()) * (10 + 0.05 * 256), rel=0.05)
    assert stream.used == pytest.approx(stream.asked, rel=0.05)
    more = oversampled(sampler, lengths, 200)
    assert more.time < whole.time
    assert more.used < 0.8 * more.asked
    longest = rl_pipeline.longest_answer(float(lengths.mean()), math.sqrt(math.expm1(0.49)), 256, 8000)
    assert float(lengths.max(axis=1).mean()) == pytest.approx(longest, rel=0.1)
