"""Linear attention against the authors' counts, a random memory and information theory."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.formulas import context_cost, linear_attention


def test_chunk_operations_as_published() -> None:
    # Kimi Linear, §6.3, eq. (13): 6 T d^2 + 3 T C d + T C^2, C = 64
    length, dim, chunk = 1000, 128, 64
    assert linear_attention.chunk_operations(length, dim, chunk) == (
        6 * length * dim**2 + 3 * length * chunk * dim + length * chunk**2
    )


def test_linear_crossing_by_hand() -> None:
    # 2 T^2 d (eq. 14) equals the count of chunks at 3 d + 1.5 C + C^2 / (2 d) = 384 + 96 + 16
    length = linear_attention.linear_crossing(128, 64)
    assert length == 496
    assert linear_attention.chunk_operations(length, 128, 64) == 2 * length**2 * 128
    causal = context_cost.attention_operations(length, 1, 128, 128, [1], [0])
    assert causal == pytest.approx(2 * length**2 * 128, rel=1 / length * 1.01)


def test_overlap_noise_of_a_random_memory() -> None:
    source = np.random.default_rng(1)
    dim, pairs, errors = 32, 17, []
    for _ in range(400):
        keys, values = (source.standard_normal((pairs, dim)) for _ in range(2))
        keys /= np.linalg.norm(keys, axis=1, keepdims=True)
        values /= np.linalg.norm(values, axis=1, keepdims=True)
        errors.append(np.sum((keys[0] @ keys.T @ values - values[0]) ** 2))
    assert math.sqrt(np.mean(errors)) == pytest.approx(linear_attention.overlap_noise(pairs, dim), rel=0.03)


def test_exact_pairs_is_the_rank_of_the_keys() -> None:
    source = np.random.default_rng(2)
    keys, values = source.standard_normal((16, 16)), source.standard_normal((16, 8))
    state = np.linalg.solve(keys, values)  # as many equations as a key has dimensions
    assert np.allclose(keys @ state, values)
    assert linear_attention.exact_pairs(1, 1, 16) == 16
    assert linear_attention.exact_pairs(69, 96, 128) == 847_872


def test_copy_limit_by_counting_states() -> None:
    # three bytes have 2^24 states: as many as strings of eight letters out of eight
    assert linear_attention.copy_limit(24, 8) == 8
