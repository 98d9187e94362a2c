"""Bounds on each way to split training, against published ones and by comparing two times."""

from __future__ import annotations

import pytest

from figures.formulas import communication_bounds, roofline

H100, NVLINK, NETWORK = 989e12, 450e9, 50e9


def test_tokens_per_chip_as_published() -> None:
    """Austin et al. 2025: on TPU v5p, 4.59e14 FLOP/s over 1.8e11 B/s, one axis: 2,550 tokens per chip."""
    assert communication_bounds.hiding_tokens(2, 2, 4.59e14 / 1.8e11) == pytest.approx(2550)


def test_hiding_tokens_is_where_both_times_meet() -> None:
    parameters, ridge = 1e9, roofline.ridge(H100, NETWORK)
    tokens = communication_bounds.hiding_tokens(4, 4, ridge)  # backward: gather BF16 weights, scatter BF16 gradients
    assert 4 * parameters / NETWORK == pytest.approx(4 * parameters * tokens / H100)


def test_tensor_limit_is_where_both_times_meet() -> None:
    """Narayanan et al. 2021, §3.2: 8 b s h (t - 1) / t elements per layer, micro-batch and device."""
    layer, width, tokens, ridge = 855.6e6, 8192, 8192, roofline.ridge(H100, NVLINK)
    gpus = communication_bounds.tensor_limit(layer, width, 2, ridge)
    sending = 2 * 8 * tokens * width * (gpus - 1) / gpus / NVLINK
    assert sending == pytest.approx(6 * layer * tokens / gpus / H100)


def test_pipeline_layers_is_where_both_times_meet() -> None:
    layer, width, tokens, ridge = 855.6e6, 8192, 8192, roofline.ridge(H100, NETWORK)
    layers = communication_bounds.pipeline_layers(layer, width, 2, ridge)
    assert 2 * tokens * width / NETWORK == pytest.approx(layers * 2 * layer * tokens / H100)


def test_ring_block_as_published() -> None:
    """Liu et al. 2023, §3: a block of F/B tokens for multi-head attention without a mask in two bytes."""
    assert communication_bounds.ring_block(32, 32, 1, 2, 312e12 / 300e9) == pytest.approx(1040)
    # A causal mask doubles it; eight KV heads of 128 divide it by sixteen.
    assert communication_bounds.ring_block(128, 8, 0.5, 2, 1040) == pytest.approx(1040 * 2 / 16)


def test_outer_bandwidth_by_hand() -> None:
    # 10 billion parameters in 4 bytes, twice, every 100 steps of 8 s.
    assert communication_bounds.outer_bandwidth(10e9, 4, 100, 8) == pytest.approx(100e6)
