"""The cache of experts: what is drawn, and the replay against what is known exactly."""

from __future__ import annotations

import numpy as np
import pytest

from figures.lab.expert_cache import (
    che_hit_rate,
    draws,
    inclusions,
    pinned_hit_rate,
    popularity,
    simulated_hit_rate,
)


def test_popularity_is_a_power_of_the_rank() -> None:
    shares = popularity(4, 1.0)
    assert shares == pytest.approx(np.array([12, 6, 4, 3]) / 25)
    assert popularity(8, 0.0) == pytest.approx(1 / 8)


def test_a_token_asks_for_different_experts() -> None:
    chosen = draws(popularity(32, 1.0), 8, 500)
    assert chosen.shape == (500, 8)
    assert all(len(set(row)) == 8 for row in chosen.tolist())
    assert inclusions(chosen, 32).sum() == pytest.approx(8)


def test_one_expert_per_token_is_drawn_by_its_share() -> None:
    shares = popularity(4, 1.0)
    assert inclusions(draws(shares, 1, 40_000), 4) == pytest.approx(shares, abs=0.01)


@pytest.mark.parametrize("capacity", [16, 64, 128])
def test_with_equal_use_the_hit_rate_is_the_share_held(capacity: int) -> None:
    # Whatever a cache keeps, an expert drawn evenly is in it as often as its share says.
    chosen = draws(popularity(256, 0.0), 8, 8000)
    assert simulated_hit_rate(chosen, capacity, 1000) == pytest.approx(capacity / 256, abs=0.01)
    assert che_hit_rate([8 / 256] * 256, capacity) == pytest.approx(capacity / 256, rel=1e-9)
    assert pinned_hit_rate([8 / 256] * 256, capacity) == capacity / 256


def test_che_is_close_to_the_replay_and_below_pinning() -> None:
    chosen = draws(popularity(256, 1.0), 8, 8000)
    rates = [float(rate) for rate in inclusions(chosen, 256)]
    replayed = simulated_hit_rate(chosen, 64, 1000)
    assert replayed == pytest.approx(che_hit_rate(rates, 64), abs=0.015)
    assert replayed < pinned_hit_rate(rates, 64)


def test_a_cache_of_everything_always_hits() -> None:
    chosen = draws(popularity(16, 0.5), 4, 200)
    assert che_hit_rate([0.25] * 16, 16) == 1
    assert simulated_hit_rate(chosen, 16, 100) == 1
