"""Numbers of the article that follow from closed forms: labels, the optimum, divergences, best-of-n, groups, ratios."""

from __future__ import annotations

from figures.data import value
from figures.formulas import (
    answer_groups,
    best_of_n,
    clipping,
    compare,
    importance_ratios,
    judges,
    kl_estimators,
    overoptimization,
    preferences,
    ratings,
    rl_scaling,
    selection,
    verifier_noise,
)
from figures.results import Assumed, Computed, Source, computed

# --- Labels -------------------------------------------------------------------------------------------------------
agreed = value("alignment", "instructgpt", "agreement")
accuracy_most = computed(preferences.accuracy_bound, agreement=agreed)
nat = Assumed(1, "1", "a reward difference of one nat")
nat_points = computed(preferences.points_of_rewards, difference=nat)
nat_preferred = computed(ratings.win_probability, difference=nat_points)

# --- Estimates of the divergence ----------------------------------------------------------------------------------
near = Assumed(0.1, "1", "distance of two means in standard deviations, near")
far = Assumed(1, "1", "distance of two means in standard deviations, far")
near_first = computed(kl_estimators.first_error, distance=near)
near_third = computed(kl_estimators.third_error, distance=near)
far_first = computed(kl_estimators.first_error, distance=far)
far_bias = computed(kl_estimators.second_bias, distance=far)
far_third = computed(kl_estimators.third_error, distance=far)
near_kl = computed(kl_estimators.normal_divergence, distance=near)
far_kl = computed(kl_estimators.normal_divergence, distance=far)
even = Assumed(1, "1", "both estimates scatter alike")
crossing = computed(kl_estimators.divergence_at_error_ratio, ratio=even)

# --- Best of n ----------------------------------------------------------------------------------------------------
sixteen = Assumed(16, "1", "answers of which the best is taken")
thousand = Assumed(1000, "1", "answers of which the best is taken, many")
bon_sixteen = computed(best_of_n.kl_bound, samples=sixteen)
bon_thousand = computed(best_of_n.kl_bound, samples=thousand)
win_sixteen = computed(best_of_n.win_rate_bound, samples=sixteen)
gain_sixteen = computed(selection.largest_of_normals, variants=sixteen)
tilt_sixteen = computed(best_of_n.tilt_gain, divergence=bon_sixteen)
near_optimal = computed(compare.count_ratio, first=gain_sixteen, second=tilt_sixteen)
tenth = Assumed(0.1, "1", "probability of the best answer, in the example")
capped = computed(best_of_n.kl_bound_of_few, samples=thousand, top=tenth)

# --- Over-optimization: coefficients are inputs, for the paper prints none -----------------------------------------
rise = Assumed(0.6, "1", "coefficient of the proxy's use under best-of-n; the paper prints none")
fall = Assumed(0.1, "1", "coefficient of its abuse under best-of-n; the paper prints none")
peak = computed(overoptimization.peak_of_best, rise=rise, fall=fall)
peak_gold = computed(overoptimization.gold_of_best, distance=peak, rise=rise, fall=fall)

# --- Groups -------------------------------------------------------------------------------------------------------
group = Assumed(16, "1", "answers of a group, as in DAPO's setting")
hard = Assumed(0.05, "1", "probability of a right answer to a hard prompt")
even_odds = Assumed(0.5, "1", "probability of a right answer to a prompt in the middle")
hard_useful = computed(answer_groups.useful_share, right=hard, answers=group)
even_useful = computed(answer_groups.useful_share, right=even_odds, answers=group)
hard_weight = computed(answer_groups.difficulty_weight, right=hard)
even_weight = computed(answer_groups.difficulty_weight, right=even_odds)
weight_ratio = computed(compare.count_ratio, first=hard_weight, second=even_weight)
small_group = Assumed(4, "1", "answers of a small group")
one_right = Assumed(1, "1", "right answers in it")
lone_right = computed(answer_groups.right_advantage, answers=small_group, right=one_right)
lone_wrong = computed(answer_groups.wrong_advantage, answers=small_group, right=one_right)

