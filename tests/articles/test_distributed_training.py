"""Answers to the exercises of the article, and its central numbers, by calculations that use none of its formulas."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures import results

FOUND = results.load("distributed_training")


def got(name: str) -> float:
    return FOUND[name].value


def test_states() -> None:
    assert got("ex_states_1") == pytest.approx(13e9 * (2 + 4 + 12 / 32))
    assert got("ex_states_2") == pytest.approx(13e9 * (2 + 4 / 32 + 12 / 32))
    assert got("ex_states_3") == pytest.approx(13e9 * 18 / 32)


def test_layer() -> None:
    """Llama 3.1 70B, 8,192 tokens over eight GPUs: tensor by tensor, two bytes each."""
    width, heads, kv, dim, inner = 8192, 64, 8, 128, 28672
    tensors = [width] * 4 + [heads * dim] * 2 + [kv * dim] * 2
    each = 2 * sum(tensors) + 4 * heads
    assert got("ex_layer_gated") == pytest.approx(8192 / 8 * (each + 2 * 4 * inner))
    assert got("ex_layer_lean") == pytest.approx(8192 / 8 * (each + 2 * 2 * inner))


def test_utilization() -> None:
    layer = 8192 * (64 + 8 + 8 + 64) * 128 + 3 * 8192 * 28672
    weights = 80 * layer + 128_256 * 8192
    pairs = 80 * 64 * 128 * 8192
    for name, share in (("ex_utilization", 0.5), ("ex_utilization_full", 1)):
        assert got(name) == pytest.approx(1000 * (6 * weights + 12 * share * pairs) / 989e12)


def test_half_bandwidth() -> None:
    """A step of the ring moves one part; at this size that takes as long as the hop."""
    assert got("ex_half") / 64 / 50e9 == pytest.approx(14e-6)


def test_exposed() -> None:
    layer = 4096 * (32 + 8 + 8 + 32) * 128 + 3 * 4096 * 14336
    sending = 2 * 8 * 4096 * 7 / 8 / 450e9
    computing = 6 * layer / 8 / 989e12
    assert got("ex_exposed") == pytest.approx(sending / computing)


def test_bubbles() -> None:
    assert got("ex_overhead") == pytest.approx(7 / 32)
    assert got("ex_bubble") == pytest.approx(7 / 39)
    assert got("ex_bubble_interleaved") == pytest.approx(7 / (7 + 128))
    assert got("ex_enough_bubble") <= 0.05 < 7 / (132 + 7)
    assert [got(f"ex_bubble_{name}") for name in ("plain", "h1", "h2")] == pytest.approx([0.385, 0.175, 0.07])


def test_checkpoints() -> None:
    between = 54 * 86400 / 419 * 16384 / 4096
    assert got("ex_between") == pytest.approx(between)
    assert got("ex_young") == pytest.approx(math.sqrt(2 * 60 * between))
    grid = np.linspace(1000, 5000, 4001)
    kept = grid / between * math.exp(-600 / between) / (np.exp((grid + 60) / between) - 1)
    assert got("ex_interval") == pytest.approx(float(grid[np.argmax(kept)]), abs=1)
    assert got("ex_kept") == pytest.approx(float(kept.max()))


def test_outer_bandwidth() -> None:
    assert got("ex_outer") == pytest.approx(2 * 4 * 10e9 / (500 * 5))


def test_gpu_hours_of_llama_3_within_two_per_cent_of_the_model_card() -> None:
    layer = 16384 * (128 + 8 + 8 + 128) * 128 + 3 * 16384 * 53248
    operations = 6 * (126 * layer + 128_256 * 16384) + 6 * 126 * 16384 * 8192
    hours = operations * 15.6e12 / 400e12 / 0.9 / 3600
    assert got("llama_gpu_time") / 3600 == pytest.approx(hours)
    assert hours == pytest.approx(30.84e6, rel=0.02)
