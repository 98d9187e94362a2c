"""Formats with shared scales: by hand, by what must hold for any tensor, and MXFP4 against ml_dtypes."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest

from figures.lab.quantizers import (
    E2M1,
    E4M3,
    NF4,
    PER_TOKEN,
    Block,
    Integer,
    ScaleRule,
    SymmetricInteger,
    round_trip,
    sqnr,
)

NORMAL = np.random.default_rng(11).standard_normal((64, 512)).astype(np.float32)
HEAVY = np.random.default_rng(12).standard_t(3, (64, 512)).astype(np.float32)
MXFP4_DOWN = Block(E2M1, 32, ScaleRule.POWER_DOWN)
MXFP4_UP = Block(E2M1, 32, ScaleRule.POWER_UP)
MXFP4_ROUNDED = Block(E2M1, 32, ScaleRule.POWER_ROUNDED)
NVFP4 = Block(E2M1, 16, ScaleRule.E4M3)


@pytest.mark.parametrize(
    ("peak", "down", "up", "rounded"),
    [
        (6.0, 1.0, 1.0, 1.0),
        (6.1, 1.0, 2.0, 1.0),
        (6.99, 1.0, 2.0, 1.0),
        (7.0, 1.0, 2.0, 2.0),  # 1.75 × 4 rounds to 8
        (7.9, 1.0, 2.0, 2.0),
        (8.0, 2.0, 2.0, 2.0),
        (4.0, 1.0, 1.0, 1.0),
        (3.9, 0.5, 1.0, 1.0),
        (3.0, 0.5, 0.5, 0.5),
        (0.0, 0.0, 0.0, 0.0),
    ],
)
def test_scales_that_are_powers_of_two_by_hand(peak: float, down: float, up: float, rounded: float) -> None:
    block = np.zeros((1, 1, 32), np.float32)
    block[..., 5] = -peak
    assert MXFP4_DOWN.scales(block).item() == down
    assert MXFP4_UP.scales(block).item() == up
    assert MXFP4_ROUNDED.scales(block).item() == rounded


def test_integers_have_no_fraction_bits() -> None:
    with pytest.raises(ValueError, match="fraction bits"):
        Block(SymmetricInteger(4), 32, ScaleRule.POWER_ROUNDED).round_trip(NORMAL)


def test_a_rounded_largest_magnitude_in_the_types_of_ml_dtypes() -> None:
    blocks = NORMAL.reshape(64, -1, 32)
    peak = np.abs(blocks).max(axis=-1, keepdims=True).view(np.uint32)
    kept = ((peak + (1 << 21)) & 0xFF800000).view(np.float32)  # half of the one fraction bit added, then cut
    held = (kept / 4).astype(ml_dtypes.float8_e8m0fnu).astype(np.float32)
    expected = (blocks / held).astype(ml_dtypes.float4_e2m1fn).astype(np.float32) * held
    np.testing.assert_array_equal(MXFP4_ROUNDED.round_trip(NORMAL), expected.reshape(NORMAL.shape))


def test_rounding_a_scale_down_saturates_and_rounding_it_up_does_not() -> None:
    tensor = np.array([[7.9] + [1.0] * 31], np.float32)
    assert MXFP4_DOWN.round_trip(tensor)[0, 0] == 6
    assert MXFP4_UP.round_trip(tensor)[0, 0] == 8
    ends = Block(E4M3, 32, ScaleRule.POWER_DOWN).scales(np.full((1, 1, 32), 500.0, np.float32)).item()
    assert ends == 1  # 448 and 500 share the exponent 8


def test_mxfp4_in_the_types_of_ml_dtypes() -> None:
    blocks = NORMAL.reshape(64, -1, 32)
    scales = 2.0 ** (np.floor(np.log2(np.abs(blocks).max(axis=-1, keepdims=True))) - 2)
    held = scales.astype(ml_dtypes.float8_e8m0fnu).astype(np.float32)
    codes = (blocks / held).astype(ml_dtypes.float4_e2m1fn)  # saturates at 6
    expected = codes.astype(np.float32) * held
    np.testing.assert_array_equal(MXFP4_DOWN.round_trip(NORMAL), expected.reshape(NORMAL.shape))


def test_nvfp4_in_the_types_of_ml_dtypes() -> None:
    blocks = NORMAL.reshape(64, -1, 16)
    tensor = np.float32(np.abs(NORMAL).max() / 6.0 / 448.0)
    wanted = np.abs(blocks).max(axis=-1, keepdims=True).astype(np.float64) / 6 / tensor
    scales = wanted.astype(np.float32).astype(ml_dtypes.float8_e4m3fn).astype(np.float64) * tensor
    expected = (blocks / scales).astype(np.float32).astype(ml_dtypes.float4_e2m1fn).astype(np.float64) * scales
    np.testing.assert_allclose(NVFP4.round_trip(NORMAL), expected.reshape(NORMAL.shape), rtol=1e-6)


def test_a_scale_in_e4m3_is_off_by_a_sixteenth_at_most() -> None:
    blocks = NVFP4.blocks(HEAVY)
    exact = Block(E2M1, 16, ScaleRule.FP32).scales(blocks)
    assert np.abs(NVFP4.scales(blocks) / exact - 1).max() <= 1 / 16 + 1e-6
    part = NVFP4.scales(blocks[:1], top=float(np.abs(HEAVY).max()))
    np.testing.assert_array_equal(part, NVFP4.scales(blocks)[:1])


def test_four_over_six_is_never_worse_than_either_scale() -> None:
    both = Block(E2M1, 16, ScaleRule.FOUR_OR_SIX)
    blocks = both.blocks(HEAVY)
    found = np.square(both.apply(blocks, both.scales(blocks)) - blocks).sum(axis=-1)
    top = float(np.abs(HEAVY).max()) / 6 / 256
    wanted = np.abs(blocks).max(axis=-1, keepdims=True) / 6 / np.float32(top)
    for factor in (1, 1.5):
        one = E4M3.nearest(wanted * factor) * np.float64(np.float32(top))
        assert (found <= np.square(both.apply(blocks, one) - blocks).sum(axis=-1) * (1 + 1e-4)).all()
    assert sqnr(NORMAL, both.round_trip(NORMAL)) > sqnr(NORMAL, NVFP4.round_trip(NORMAL)) + 0.5


def test_blocks_of_integers_are_the_integer_quantizer() -> None:
    block = Block(SymmetricInteger(4), 32, ScaleRule.FP16)
    expected = round_trip(NORMAL, Integer(4, PER_TOKEN, 32, affine=False))
    np.testing.assert_array_equal(block.round_trip(NORMAL), expected)


@pytest.mark.parametrize("rule", ScaleRule)
def test_powers_of_two_change_nothing(rule: ScaleRule) -> None:
    block = Block(E2M1, 16, rule)
    expected = block.round_trip(NORMAL) * 4
    np.testing.assert_allclose(block.round_trip(NORMAL * 4), expected, rtol=2e-3 if rule is ScaleRule.FP16 else 1e-6)


@pytest.mark.parametrize("rule", ScaleRule)
def test_zeros_and_rows_of_one_block(rule: ScaleRule) -> None:
    assert not Block(E2M1, 0, rule).round_trip(np.zeros((3, 48))).any()
    assert Block(E2M1, 0, rule).round_trip(NORMAL).shape == NORMAL.shape


def test_bits_are_those_of_the_formats() -> None:
    assert MXFP4_DOWN.bits_per_element(4096) == 4.25
    assert NVFP4.bits_per_element(4096) == 4.5
    assert Block(NF4, 64, ScaleRule.FP32).bits_per_element(4096) == 4.5
    assert Block(E4M3, 32, ScaleRule.POWER_UP).bits_per_element(4096) == 8.25
    assert Block(SymmetricInteger(8), 0, ScaleRule.FP16).bits_per_element(4096) == 8 + 16 / 4096


def test_bad_tensors_are_refused() -> None:
    with pytest.raises(ValueError, match="blocks of 48 do not divide an axis of 512 elements"):
        Block(E2M1, 48, ScaleRule.FP32).round_trip(NORMAL)
    with pytest.raises(ValueError, match="does not fit an FP16 scale; scale the tensor first"):
        Block(E2M1, 16, ScaleRule.FP16).round_trip(np.full((1, 16), 1e7))
