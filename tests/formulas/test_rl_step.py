"""One step of reinforcement learning: published rows, and sums by hand."""

from __future__ import annotations

import numpy as np
import pytest

from figures.formulas import in_flight
from figures.formulas.rl_step import (
    generation_time,
    mean_cached,
    mean_running,
    role_memory,
    rollout_rate,
    rollout_tokens,
    sequences_per_engine,
    step_in_turn,
    training_operations,
)


@pytest.mark.parametrize(
    ("answers", "mean", "gpus", "step", "printed"),
    [
        (512, 5698, 128, 395, 58.9),
        (512, 5713, 256, 312, 37.4),
        (2048, 3203, 32, 192, 1102),
        (2048, 3206, 192, 34.5, 1025),
    ],
)
def test_rate_of_published_steps(answers: int, mean: float, gpus: int, step: float, printed: float) -> None:
    """NeMo RL v0.6, H100 BF16; means over five steps, which it prints a little higher."""
    found = rollout_rate(rollout_tokens(1, answers, mean), gpus, step)
    assert 0.96 < found / printed < 1


def test_operations_by_hand() -> None:
    """7 billion parameters, a thousand tokens: scoring 2 N, forward 2 N, backward 4 N."""
    assert training_operations(7e9, 1, 1000) == pytest.approx(8 * 7e12)
    assert training_operations(7e9, 0, 1000) == pytest.approx(6 * 7e12)


def test_memory_by_hand() -> None:
    # PPO with actor, critic, reference and reward model of 7 billion parameters.
    assert role_memory(7e9, 2, 18, 2, 2) == pytest.approx(7e9 * 40)
    assert role_memory(7e9, 1, 18, 0, 2) == pytest.approx(126e9)


def test_running_and_cached_by_counting() -> None:
    lengths = np.array([3, 5, 10])
    running = [int((lengths > t).sum()) for t in range(10)]
    assert mean_running(3, float(lengths.mean()), 10) == 2
    assert 1 < np.mean(running) <= 2
    assert mean_running(3000, float(lengths.mean()), 10) == pytest.approx(1000 * np.mean(running))
    cached = [100 + t + 0.5 for length in lengths for t in range(length)]
    variation = float(lengths.std() / lengths.mean())
    assert mean_cached(100, float(lengths.mean()), variation) == pytest.approx(np.mean(cached), abs=1)
    assert mean_cached(100, 8, 0) == in_flight.mean_context(100, 8)


def test_times_by_hand() -> None:
    assert sequences_per_engine(16, 32, 16, 128) == 64
    assert sequences_per_engine(3, 3, 8, 64) == 2
    assert generation_time(8192, 0.02) == pytest.approx(163.84)
    assert step_in_turn(357.41, 377.51, 55.18) == pytest.approx(790.10)