# --- Clipping and length ------------------------------------------------------------------------------------------
rare = Assumed(0.01, "1", "probability of a rare token")
clip_low = Assumed(0.2, "1", "symmetric clip, as in PPO")
clip_high = Assumed(0.28, "1", "upper clip of DAPO")
rare_reach = computed(clipping.reachable_probability, old=rare, clip=clip_low)
rare_higher = computed(clipping.reachable_probability, old=rare, clip=clip_high)
limit = Assumed(20_480, "token", "DAPO's most tokens")
soft = Assumed(4096, "token", "DAPO's soft interval")
long_length = Assumed(18_432, "token", "an answer in the middle of the soft interval")
long_penalty = computed(clipping.overlong_penalty, length=long_length, limit=limit, soft=soft)

short_answer = Assumed(100, "token", "tokens of a short answer")
long_answer = Assumed(1000, "token", "tokens of a long answer")
drift_steps = Assumed(30, "step", "steps of the laboratory at which lengths are compared")

# --- Ratios -------------------------------------------------------------------------------------------------------
token_ratio = Assumed(1.1, "1", "ratio of every token, in the example")
ten_tokens = Assumed(10, "1", "tokens of a short answer")
hundred_tokens = Assumed(100, "1", "tokens of a longer answer")
ratio_ten = computed(importance_ratios.sequence_ratio, ratio=token_ratio, tokens=ten_tokens)
ratio_hundred = computed(importance_ratios.sequence_ratio, ratio=token_ratio, tokens=hundred_tokens)
deviation = Assumed(0.02, "1", "standard deviation of a token's log ratio, near IsoExec's mean absolute difference")
half = Assumed(0.5, "1", "half of the sample")
half_tokens = computed(importance_ratios.tokens_at_share, share=half, deviation=deviation)
long_tokens = Assumed(16_384, "1", "tokens of a long answer")
long_effective = computed(importance_ratios.effective_share, deviation=deviation, tokens=long_tokens)

# --- Verifiers ----------------------------------------------------------------------------------------------------
missed = Assumed(0.62, "1", "share of right answers that a rule accepts, if 38 % are false negatives")
exact = Assumed(1, "1", "a verifier that accepts no wrong answer")
missed_signal = computed(verifier_noise.signal_kept, sensitivity=missed, specificity=exact)
half_seen = computed(verifier_noise.accepted_share, right=half, sensitivity=missed, specificity=exact)
lenient = Assumed(0.95, "1", "share of wrong answers that a lenient verifier rejects")
sure = Assumed(0.95, "1", "share of right answers that it accepts")
hard_accepted = computed(verifier_noise.accepted_share, right=hard, sensitivity=sure, specificity=lenient)
hard_precision = computed(judges.accepted_right, right=hard, sensitivity=sure, specificity=lenient)

# --- Scaling ------------------------------------------------------------------------------------------------------
start = Assumed(0.3, "1", "pass rate before training, in the example")
ceiling = value("alignment", "scalerl", "ceiling")
middle = Assumed(3000, "h", "GPU time at half of the gain, in the example")
cispo = value("alignment", "scalerl", "cispo")
dapo = value("alignment", "scalerl", "dapo")
most = Assumed(0.9, "1", "nine tenths of the gain")


def spent(exponent: Source) -> Computed:
    """GPU time to nine tenths of the gain."""
    return computed(rl_scaling.compute_for_share, share=most, middle=middle, exponent=exponent)


cispo_spent = spent(cispo)
dapo_spent = spent(dapo)
spent_ratio = computed(compare.time_ratio, first=dapo_spent, second=cispo_spent)
cispo_reward = computed(
    rl_scaling.reward_of_compute, start=start, ceiling=ceiling, compute=middle, middle=middle, exponent=cispo
)
