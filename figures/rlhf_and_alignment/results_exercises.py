"""Numbers of the exercises of the article on RLHF and alignment."""

from __future__ import annotations

from figures.formulas import (
    answer_groups,
    best_of_n,
    compare,
    importance_ratios,
    judges,
    regularized_policy,
    rl_pipeline,
    rl_step,
    selection,
    verifier_noise,
)
from figures.results import Assumed, computed
from figures.rlhf_and_alignment.results_step import bf16, none, one, state_bytes, two, zero_time

# Best of eight.
ex_samples = Assumed(8, "1", "answers of which the best is taken, in the exercise")
ex_correlation = Assumed(0.7, "1", "correlation of proxy and true reward, in the exercise")
ex_kl = computed(best_of_n.kl_bound, samples=ex_samples)
ex_win = computed(best_of_n.win_rate_bound, samples=ex_samples)
ex_proxy = computed(selection.largest_of_normals, variants=ex_samples)
ex_gold = computed(best_of_n.gold_gain, proxy_gain=ex_proxy, correlation=ex_correlation)

# A small penalty.
ex_penalty = Assumed(0.1, "1", "weight of the KL divergence, in the exercise")
ex_half = Assumed(0.5, "1", "probability of each of two answers under the reference, in the exercise")
ex_better = Assumed(1, "1", "reward of the better answer, in the exercise")
ex_value = computed(
    regularized_policy.optimal_value, penalty=ex_penalty, references=(ex_half, ex_half), rewards=(ex_better, none)
)
ex_worse = computed(
    regularized_policy.optimal_probability, reference=ex_half, reward=none, value=ex_value, penalty=ex_penalty
)

# Groups.
ex_hard = Assumed(0.02, "1", "probability of a right answer, in the exercise")
ex_group = Assumed(16, "1", "answers of a group, in the exercise")
ex_large = Assumed(35, "1", "answers of a larger group, in the exercise")
ex_useful = computed(answer_groups.useful_share, right=ex_hard, answers=ex_group)
ex_enough = computed(answer_groups.useful_share, right=ex_hard, answers=ex_large)
ex_eight = Assumed(8, "1", "answers of a group with one right answer, in the exercise")
ex_right = computed(answer_groups.right_advantage, answers=ex_eight, right=one)
ex_wrong = computed(answer_groups.wrong_advantage, answers=ex_eight, right=one)

# Memory.
ex_parameters = Assumed(8e9, "1", "parameters of the model, in the exercise")


ex_ppo = computed(
    rl_step.role_memory,
    parameters=ex_parameters,
    trained=two,
    state_bytes=state_bytes,
    frozen=two,
    parameter_bytes=bf16,
)
ex_grpo = computed(
    rl_step.role_memory,
    parameters=ex_parameters,
    trained=one,
    state_bytes=state_bytes,
    frozen=none,
    parameter_bytes=bf16,
)
ex_memory_ratio = computed(compare.size_ratio, first=ex_ppo, second=ex_grpo)

# A pipeline.
ex_div = Assumed(60, "s", "sampling that more GPUs shorten, in the exercise")
ex_floor = Assumed(180, "s", "sampling that they do not, in the exercise")
ex_train = Assumed(120, "s", "scoring and update, in the exercise")
_sampling = computed(compare.time_sum, first=ex_div, second=ex_floor)
ex_turn = computed(rl_step.step_in_turn, generation=_sampling, training=ex_train, sync=zero_time)
ex_off = computed(rl_pipeline.one_off_step, divisible=ex_div, floor=ex_floor, training=ex_train)
ex_flow = computed(rl_pipeline.streamed_step, divisible=ex_div, training=ex_train)
ex_gain = computed(rl_pipeline.streaming_gain, divisible=ex_div, floor=ex_floor, training=ex_train)
ex_split = computed(rl_pipeline.best_split, divisible=ex_div, training=ex_train)
ex_flying = Assumed(4096, "1", "answers in flight, in the exercise")
ex_batch = Assumed(512, "1", "answers of an update, in the exercise")
ex_lag = computed(rl_pipeline.mean_staleness, in_flight=ex_flying, batch=ex_batch)

# Ratios.
ex_deviation = Assumed(0.01, "1", "standard deviation of a token's log ratio, in the exercise")
ex_share = Assumed(0.5, "1", "share of the sample that is left, in the exercise")
ex_tokens = computed(importance_ratios.tokens_at_share, share=ex_share, deviation=ex_deviation)

# A verifier.
ex_found = Assumed(0.8, "1", "share of the right answers that the verifier accepts, in the exercise")
ex_rejected = Assumed(0.95, "1", "share of the wrong answers that it rejects, in the exercise")
ex_tenth = Assumed(0.1, "1", "probability of a right answer, in the exercise on verifiers")
ex_signal = computed(verifier_noise.signal_kept, sensitivity=ex_found, specificity=ex_rejected)
ex_accepted = computed(verifier_noise.accepted_share, right=ex_tenth, sensitivity=ex_found, specificity=ex_rejected)
ex_precision = computed(judges.accepted_right, right=ex_tenth, sensitivity=ex_found, specificity=ex_rejected)
