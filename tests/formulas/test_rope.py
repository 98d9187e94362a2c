"""Rotary angles against the paper's definition, printed inverse frequencies, and a rotation done by hand."""

from __future__ import annotations

import cmath
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.formulas import rope


def test_pair_frequency_is_the_definition_of_the_paper() -> None:
    # Su et al. 2021, eq. (15): theta_i = 10000^(-2(i-1)/d), i = 1, ..., d/2. By hand for d = 4: 1 and 0.01.
    assert [rope.pair_frequency(10_000, 4, pair) for pair in (0, 1)] == pytest.approx([1, 0.01])


@given(st.integers(0, 31), st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_score_depends_on_the_distance_alone(pair: int, here: int, there: int) -> None:
    # A query and a key as complex numbers, turned by their positions: the real part of q times conj(k).
    angle = rope.pair_frequency(10_000, 64, pair)
    query, key = complex(0.3, -1.2), complex(0.7, 0.4)
    turned = (query * cmath.exp(1j * angle * here)) * (key * cmath.exp(1j * angle * there)).conjugate()
    assert turned.real == pytest.approx((query * key.conjugate() * cmath.exp(1j * angle * (here - there))).real)


def test_wavelength_as_published() -> None:
    # Peng et al. 2023, eq. (13): lambda_d = 2 pi b^(2d/|D|).
    for pair in (0, 7, 63):
        assert rope.wavelength(rope.pair_frequency(500_000, 128, pair)) == pytest.approx(
            2 * math.pi * 500_000 ** (2 * pair / 128)
        )


def test_turns_counted_on_the_circle() -> None:
    frequency = rope.pair_frequency(10_000, 128, 20)
    assert rope.turns(4096, rope.wavelength(frequency)) == pytest.approx(4096 * frequency / (2 * math.pi))


@pytest.mark.parametrize(
    ("dim", "base", "context", "fast", "slow"),
    [  # d ln(L / (2 pi r)) / (2 ln b) for r = 32 and r = 1, by hand: Llama 2, gpt-oss, DeepSeek-V3, Qwen3
        (128, 10_000, 4096, 20.944, 45.027),
        (64, 150_000, 4096, 8.093, 17.398),
        (64, 10_000, 4096, 10.472, 22.513),
        (128, 1_000_000, 32_768, 23.596, 39.651),
    ],
)
def test_turning_pair_by_hand(dim: int, base: float, context: float, fast: float, slow: float) -> None:
    assert rope.turning_pair(dim, base, context, 32) == pytest.approx(fast, abs=6e-4)
    assert rope.turning_pair(dim, base, context, 1) == pytest.approx(slow, abs=6e-4)
    length = rope.wavelength(rope.pair_frequency(base, dim, rope.turning_pair(dim, base, context, 1)))
    assert rope.turns(context, length) == pytest.approx(1)


def test_unturned_pairs_are_those_behind_the_turning_pair() -> None:
    # Llama 2: index 45.027 makes one turn, so pairs 46 to 63 make less: 18.
    assert rope.unturned_pairs(128, 10_000, 4096) == 18
    assert rope.unturned_pairs(64, 10_000, 4096) == 31 - 22
    assert rope.unturned_pairs(128, 10_000, 1) == 64
    assert rope.unturned_pairs(128, 10_000, 1e9) == 0


def test_pair_wavelength_of_the_first_and_a_middle_pair() -> None:
    assert rope.pair_wavelength(150_000, 64, 0) == pytest.approx(2 * math.pi)
    assert rope.pair_wavelength(10_000, 128, 32) == pytest.approx(200 * math.pi)
