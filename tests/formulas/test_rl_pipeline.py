"""Sampling beside training: the closed forms against searches and a simulation."""

from __future__ import annotations

import numpy as np
import pytest

from figures.formulas.rl_pipeline import (
    best_split,
    idle_share,
    longest_answer,
    mean_staleness,
    one_off_step,
    streamed_step,
    streaming_gain,
    undivided_time,
)

SPLITS = np.linspace(1e-4, 1 - 1e-4, 200_001)


@pytest.mark.parametrize(("divisible", "floor", "training"), [(1.0, 1.0, 1.0), (100.0, 60.0, 170.0), (10.0, 0.0, 30.0)])
def test_best_splits_by_search(divisible: float, floor: float, training: float) -> None:
    stream = np.maximum(divisible / SPLITS, training / (1 - SPLITS))
    assert streamed_step(divisible, training) == pytest.approx(float(stream.min()), rel=1e-4)
    assert best_split(divisible, training) == pytest.approx(float(SPLITS[stream.argmin()]), abs=1e-4)
    batch = np.maximum(divisible / SPLITS + floor, training / (1 - SPLITS))
    assert one_off_step(divisible, floor, training) == pytest.approx(float(batch.min()), rel=1e-4)
    turn = divisible + floor + training
    assert streamed_step(divisible, training) <= one_off_step(divisible, floor, training) <= turn
    assert streaming_gain(divisible, floor, training) == pytest.approx(turn / float(stream.min()), rel=1e-4)


def test_one_off_by_hand() -> None:
    assert one_off_step(1, 1, 1) == pytest.approx((3 + 5**0.5) / 2)


def test_undivided_time_by_hand() -> None:
    assert undivided_time(128, 395, 256, 312) == 229  # 229 + 166 and 229 + 83 seconds


def test_staleness_by_counting() -> None:
    """Four answers an update; every answer spends three updates in flight."""
    starts = [start for start in range(1000) for _ in range(4)]
    ends = [start + 3 for start in starts]
    flying = np.mean([sum(s <= t < e for s, e in zip(starts, ends, strict=True)) for t in range(10, 30)])
    assert mean_staleness(float(flying), 4) == 3


def test_longest_answer_against_draws() -> None:
    spread = np.sqrt(np.log(1 + 0.8**2))
    draws = np.random.default_rng(6).lognormal(np.log(1000) - spread**2 / 2, spread, (4000, 256))
    assert float(draws.mean()) == pytest.approx(1000, rel=0.01)
    typical = float(np.exp(np.log(draws.max(axis=1)).mean()))
    assert longest_answer(1000, 0.8, 256, 1e9) == pytest.approx(typical, rel=0.02)
    assert longest_answer(1000, 0.8, 256, 4000) == 4000
    assert idle_share(1000, 4000) == 0.75
