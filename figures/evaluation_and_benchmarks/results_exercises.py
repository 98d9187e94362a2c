"""Numbers of the exercises of the article on evaluation and benchmarks."""

from __future__ import annotations

from figures.data import value
from figures.evaluation_and_benchmarks.results_cited import confidence, half
from figures.formulas import (
    benchmark_labels,
    compare,
    judges,
    ratings,
    repeated_answers,
    score_differences,
    score_intervals,
    scores,
    selection,
)
from figures.results import Assumed, computed

# An interval.
ex_solved = Assumed(141, "1", "problems of HumanEval that are solved, in the exercise")
_humaneval = value("benchmarks", "humaneval", "problems")
ex_score = computed(compare.count_ratio, first=ex_solved, second=_humaneval)
ex_error = computed(scores.score_error, solved=ex_score, problems=_humaneval)
ex_low = computed(score_intervals.normal_low, estimate=ex_score, error=ex_error, confidence=confidence)
ex_high = computed(score_intervals.normal_high, estimate=ex_score, error=ex_error, confidence=confidence)
ex_wilson_low = computed(score_intervals.wilson_low, solved=ex_score, problems=_humaneval, confidence=confidence)
ex_wilson_high = computed(score_intervals.wilson_high, solved=ex_score, problems=_humaneval, confidence=confidence)

# Flips.
ex_lost = Assumed(40, "1", "problems that only the first model solves, in the exercise")
ex_won = Assumed(22, "1", "problems that only the second model solves, in the exercise")
ex_both = Assumed(500, "1", "problems that both models answer, in the exercise")
ex_flips = Assumed(0.124, "1", "62 of 500 problems flip, in the exercise")
ex_gap = Assumed(0.036, "1", "18 of 500 problems, in the exercise")
ex_flip_error = computed(score_differences.flip_error, flips=ex_flips, difference=ex_gap, problems=ex_both)
ex_z = computed(score_differences.flip_significance, lost=ex_lost, won=ex_won)

# Groups.
ex_group = Assumed(10, "1", "translations of one problem, in the exercise")
ex_group_correlation = Assumed(0.6, "1", "correlation of two translations' scores, in the exercise")
ex_group_problems = Assumed(2500, "1", "problems in groups, in the exercise")
ex_effect = computed(scores.design_effect, size=ex_group, correlation=ex_group_correlation)
ex_effective = computed(scores.effective_problems, problems=ex_group_problems, effect=ex_effect)
ex_group_score = Assumed(0.8, "1", "score in the exercise on groups")
ex_group_naive = computed(scores.score_error, solved=ex_group_score, problems=ex_group_problems)
ex_group_error = computed(scores.score_error, solved=ex_group_score, problems=ex_effective)

# pass@k and pass^k.
ex_drawn = Assumed(20, "1", "answers drawn for a problem, in the exercise")
ex_right = Assumed(4, "1", "of which are right, in the exercise")
ex_tries = Assumed(10, "1", "tries, in the exercise")
ex_two = Assumed(2, "1", "answers that must both be right, in the exercise")
ex_share = Assumed(0.2, "1", "share of right answers, in the exercise")
ex_pass = computed(repeated_answers.pass_at_k, answers=ex_drawn, right=ex_right, tries=ex_tries)
ex_plug_in = computed(repeated_answers.any_right, right=ex_share, tries=ex_tries)
ex_hat = computed(repeated_answers.pass_hat_k, answers=ex_drawn, right=ex_right, tries=ex_two)

# A budget of answers.
ex_between = Assumed(0.08, "1", "variance between problems, in the exercise")
ex_within = Assumed(0.08, "1", "variance of the answers to a problem, in the exercise")
ex_many = Assumed(1000, "1", "problems answered once, in the exercise")
ex_few = Assumed(200, "1", "problems answered five times, in the exercise")
ex_once = Assumed(1, "1", "answers per problem, in the exercise")
ex_five = Assumed(5, "1", "answers per problem, in the exercise")
ex_wide = computed(scores.resampled_error, between=ex_between, within=ex_within, problems=ex_many, answers=ex_once)
ex_deep = computed(scores.resampled_error, between=ex_between, within=ex_within, problems=ex_few, answers=ex_five)

