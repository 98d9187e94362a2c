"""RoPE scaling against the values of a reference implementation, printed values and hand arithmetic.

``REFERENCE`` holds inverse frequencies of ``ROPE_INIT_FUNCTIONS`` in transformers 5.23.0 (``modeling_rope_utils.py``,
float32 on a CPU, run on 24 November 2026), each for the configuration named: pair index → radians per position.
"""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.formulas import rope, rope_scaling

LLAMA3 = {  # d 128, base 500,000, factor 8, original 8,192, low 1, high 4
    10: 0.128687382,
    28: 0.00321144611,
    29: 0.00216657063,
    30: 0.00137189368,
    34: 0.000178507791,
    35: 9.55621217e-5,
    36: 7.78465546e-5,
    63: 3.06892588e-7,
}
YARN: dict[
    tuple[int, float, float, float, bool], dict[int, float]
] = {  # (d, base, factor, original, truncate): beta_fast 32, beta_slow 1
    (64, 150_000, 32, 4096, False): {  # gpt-oss
        8: 0.0508132726,
        9: 0.0317056961,
        12: 0.00679495931,
        16: 0.000456483918,
        17: 0.000129318694,
        18: 3.83088118e-5,
        31: 3.0235114e-7,
    },
    (64, 10_000, 40, 4096, True): {  # DeepSeek-V3
        10: 0.0562341288,
        11: 0.0390069261,
        15: 0.0083345091,
        20: 0.000790569407,
        22: 0.00017782794,
        23: 3.3338034e-5,
        31: 3.33380353e-6,
    },
    (128, 10_000, 32, 4096, True): {  # Llama 2
        20: 0.0562341288,
        21: 0.0468823276,
        30: 0.00836656429,
        40: 0.000805772666,
        45: 0.000105499814,
        46: 4.16725452e-5,
        63: 3.60869353e-6,
    },
    (128, 1_000_000, 4, 32_768, True): {  # Qwen3
        20: 0.0133352149,
        24: 0.00537532149,
        30: 0.00106436096,
        39: 6.4903943e-5,
        40: 4.44569851e-5,
        63: 3.10234441e-7,
    },
}
SINGLE = 1e-6  # relative precision of float32 values


def test_scale_is_the_context_over_that_of_the_training() -> None:
    assert rope_scaling.scale(131_072, 4096) == 32
    assert rope_scaling.scale(1000, 4096) == 1


def test_scaled_frequency_interpolates_like_the_reference() -> None:
    # type "linear", factor 8, d 128, base 10,000: keep nothing of the own frequency
    for pair, value in {0: 0.125, 31: 0.00144347746, 63: 1.44347741e-5}.items():
        own = rope.pair_frequency(10_000, 128, pair)
        assert rope_scaling.scaled_frequency(own, 0, 8) == pytest.approx(value, rel=SINGLE)


def test_llama3_is_by_parts_with_other_bounds() -> None:
    # kept_by_turns with bounds 1 and 4 gives the frequencies of the library's type "llama3".
    for pair, value in LLAMA3.items():
        own = rope.pair_frequency(500_000, 128, pair)
        kept = rope_scaling.kept_by_turns(rope.turns(8192, rope.wavelength(own)), 1, 4)
        assert rope_scaling.scaled_frequency(own, kept, 8) == pytest.approx(value, rel=SINGLE)


@pytest.mark.parametrize("setting", YARN)
def test_yarn_as_implemented_ramps_in_the_index(setting: tuple[int, float, float, float, bool]) -> None:
    dim, base, scale, original, whole = setting
    first, last = (rope.turning_pair(dim, base, original, count) for count in (32, 1))
    if whole:
        first, last = math.floor(first), math.ceil(last)
    for pair, value in YARN[setting].items():
        kept = rope_scaling.kept_by_index(pair, first, last)
        found = rope_scaling.scaled_frequency(rope.pair_frequency(base, dim, pair), kept, scale)
        assert found == pytest.approx(value, rel=SINGLE)


def test_kept_by_turns_by_hand() -> None:
    # Peng et al. 2023, eqs (17) to (20): 0 below alpha = 1, 1 above beta = 32, linear between.
    assert [rope_scaling.kept_by_turns(turns, 1, 32) for turns in (0.5, 1, 16.5, 32, 40)] == [0, 0, 0.5, 1, 1]
    assert [rope_scaling.kept_by_turns(turns, 1, 1) for turns in (0.5, 1, 1.5)] == [0, 0, 1]  # Llama 4's bounds


