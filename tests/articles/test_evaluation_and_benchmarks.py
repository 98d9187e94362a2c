"""The exercises and the worked example of the article on evaluation, by hand arithmetic."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations
from statistics import NormalDist

import pytest

from figures.results import load

RESULTS = load("evaluation_and_benchmarks")
Z = NormalDist().inv_cdf(0.975)
Z_POWER = Z + NormalDist().inv_cdf(0.8)
ELO = 400 / math.log(10)


def value(name: str) -> float:
    return RESULTS[name].value


def test_sizes_of_errors() -> None:
    assert value("aime_error") == pytest.approx(0.5 / math.sqrt(30))
    assert value("humaneval_error") == pytest.approx(0.4 / math.sqrt(164))
    assert value("swe_error") == pytest.approx(0.4 / math.sqrt(500))
    assert value("mmlu_error") == pytest.approx(0.4 / math.sqrt(14_000))
    assert value("swe_least") == pytest.approx(Z_POWER * 0.4 / math.sqrt(500))  # at a correlation of one half
    assert pytest.approx(2.8, abs=0.01) == Z_POWER


def test_problems_for_two_points() -> None:
    assert value("problems_paired") == pytest.approx((Z_POWER / 0.02) ** 2 * 2 * 0.16 * 0.5)
    assert value("problems_unpaired") == pytest.approx(2 * value("problems_paired"))


def test_nothing_seen_does_not_mean_nothing() -> None:
    assert (1 - value("unseen")) ** 100 == pytest.approx(0.05)
    assert value("unseen") == pytest.approx(-math.log(0.05) / 100, rel=0.02)


def test_wilson_by_its_definition() -> None:
    for end in (value("humaneval_low"), value("humaneval_high")):
        assert abs(0.8 - end) == pytest.approx(Z * math.sqrt(end * (1 - end) / 164))
    for end in (value("ex_wilson_low"), value("ex_wilson_high")):
        assert abs(141 / 164 - end) == pytest.approx(Z * math.sqrt(end * (1 - end) / 164))


def test_an_interval_two_ways() -> None:
    share = 141 / 164
    error = math.sqrt(share * 23 / 164 / 164)
    assert value("ex_score") == pytest.approx(share)
    assert value("ex_error") == pytest.approx(error)
    assert (value("ex_low"), value("ex_high")) == pytest.approx((share - Z * error, share + Z * error))


def test_groups() -> None:
    assert value("group_effect") == pytest.approx(1 + 4 * 0.4)
    assert value("group_problems") == pytest.approx(1000 / 2.6)
    assert value("ex_effect") == pytest.approx(6.4)
    assert value("ex_effective") == pytest.approx(2500 / 6.4)
    assert value("ex_group_error") / value("ex_group_naive") == pytest.approx(math.sqrt(6.4))
    assert value("ex_group_naive") == pytest.approx(0.008)


def test_flips_one_by_one() -> None:
    differences = [1] * 40 + [-1] * 22 + [0] * 438
    mean = sum(differences) / 500
    variance = sum((one - mean) ** 2 for one in differences) / 500
    assert value("ex_flip_error") == pytest.approx(math.sqrt(variance / 500))
    assert value("ex_z") == pytest.approx(18 / math.sqrt(62))
    assert mean / value("ex_flip_error") == pytest.approx(2.3, abs=0.01)
    assert mean / math.sqrt(2 * 0.018**2) == pytest.approx(1.4, abs=0.02)


def test_many_comparisons() -> None:
    assert value("any_alarm") == pytest.approx(1 - 0.95**20)


def test_pass_at_k_by_counting() -> None:
    sets = list(combinations([True] * 3 + [False] * 7, 5))
    assert value("example_pass") == pytest.approx(sum(map(any, sets)) / len(sets))
    assert value("example_plug_in") == pytest.approx(1 - 0.7**5)
    assert value("ex_pass") == pytest.approx(1 - Fraction(8008, 184756))
    assert (math.comb(16, 10), math.comb(20, 10)) == (8008, 184756)
    assert value("ex_hat") == pytest.approx(6 / 190)
    assert value("ex_plug_in") == pytest.approx(1 - 0.8**10)


def test_two_columns_predict_the_others() -> None:
    once, twice = 0.460, 0.326
    likeness = (once - twice) / (twice - once**2)
    third = twice * (once * likeness + 2) / (likeness + 2)
    assert value("tau_likeness") == pytest.approx(likeness)
    assert value("tau_three") == pytest.approx(third)
    assert value("tau_four") == pytest.approx(third * (once * likeness + 3) / (likeness + 3))
    assert value("tau_alike") == pytest.approx(0.46**4)
    assert value("tau_retail_three") == pytest.approx(0.509, abs=0.002)
    assert value("tau_retail_four") == pytest.approx(0.462, abs=0.004)
    assert value("tau_gpt_three") < 0.220 and value("tau_gpt_four") < 0.200


def test_a_budget() -> None:
    assert value("ex_wide") == pytest.approx(math.sqrt(0.16 / 1000))
    assert value("ex_deep") == pytest.approx(math.sqrt((0.08 + 0.016) / 200))


def test_labels() -> None:
    assert value("swe_defective") == pytest.approx(0.276 * 0.594)
    assert value("swe_ceiling") == pytest.approx(1 - 0.276 * 0.594)
    assert value("hle_ceiling") == pytest.approx(0.846)
    assert value("mc_true") * 0.95 + (1 - value("mc_true")) * 0.05 / 3 == pytest.approx(0.92)
    assert value("mc_kept") == pytest.approx(0.95 - 0.05 / 3)
    assert value("ex_ceiling") == pytest.approx(0.92)
    assert value("ex_true") == pytest.approx((0.90 - 0.08 / 3) / (0.92 - 0.08 / 3))
    assert value("ex_impossible") == pytest.approx((0.93 - 0.08 / 3) / (0.92 - 0.08 / 3))
    assert value("ex_impossible") > 1


def test_contamination_and_bytes() -> None:
    assert value("contaminated") == pytest.approx(0.6 + 0.3 * 0.5 * 0.4)
    assert value("bits_one") == pytest.approx(400 / 1000 / math.log(2))
    assert value("bits_two") == pytest.approx(475 / 1000 / math.log(2))


def test_ratings() -> None:
    assert value("twenty_wins") == pytest.approx(1 / (1 + 10 ** (-20 / 400)))
    assert value("five_battles") == pytest.approx((2 * ELO / 5) ** 2)
    assert value("variant_error") == pytest.approx(2 * ELO / math.sqrt(3000))
    assert pytest.approx(347, abs=0.5) == 2 * ELO
    assert value("variant_luck") == pytest.approx(2.0 * 2 * ELO / math.sqrt(3000), rel=0.002)
    assert value("ex_rating_low") == pytest.approx(35 - Z * 12)
    assert value("ex_rating_high") == pytest.approx(35 + Z * 12)
    for name, points in (("ex_win", 35), ("ex_win_low", 35 - Z * 12), ("ex_win_high", 35 + Z * 12)):
        odds = math.exp(points / ELO)
        assert value(name) == pytest.approx(odds / (1 + odds))
    assert value("ex_battles") == pytest.approx((2 * ELO) ** 2)


def test_a_judge_with_a_habit() -> None:
    share = (0.72 - 0.25) / 0.65
    terms = (0.72 * 0.28 / 1000, share**2 * 0.09 / 200, (1 - share) ** 2 * 0.1875 / 100)
    assert value("ex_corrected") == pytest.approx(share)
    assert value("ex_corrected_error") == pytest.approx(math.sqrt(sum(terms)) / 0.65)
    assert [term * 1e4 for term in terms] == pytest.approx([2.0, 2.4, 1.4], abs=0.06)
    assert math.sqrt(0.72 * 0.28 / 1000) == pytest.approx(0.014, abs=0.0005)


def test_agreement() -> None:
    assert value("ex_chance") == pytest.approx(0.68)
    assert value("ex_kappa") == pytest.approx(0.17 / 0.32)


def test_the_best_of_many() -> None:
    assert value("variant_largest") == pytest.approx(2.0, abs=0.005)  # tables of order statistics: 1.965 for 25
    assert value("ex_largest") == pytest.approx(1.766, abs=0.001)
    assert value("ex_luck") == pytest.approx(1.766 * 0.012, rel=0.001)


def test_a_gate() -> None:
    assert value("ex_gate") == pytest.approx((Z + NormalDist().inv_cdf(0.9)) ** 2 * 0.10 / 0.03**2)
    assert 0.03 * math.sqrt(value("ex_gate") / 400) == pytest.approx(0.05, abs=0.002)


def borrowed_error(passed: int, answers: int = 5, likeness: float = 0.3987) -> float:
    """Of a score of Terminal-Bench 2.0, with the likeness of the tasks of the version before."""
    share = passed / 445
    between = share * (1 - share) / (1 + likeness)
    return math.sqrt((between + (share * (1 - share) - between) / answers) / 89)


def apart(first: int, second: int, correlation: float) -> float:
    """Standard error of the difference of two rows of the board."""
    one, other = borrowed_error(first), borrowed_error(second)
    return math.sqrt(one**2 + other**2 - 2 * correlation * one * other)


def test_the_worked_example() -> None:
    share = 344 / 445
    error, pair = borrowed_error(344), apart(344, 311, 0.809)
    assert value("tb_naive") == pytest.approx(math.sqrt(share * (1 - share) / 445))
    assert value("tb_worst") == pytest.approx(math.sqrt(share * (1 - share) / 89))
    assert value("tb_between") + value("tb_within") == pytest.approx(share * (1 - share))
    assert value("tb_between") / value("tb_within") == pytest.approx(1 / 0.3987)
    assert value("tb_error") == pytest.approx(error)
    assert value("tb_error_many") == pytest.approx(borrowed_error(344, answers=50))
    assert value("tb_error_most") == pytest.approx(borrowed_error(344, likeness=0.1594))
    assert value("tb_error_least") == pytest.approx(borrowed_error(344, likeness=1.0604))
    assert value("tb_model_error") == pytest.approx(pair)
    assert value("tb_harness_error") == pytest.approx(apart(344, 305, 0.6081))
    assert value("tb_model") == pytest.approx(33 / 445)
    assert value("tb_harness") == pytest.approx(39 / 445)
    assert value("tb_harness_opus") == pytest.approx(20 / 445)
    assert value("tb_top") == pytest.approx(12 / 445)
    assert (value("tb_low"), value("tb_high")) == pytest.approx((33 / 445 - Z * pair, 33 / 445 + Z * pair))
    top = apart(344, 332, 0.6081)
    assert (value("tb_top_low"), value("tb_top_high")) == pytest.approx((12 / 445 - Z * top, 12 / 445 + Z * top))
    assert value("tb_low_less_alike") == pytest.approx(33 / 445 - Z * apart(344, 311, 0.5554))
    assert value("tb_low_less_alike") < 0 < value("tb_low")
    assert value("tb_least") == pytest.approx(Z_POWER * apart(344, 344, 0.809))
    assert value("tb_least_apart") == pytest.approx(Z_POWER * apart(344, 344, 0.6081))
    assert value("tb_needed") == pytest.approx((Z_POWER / 0.05) ** 2 * apart(344, 344, 0.809) ** 2 * 89)


def test_trials_and_a_difference() -> None:
    # Variance on a task 0.0455 between tasks, 0.14 in a pair of single trials; 80 tasks.
    for name, answers in (("core_gap_one", 1), ("core_gap_error", 5), ("core_gap_endless", 1e12)):
        assert value(name) == pytest.approx(math.sqrt((0.04551 + 0.14 / answers) / 80), rel=1e-3)
    assert value("core_gap") / value("core_gap_error") == pytest.approx(2.06, abs=0.01)


def test_a_lead_of_one_point() -> None:
    error = 0.4 / math.sqrt(500)  # of the difference too, at a correlation of one half
    assert value("swe_threshold") == pytest.approx(Z * error)
    assert value("swe_power") == pytest.approx(1 - NormalDist(0.01, error).cdf(Z * error))


def test_room_below_the_ceiling() -> None:
    assert value("mmlu_ceiling") == pytest.approx(1 - 0.0649)
    assert value("mmlu_room") == pytest.approx(0.9351 - 0.933)
    assert value("mmlu_least") == pytest.approx(Z_POWER * 0.4 / math.sqrt(14_000))
    assert value("swe_room") == pytest.approx(1 - 0.276 * 0.594 - 0.809)
    assert value("mmlu_room") < value("mmlu_least") and value("swe_room") < value("swe_least")


def test_groups_as_measured() -> None:
    assert 1 + 9 * value("mgsm_correlation") == pytest.approx(1.88**2)
    assert value("hundred_error") == pytest.approx(0.04)


def test_votes_and_verifiers_by_counting() -> None:
    for name, right in (("vote_easy", 0.6), ("vote_hard", 0.4)):
        found = sum(math.comb(9, k) * right**k * (1 - right) ** (9 - k) for k in range(5, 10))
        assert value(name) == pytest.approx(found)
    assert value("accepted") == pytest.approx(18 / 26)  # of 100 answers: 18 right ones and 8 wrong ones pass
    assert value("ex_submitted") == pytest.approx(285 / 425)  # of 1,000 patches: 285 right, 140 wrong
    assert value("ex_submitted_more") == pytest.approx(285 / 320)


def test_costs() -> None:
    assert value("dear_solved") == pytest.approx(0.5 / 0.7)
    assert value("cheap_solved") == pytest.approx(0.2 / 0.55)
    assert 0.5 + 0.3 * value("loss_parity") == pytest.approx(0.2 + 0.45 * value("loss_parity"))


def test_holm_on_the_worked_example() -> None:
    cases = ((344, 311, 0.809), (344, 305, 0.6081), (331, 311, 0.6081), (344, 332, 0.6081))
    chances = [2 * NormalDist().cdf(-(one - other) / 445 / apart(one, other, rho)) for one, other, rho in cases]
    assert chances == sorted(chances)
    assert value("tb_holm_model") == pytest.approx(4 * chances[0])
    assert value("tb_holm_harness") == pytest.approx(3 * chances[1])
    assert value("tb_holm_opus") == pytest.approx(2 * chances[2])


def test_the_organizers_estimate_is_of_the_same_size() -> None:
    # The mean of the largest of 50 standard normals is tabulated as 2.249.
    assert value("fifty_luck") == pytest.approx(2.249 * 2 * ELO / math.sqrt(3000), rel=0.001)
    assert 11 < value("fifty_luck") < 15


def test_marginal_labels_of_the_judge() -> None:
    share, scale = 0.47 / 0.65, 1.0
    good = share**2 * 0.9 * 0.1 / 200**2 * scale
    bad = (1 - share) ** 2 * 0.75 * 0.25 / 100**2 * scale
    assert (good, bad) == pytest.approx((1.2e-6, 1.4e-6), rel=0.05)


def test_what_a_judge_can_be_worth() -> None:
    # Good and called good 0.54, good 0.6, called good 0.64.
    squared = (0.54 - 0.6 * 0.64) ** 2 / (0.6 * 0.4 * 0.64 * 0.36)
    assert value("judge_factor_endless") == pytest.approx(1 / (1 - squared), rel=1e-6)
