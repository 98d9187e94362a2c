"""Noise of quantizers, against exact sums over their cells and against hand arithmetic."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest

from figures.formulas import quantizer_error

NORMAL = NormalDist()


def exact_sqnr(bits: int, clip: float) -> float:
    """Of 2^bits equal cells with their centres as levels, the outermost cells without end: a sum over fine slices."""
    x = np.linspace(-12, 12, 2_400_001)
    step = 2 * clip / 2**bits
    code = np.clip(np.floor((x + clip) / step), 0, 2**bits - 1)
    error = (code + 0.5) * step - clip - x
    density = np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)
    return -10 * math.log10(float((error**2 * density).sum() * (x[1] - x[0])))


def test_sqnr_of_bits_is_six_decibels_each() -> None:
    # Half the step is a quarter of the noise: 10 log 4.
    assert quantizer_error.sqnr_of_bits(1) == pytest.approx(6.0206, abs=1e-4)
    assert quantizer_error.sqnr_of_bits(8) == pytest.approx(10 * math.log10(65536))
    # In the error of independent Gaussian numbers: a variance of 4^-k.
    assert quantizer_error.sqnr_of_bits(4) == pytest.approx(-10 * math.log10(1 / 256))


@pytest.mark.parametrize(("bits", "within"), [(2, 0.15), (3, 0.1), (4, 0.02), (8, 0.001)])
def test_clipped_sqnr_against_the_exact_noise(bits: int, within: float) -> None:
    for clip in (1.5, 2.7, 3.9, 5.0):
        assert quantizer_error.clipped_sqnr(bits, clip) == pytest.approx(exact_sqnr(bits, clip), abs=within * 3)
    best = quantizer_error.best_clip(bits)
    assert quantizer_error.clipped_sqnr(bits, best) == pytest.approx(exact_sqnr(bits, best), abs=within)


def test_clipped_sqnr_against_the_normal_integral() -> None:
    # The tail by parts: ∫(x − a)² φ over x > c is (1 + a²) Q(c) + (c − 2a) φ(c), with a half a step below c.
    clip, step = 2.0, 4.0 / 16
    level, tail = clip - step / 2, 1 - NORMAL.cdf(clip)
    noise = step**2 / 12 * (1 - 2 * tail) + 2 * ((1 + level**2) * tail + (clip - 2 * level) * NORMAL.pdf(clip))
    assert quantizer_error.clipped_sqnr(4, clip) == pytest.approx(-10 * math.log10(noise), abs=1e-3)


def test_rounding_noise_and_overload_noise_against_the_normal_integral() -> None:
    clip, step = 2.0, 4.0 / 16
    level, tail = clip - step / 2, 1 - NORMAL.cdf(clip)
    overload = 2 * ((1 + level**2) * tail + (clip - 2 * level) * NORMAL.pdf(clip))
    assert quantizer_error.rounding_noise(4, clip) == pytest.approx(step**2 / 12 * (1 - 2 * tail), rel=1e-3)
    assert quantizer_error.overload_noise(4, clip) == pytest.approx(overload, rel=1e-3)
    assert quantizer_error.sqnr_of_noise(0.006, 0.004) == pytest.approx(20)


def test_product_sqnr_by_hand_and_on_random_matrices() -> None:
    assert quantizer_error.product_sqnr(20, 20) == pytest.approx(20 - 10 * math.log10(2))  # as much noise again
    assert quantizer_error.product_sqnr(10, 20) == pytest.approx(-10 * math.log10(0.1 + 0.01))
    rng = np.random.default_rng(8)
    w, x = rng.standard_normal((300, 400)), rng.standard_normal((400, 300))
    noisy_w, noisy_x = w + 0.05 * rng.standard_normal(w.shape), x + 0.1 * rng.standard_normal(x.shape)
    y = w @ x

    def sqnr(rounded: np.ndarray) -> float:
        return 10 * math.log10(float(np.square(y).mean() / np.square(rounded - y).mean()))

    expected = quantizer_error.product_sqnr(sqnr(noisy_w @ x), sqnr(w @ noisy_x))
    assert sqnr(noisy_w @ noisy_x) == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize("bits", [2, 3, 4, 6, 8])
def test_best_clip_solves_the_condition_of_the_article(bits: int) -> None:
    c, cells = quantizer_error.best_clip(bits), 2.0**-bits
    left = c * cells**2 / 6 * (1 - 2 * NORMAL.cdf(-c) - 2 * c * NORMAL.pdf(c))
    right = (1 - cells) * (NORMAL.pdf(c) - (1 - cells) * c * NORMAL.cdf(-c))
    assert left == pytest.approx(right, rel=1e-3)


def test_best_clip_and_noise_of_sixteen_equal_steps_are_those_of_the_classical_table() -> None:
    # Max's table for 16 levels: step 0.3352, distortion 0.01154.
    assert quantizer_error.best_clip(4) == pytest.approx(8 * 0.3352, rel=0.01)
    assert exact_sqnr(4, 8 * 0.3352) == pytest.approx(-10 * math.log10(0.01154), abs=2e-3)


def test_best_clip_is_best() -> None:
    for bits in (2, 4, 8):
        best = quantizer_error.best_clip(bits)
        at_best = exact_sqnr(bits, best)
        assert all(exact_sqnr(bits, best * factor) < at_best for factor in (0.9, 1.1))
    assert quantizer_error.best_clip(4) < quantizer_error.best_clip(8)


def test_float_sqnr_against_rounding_in_numpy() -> None:
    # FP16 has ten bits of fraction; numbers spread evenly over one binade of logarithms.
    numbers = np.exp2(np.linspace(0, 1, 1_000_001)[:-1])
    error = numbers.astype(np.float16).astype(np.float64) - numbers
    found = 10 * math.log10(float((numbers**2).mean() / (error**2).mean()))
    assert quantizer_error.float_sqnr(10) == pytest.approx(found, abs=0.02)
    assert quantizer_error.float_sqnr(0) == pytest.approx(14.145, abs=1e-3)  # 10 log(18 / 0.693147)


def test_headroom_loss_of_a_range_a_hundred_times_too_large() -> None:
    assert quantizer_error.headroom_loss(100) == pytest.approx(40)
    assert quantizer_error.headroom_loss(2) == pytest.approx(quantizer_error.sqnr_of_bits(1))


def test_difference_of_a_bit() -> None:
    assert quantizer_error.difference(24.1, 18.1) == pytest.approx(6)


def test_saturation_of_e2m1() -> None:
    # The scale maps the largest magnitude to between 4 and 8; the format ends at 6, so just below 8 a quarter is lost.
    assert quantizer_error.saturation(6, 2) == 0.25


def test_rotated_peak_holds_for_the_worst_vectors() -> None:
    # sqrt(2 log(8192 / 0.01)) by hand: log 819,200 is 13.616.
    bound = quantizer_error.rotated_peak(4096, 0.01)
    assert bound == pytest.approx(math.sqrt(2 * 13.616), abs=1e-3)
    rng = np.random.default_rng(1)
    peaks = []
    for _ in range(200):  # a vector of few equal entries, under random signs: sums of 1 to 64 signs
        count = int(rng.integers(1, 65))
        signs = rng.choice((-1, 1), (4096, count))
        peaks.append(np.abs(signs.sum(axis=1)).max() / math.sqrt(count))
    assert max(peaks) < bound