# Wrong labels.
ex_noise = Assumed(0.08, "1", "share of wrong labels, in the exercise")
ex_match = Assumed(1 / 3, "1", "one of three wrong choices, each as likely")
ex_perfect = Assumed(1, "1", "a perfect model")
ex_observed = Assumed(0.90, "1", "observed accuracy, in the exercise")
ex_above = Assumed(0.93, "1", "observed accuracy of a second model, in the exercise")
ex_ceiling = computed(benchmark_labels.observed_accuracy, accuracy=ex_perfect, noise=ex_noise, match=ex_match)
ex_true = computed(benchmark_labels.true_accuracy, observed=ex_observed, noise=ex_noise, match=ex_match)
ex_impossible = computed(benchmark_labels.true_accuracy, observed=ex_above, noise=ex_noise, match=ex_match)

# Ratings.
ex_rating = Assumed(35, "1", "difference of two ratings, in the exercise")
ex_rating_error = Assumed(12, "1", "its standard error, in the exercise")
ex_rating_low = computed(score_intervals.normal_low, estimate=ex_rating, error=ex_rating_error, confidence=confidence)
ex_rating_high = computed(score_intervals.normal_high, estimate=ex_rating, error=ex_rating_error, confidence=confidence)
ex_win = computed(ratings.win_probability, difference=ex_rating)
ex_win_low = computed(ratings.win_probability, difference=ex_rating_low)
ex_win_high = computed(ratings.win_probability, difference=ex_rating_high)
ex_one_point = Assumed(1, "1", "standard error that the exercise asks for")
ex_battles = computed(ratings.battles_needed, win=half, error=ex_one_point)

# A judge.
ex_judged = Assumed(0.72, "1", "share of the answers that the judge calls good, in the exercise")
ex_sensitivity = Assumed(0.9, "1", "share of good answers that the judge calls good, in the exercise")
ex_specificity = Assumed(0.75, "1", "share of bad answers that the judge calls bad, in the exercise")
ex_answers = Assumed(1000, "1", "answers that only the judge saw, in the exercise")
ex_good = Assumed(200, "1", "good answers by human labels, in the exercise")
ex_bad = Assumed(100, "1", "bad answers by human labels, in the exercise")
ex_corrected = computed(
    judges.corrected_share, judged=ex_judged, sensitivity=ex_sensitivity, specificity=ex_specificity
)
ex_corrected_error = computed(
    judges.corrected_share_error,
    judged=ex_judged,
    sensitivity=ex_sensitivity,
    specificity=ex_specificity,
    answers=ex_answers,
    good=ex_good,
    bad=ex_bad,
)

# A verifier that errs.
ex_patch = Assumed(0.3, "1", "probability that a patch is right, in the exercise")
ex_accepts = Assumed(0.95, "1", "share of the right patches that the tests accept, in the exercise")
ex_rejects = Assumed(0.8, "1", "share of the wrong patches that the tests reject, in the exercise")
ex_rejects_more = Assumed(0.95, "1", "share that stricter tests reject, in the exercise")
ex_submitted = computed(judges.accepted_right, right=ex_patch, sensitivity=ex_accepts, specificity=ex_rejects)
ex_submitted_more = computed(judges.accepted_right, right=ex_patch, sensitivity=ex_accepts, specificity=ex_rejects_more)

# Agreement.
ex_agree = Assumed(0.85, "1", "share of the items on which two judges agree, in the exercise")
ex_often = Assumed(0.8, "1", "share of the items that a judge calls good, in the exercise")
ex_seldom = Assumed(0.2, "1", "share of the items that a judge calls bad, in the exercise")
ex_chance = computed(judges.chance_agreement, first=(ex_often, ex_seldom), second=(ex_often, ex_seldom))
ex_kappa = computed(judges.cohen_kappa, observed=ex_agree, chance=ex_chance)

# The best checkpoint.
ex_checkpoints = Assumed(16, "1", "checkpoints that are compared, in the exercise")
ex_checkpoint_error = Assumed(0.012, "1", "part of the standard error that the checkpoints do not share")
ex_largest = computed(selection.largest_of_normals, variants=ex_checkpoints)
ex_luck = computed(selection.luck_of_the_best, largest=ex_largest, error=ex_checkpoint_error)

# A gate.
ex_gate_flips = Assumed(0.10, "1", "variance of the difference: flips between two builds, in the exercise")
ex_gate_gap = Assumed(0.03, "1", "regression that the gate must find, in the exercise")
ex_gate_power = Assumed(0.9, "1", "probability with which the gate must find it")
ex_gate = computed(
    score_differences.problems_for_power,
    variance=ex_gate_flips,
    difference=ex_gate_gap,
    confidence=confidence,
    power=ex_gate_power,
)
