"""Quantizers against ml_dtypes, closed forms and hand-worked codes."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.lab.quantizers import (
    E4M3_MAX,
    PER_CHANNEL,
    PER_TOKEN,
    Integer,
    decode_e4m3,
    encode_e4m3,
    quantize,
    round_trip,
    round_trip_e4m3,
    sqnr,
)

RNG = np.random.default_rng(7)
NORMAL = RNG.standard_normal((128, 64)).astype(np.float32)


def test_e4m3_has_the_bit_patterns_of_ml_dtypes_for_every_fp16_number() -> None:
    numbers = np.arange(2**16, dtype=np.uint16).view(np.float16).astype(np.float32)
    inside = numbers[np.abs(numbers) <= E4M3_MAX]  # NaN and what saturates are not among them
    assert len(inside) > 40_000
    expected = inside.astype(ml_dtypes.float8_e4m3fn).view(np.uint8)
    np.testing.assert_array_equal(encode_e4m3(inside), expected)


@given(st.lists(st.floats(-E4M3_MAX, E4M3_MAX, width=32), min_size=1))
def test_e4m3_rounds_any_float_like_ml_dtypes(numbers: list[float]) -> None:
    array = np.array(numbers, np.float32)
    np.testing.assert_array_equal(encode_e4m3(array), array.astype(ml_dtypes.float8_e4m3fn).view(np.uint8))


def test_e4m3_decodes_every_pattern_like_ml_dtypes() -> None:
    patterns = np.arange(256, dtype=np.uint8)
    expected = patterns.view(ml_dtypes.float8_e4m3fn).astype(np.float32)
    np.testing.assert_array_equal(decode_e4m3(patterns), expected)


def test_e4m3_saturates_and_keeps_nan() -> None:
    got = decode_e4m3(encode_e4m3(np.array([449, 1e30, np.inf, -np.inf, np.nan], np.float32)))
    np.testing.assert_array_equal(got, [448, 448, 448, -448, np.nan])


def test_one_scale_maps_the_largest_magnitude_to_448() -> None:
    tensor = np.array([[-3.5, 1.0, 0.0]], np.float32)
    assert round_trip_e4m3(tensor)[0, 0] == -3.5
    assert round_trip_e4m3(tensor * 1e6)[0, 0] == np.float32(-3.5e6)  # beyond 448 without its scale
    np.testing.assert_array_equal(round_trip_e4m3(np.zeros((2, 2))), np.zeros((2, 2)))
    assert round_trip_e4m3(np.array([[1000.0]]), scale=1.0)[0, 0] == 448


def test_affine_codes_by_hand() -> None:
    found = quantize([[-1.0, 0.0, 1.0, 2.0]], Integer(2, PER_TOKEN, 4))
    assert found.codes.tolist() == [[[0, 1, 2, 3]]]
    assert (found.scale.item(), found.offset.item()) == (1.0, -1.0)
    assert found.values().tolist() == [[-1.0, 0.0, 1.0, 2.0]]


def test_symmetric_codes_by_hand() -> None:
    found = quantize([[-7.0, 0.4, 3.5, 2.5]], Integer(4, PER_TOKEN, 4, affine=False))
    assert found.codes.tolist() == [[[-7, 0, 4, 2]]]  # ties to even
    assert (found.scale.item(), found.offset.item()) == (1.0, 0.0)


def test_a_group_runs_along_its_axis() -> None:
    tensor = np.array([[1.0, 100.0], [2.0, 200.0]], np.float32)
    assert quantize(tensor, Integer(8, PER_TOKEN, 2, affine=False)).scale.shape == (2, 1, 1)
    np.testing.assert_allclose(round_trip(tensor, Integer(2, PER_CHANNEL, 2)), tensor, rtol=1e-3)
    assert round_trip(tensor, Integer(2, PER_TOKEN, 1)).tolist() == tensor.tolist()
    assert quantize(np.zeros((3, 4, 64, 32)), Integer(4, PER_CHANNEL, 16)).scale.shape == (3, 4, 32, 4, 1)


@pytest.mark.parametrize("axis", [PER_TOKEN, PER_CHANNEL])
@pytest.mark.parametrize("affine", [True, False])
@pytest.mark.parametrize("bits", [2, 4, 8])
def test_no_element_is_off_by_more_than_half_a_step(bits: int, affine: bool, axis: int) -> None:
    form = Integer(bits, axis, 32, affine)
    found = quantize(NORMAL, form)
    steps = np.broadcast_to(found.scale.astype(np.float32), found.codes.shape)
    flat = steps.reshape(*steps.shape[:-2], -1)
    allowed = 0.5 * (flat if axis == PER_TOKEN else flat.swapaxes(-1, -2))
    ends = 2**bits * 2.0**-10 * (allowed + np.abs(NORMAL).max() / 2**bits)  # FP16 rounding of scale and offset
    assert (np.abs(NORMAL - round_trip(NORMAL, form)) <= allowed + ends).all()


@pytest.mark.parametrize("bits", [2, 4, 6])
def test_uniform_data_have_the_error_of_the_closed_form(bits: int) -> None:
    # Uniform over its range: signal range²/12, noise step²/12, step = range / (2^bits − 1).
    tensor = (np.linspace(-1, 1, 4096, dtype=np.float32)).reshape(1, -1)
    expected = 20 * np.log10(2**bits - 1)
    assert sqnr(tensor, round_trip(tensor, Integer(bits, PER_TOKEN, 4096))) == pytest.approx(expected, abs=0.15)


def test_e4m3_has_the_error_of_its_binade() -> None:
    # Uniform in [1, 2): mean square 7/3, steps of 1/8: noise (1/8)²/12.
    tensor = np.linspace(1, 2, 2**14, endpoint=False, dtype=np.float32)
    expected = 10 * np.log10(7 / 3 * 768)
    assert sqnr(tensor, round_trip_e4m3(tensor, scale=1.0)) == pytest.approx(expected, abs=0.05)


def test_scales_are_counted() -> None:
    assert Integer(4, PER_TOKEN, 32).bits_per_element == 5.0  # 4 + (16 + 16) / 32
    assert Integer(4, PER_TOKEN, 128, affine=False).bits_per_element == 4.125


def test_sqnr_by_hand() -> None:
    assert sqnr([3.0, 4.0], [3.0, 3.5]) == pytest.approx(20.0)  # 25 over 0.25
    assert sqnr([1.0], [1.0]) == float("inf")


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ((9, PER_TOKEN, 32), "bits is 9; an integer code here has 2 to 8"),
        ((4, 0, 32), r"axis is 0; use PER_TOKEN \(-1\) or PER_CHANNEL \(-2\)"),
        ((4, PER_TOKEN, 0), "group is 0; a scale serves at least one element"),
    ],
)
def test_meaningless_formats_are_refused(form: tuple[int, int, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Integer(*form)


def test_groups_must_divide_the_axis_and_scales_must_fit() -> None:
    with pytest.raises(ValueError, match="groups of 48 do not divide an axis of 64 elements"):
        quantize(NORMAL, Integer(4, PER_TOKEN, 48))
    with pytest.raises(ValueError, match="does not fit an FP16 scale; scale the tensor first"):
        quantize(np.array([[0.0, 1e7]]), Integer(2, PER_TOKEN, 2))
