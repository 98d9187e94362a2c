"""The exercises and the worked example of the article on quantization, by hand arithmetic and without its formulas."""

from __future__ import annotations

import math

import ml_dtypes
import numpy as np
import pytest

from figures.quantization_for_inference import results_serving, tables

BANDWIDTH, BF16, FP8 = 3.35e12, 989e12, 1979e12  # of an H100 SXM


def value(name: str) -> float:
    found = getattr(results_serving, name)
    return float(found.value)


def test_worked_example() -> None:
    kept = 2 * 128_256 * 8192
    int4 = (70e9 - kept) * (4 + 16 / 128) / 8 + kept * 2
    fp8 = (70e9 - kept) + kept * 2
    cache = 80 * 2 * 8 * 128 * 8192
    assert value("ex70_kept") == kept
    assert value("ex70_weights_int4") == pytest.approx(int4) and value("ex70_weights_fp8") == pytest.approx(fp8)
    assert value("ex70_cache") == cache == 1.25 * 2**30
    users = {"1": math.floor((0.9 * 80e9 - 3e9 - int4) / cache)}
    users |= {"int4": math.floor((2 * (0.9 * 80e9 - 3e9) - int4) / cache)}
    users |= {"fp8": math.floor((2 * (0.9 * 80e9 - 3e9) - fp8) / cache)}
    assert users == {"1": 22, "int4": 73, "fp8": 49}
    assert all(value(f"ex70_users_{name}") == count for name, count in users.items())
    steps = {
        "1": (int4 + 22 * cache) / BANDWIDTH,
        "int4": (int4 + 73 * cache) / (2 * BANDWIDTH),
        "fp8": (fp8 + 49 * cache) / (2 * BANDWIDTH),
    }
    assert all(value(f"ex70_step_{name}") == pytest.approx(step) for name, step in steps.items())
    operations = 2 * 70e9 * 7168 + 4 * 80 * 64 * 128 * sum(range(1, 7169))
    times = {"int4": operations / BF16, "fp8": operations / FP8}  # two GPUs at half of the peak
    totals = {name: times[name] + 1024 * steps[name] / users[name] for name in times}
    assert all(value(f"ex70_prefill_{name}") == pytest.approx(times[name], rel=1e-3) for name in times)
    assert all(value(f"ex70_total_{name}") == pytest.approx(totals[name], rel=1e-3) for name in times)
    assert value("ex70_gain_fp8") == pytest.approx(totals["int4"] / totals["fp8"], rel=1e-3)
    per_prompt = (times["int4"] - times["fp8"]) / 7168
    per_answer = steps["fp8"] / users["fp8"] - steps["int4"] / users["int4"]
    assert value("ex70_ratio") == pytest.approx(per_answer / per_prompt, rel=2e-3)


def test_crossing_and_ridges() -> None:
    assert value("cross_h100") == pytest.approx(BF16 / BANDWIDTH / 2)
    assert value("ridge_w4a16") == pytest.approx(BF16 / BANDWIDTH * 4.125 / 8 / 2)
    assert value("ridge_fp8") == pytest.approx(FP8 / BANDWIDTH / 2)
    assert value("ridge_experts") == pytest.approx(BF16 / BANDWIDTH * 4.25 / 8 / 2 * 128 / 4)


def test_exercise_bits_that_are_not_in_the_name() -> None:
    kept = 2 * 128_256 * 4096
    assert value("ex_bits") == 4.3125
    assert value("ex_weights_8b") == pytest.approx((8e9 - kept) * 4.3125 / 8 + kept * 2)
    assert kept * 2 > value("ex_weights_8b") / 3


def test_exercise_one_block_by_hand() -> None:
    block = np.array([7.4, 3.4, -1.2, 0.6])
    sizes = np.array([0, 0.5, 1, 1.5, 2, 3, 4, 6])
    levels = np.concatenate([-sizes[::-1], sizes])

    def back(scale: float) -> list[float]:
        return [scale * float(levels[np.abs(levels - one / scale).argmin()]) for one in block]

    assert back(1) == [6, 3, -1, 0.5] and 2.0 ** (math.floor(math.log2(7.4)) - 2) == 1
    assert back(2) == [8, 3, -1, 1]
    assert back(1.25) == [7.5, 3.75, -1.25, 0.625]
    sums = [float(np.square(np.array(back(scale)) - block).sum()) for scale in (1, 2, 1.25)]
    assert sums == pytest.approx([2.17, 0.72, 0.1356], abs=5e-4)
    assert sums[0] / sums[2] == pytest.approx(16, abs=0.1)
    assert abs(7.4 / 6 - 1.25) < abs(7.4 / 6 - 1.125)  # neighbours in E4M3, whose steps there are 1/8


def test_exercise_what_an_outlier_costs() -> None:
    assert 1 < 127 / 100 < 1.5
    assert value("ex_outlier_loss") == pytest.approx(10 * math.log10(100**2))