def test_kept_by_index_ends_with_the_ramp_of_the_turns() -> None:
    first, last = (rope.turning_pair(128, 10_000, 4096, count) for count in (32, 1))
    for pair, kept in ((first, 1), (last, 0)):
        turns = rope.turns(4096, rope.wavelength(rope.pair_frequency(10_000, 128, pair)))
        assert rope_scaling.kept_by_turns(turns, 1, 32) == pytest.approx(kept, abs=1e-9)
        assert rope_scaling.kept_by_index(pair, first, last) == pytest.approx(kept, abs=1e-9)


def test_ntk_base_as_published() -> None:
    # Peng et al. 2023, Table 1, calls the base of s = 2 "20k"; by eq. (16): 10,000 * 2^(128/126).
    assert rope_scaling.ntk_base(10_000, 2, 128) == pytest.approx(20_221.3, abs=0.05)
    assert rope_scaling.ntk_base(10_000, 8, 128) == pytest.approx(82_684.6, abs=0.05)
    raised = rope_scaling.ntk_base(10_000, 8, 128)
    assert rope.pair_frequency(raised, 128, 0) == 1
    assert rope.pair_frequency(raised, 128, 63) == pytest.approx(rope.pair_frequency(10_000, 128, 63) / 8)


def test_the_library_raises_the_base_further_than_the_paper() -> None:
    # type "dynamic", factor 2, original 4,096, at 8,192 tokens
    scale = rope_scaling.library_dynamic_scale(2, 8192, 4096)
    assert scale == 3
    assert rope_scaling.library_dynamic_scale(2, 4096, 4096) == 1
    raised = rope_scaling.ntk_base(10_000, scale, 128)
    assert rope.pair_frequency(raised, 128, 31) == pytest.approx(0.00672552316, rel=SINGLE)
    assert rope.pair_frequency(raised, 128, 63) == pytest.approx(3.84927334e-5, rel=SINGLE)


@given(st.floats(1, 1000), st.integers(2, 256))
def test_implied_scale_undoes_the_base(scale: float, half: int) -> None:
    assert rope_scaling.implied_scale(
        10_000, rope_scaling.ntk_base(10_000, scale, 2 * half), 2 * half
    ) == pytest.approx(scale)


def test_implied_scale_of_code_llama_by_hand() -> None:
    # 10,000 to 1,000,000 with d = 128: 100^(126/128) = 93.06
    assert rope_scaling.implied_scale(10_000, 1_000_000, 128) == pytest.approx(100 ** (126 / 128))


def test_attention_factor_as_published_and_by_the_reference() -> None:
    # Peng et al. 2023, eq. (25): s = 8 gives about 1.208; the library's factors for scales of 32 and 4.
    assert rope_scaling.attention_factor(8) == pytest.approx(1.208, abs=5e-4)
    assert rope_scaling.attention_factor(32) == pytest.approx(1.3465735903, rel=1e-9)
    assert rope_scaling.attention_factor(4) == pytest.approx(1.1386294361, rel=1e-9)
    assert rope_scaling.attention_factor(1) == 1


def test_logit_factor_of_deepseek_v3() -> None:
    # modeling_deepseek_v3.py, yarn_apply_mscale: the softmax scale is multiplied by (0.1 ln 40 + 1)^2 = 1.8738542.
    assert rope_scaling.logit_factor(40) == pytest.approx(1.8738542, rel=1e-7)


def test_longrope_factor_by_the_reference() -> None:
    # type "longrope", factor 32, original 4,096: attention factor 1.1902380714
    assert rope_scaling.longrope_factor(32, 4096) == pytest.approx(1.1902380714, rel=1e-9)
    assert rope_scaling.longrope_factor(1, 4096) == 1


def test_position_temperature_by_hand() -> None:
    # modeling_llama4.py, attn_temperature_tuning: 1 + 0.1 ln(1 + floor((p + 1) / 8192)) for position p from 0
    assert rope_scaling.position_temperature(8191, 8192) == 1
    assert rope_scaling.position_temperature(8192, 8192) == pytest.approx(1 + 0.1 * math.log(2))
    assert rope_scaling.position_temperature(10_485_760, 8192) == pytest.approx(1 + 0.1 * math.log(1281))


def test_scaled_wavelength_between_both_ends() -> None:
    assert rope_scaling.scaled_wavelength(100, 1, 8) == pytest.approx(100)
    assert rope_scaling.scaled_wavelength(100, 0, 8) == pytest.approx(800)
    assert rope_scaling.scaled_wavelength(100, 0.5, 8) == pytest.approx(100 / (0.5 + 0.5 / 8))