def test_exercise_where_the_noise_comes_from() -> None:
    shares = {"ex_both": 1 / 100 + 1 / 25.12, "ex_better_weights": 1 / 398.1 + 1 / 25.12}
    shares |= {"ex_better_inputs": 2 / 100}
    for name, share in shares.items():
        assert value(name) == pytest.approx(-10 * math.log10(share), abs=1e-3), name


def test_e4m3_of_cdna_3_is_that_of_ml_dtypes_and_half_of_the_other() -> None:
    patterns = np.arange(256, dtype=np.uint8)
    ours = patterns.view(ml_dtypes.float8_e4m3fnuz).astype(np.float32)
    common = patterns.view(ml_dtypes.float8_e4m3fn).astype(np.float32)
    fnuz = tables.E4M3_FNUZ
    assert fnuz.at(*fnuz.top).value == float(np.nanmax(ours)) == 240
    assert fnuz.at(1, 0).value == float(ours[0b0_0001_000])
    assert fnuz.at(0, 1).value == float(ours[1])
    both = np.isfinite(ours) & np.isfinite(common)
    assert np.isnan(ours).sum() == 1 and np.isnan(ours[0x80])
    np.testing.assert_array_equal(2 * ours[both], common[both])
    assert 256 - fnuz.unused == len(set(ours[np.isfinite(ours)])) == 255


def test_mxfp4_fits_into_nvfp4_if_its_scales_are_within_e4m3() -> None:
    held = set(np.arange(256, dtype=np.uint8).view(ml_dtypes.float8_e4m3fn).astype(np.float32).tolist())
    assert [s for s in range(-20, 20) if 2.0**s in held] == list(range(-9, 9))


def test_exercise_smooth_it() -> None:
    assert 100**0.5 == 10
    alpha = math.log(25) / math.log(100)
    assert 100 / 100**alpha == pytest.approx(4) and round(alpha, 2) == 0.7


def test_exercise_optimal_brain_surgeon_with_two_weights() -> None:
    h, w = np.array([[1, 0.8], [0.8, 1]]), np.array([0.4, 0.4])
    nearest = np.rint(w) - w
    assert nearest @ h @ nearest == pytest.approx(0.576)
    inverse = np.linalg.inv(h)
    moved = w[1] + (0 - w[0]) * inverse[1, 0] / inverse[0, 0]
    assert moved == pytest.approx(0.72)
    compensated = np.array([0, np.rint(moved)]) - w
    assert compensated @ h @ compensated == pytest.approx(0.136)
    rest = 1 - 0.8**2  # of the first input, after regression on the second
    assert rest * 1 == pytest.approx(np.linalg.det(h)) and (rest + 1) / 2 == pytest.approx(0.68)


def test_exercise_the_same_crossing_on_a_b200() -> None:
    assert value("cross_b200") == pytest.approx(2250 / 7.7 / 2)
    assert value("cross_nvfp4") == pytest.approx(2250 / 7.7 / 2 * 4.5 / 8)
    assert value("ridge_fp8_b200") == pytest.approx(4500 / 7.7 / 2)
    assert value("ridge_nvfp4") == pytest.approx(9000 / 7.7 * 4.5 / 8 / 2)


def test_exercise_reasoning_instead_of_retrieval() -> None:
    operations = 2 * 70e9 * 1024 + 4 * 80 * 64 * 128 * sum(range(1, 1025))
    int4 = operations / BF16 + 7168 * value("ex70_step_int4") / 73
    fp8 = operations / FP8 + 7168 * value("ex70_step_fp8") / 49
    assert value("ex_mix_int4") == pytest.approx(int4, rel=1e-3)
    assert value("ex_mix_fp8") == pytest.approx(fp8, rel=1e-3)
    assert value("ex_mix_gain") == pytest.approx(fp8 / int4, rel=1e-3)


def test_exercise_when_experts_become_compute_bound() -> None:
    assert value("ex_experts") == pytest.approx(BF16 / BANDWIDTH * 4.125 / 16 * 32)


def test_exercise_how_many_problems() -> None:
    assert value("ex_score_error") == pytest.approx(math.sqrt(0.8 * 0.2 / 30))
    needed = value("ex_problems")
    assert 0.01 * needed == pytest.approx(2 * math.sqrt(0.05 * needed))


def test_exercise_four_bits_inside_eight() -> None:
    held = {sign * 2.0 ** max(e - 7, -6) * ((e > 0) + f / 8) for e in range(16) for f in range(8) for sign in (1, -1)}
    held -= {480.0, -480.0}  # the pattern of NaN
    elements = (0, 0.5, 1, 1.5, 2, 3, 4, 6)
    fitting = [s for s in range(-20, 20) if all(one * 2.0**s in held for one in elements)]
    assert fitting == list(range(-8, 7)) and 2 ** (fitting[-1] - fitting[0]) == 16_384
