"""Numbers of the article that start from what leaderboards, papers and audits print."""

from __future__ import annotations

from figures.data import value
from figures.formulas import (
    answer_costs,
    benchmark_audits,
    benchmark_labels,
    heterogeneous_answers,
    judges,
    ratings,
    repeated_answers,
    score_differences,
    score_intervals,
    scores,
    selection,
)
from figures.results import Assumed, Computed, Source, computed

confidence = Assumed(0.95, "1", "confidence of every interval unless another is named")
power = Assumed(0.8, "1", "probability of finding a difference, the usual choice")
half = Assumed(0.5, "1", "score at which the standard error of a share is largest")
eighty = Assumed(0.8, "1", "score of a good model in the examples")
correlated = Assumed(0.5, "1", "correlation of two models' scores over problems in the examples")
one = Assumed(1, "1", "a perfect model; one answer per problem")
free = Assumed(0, "1", "free answers: a wrong answer never equals a wrong label")


def problems(benchmark: str, field: str = "problems") -> Source:
    """How many problems a benchmark has."""
    return value("benchmarks", benchmark, field)


def error(solved: Source, benchmark: str, field: str = "problems") -> Computed:
    """Standard error of a score on a benchmark."""
    return computed(scores.score_error, solved=solved, problems=problems(benchmark, field))


def least(solved: Source, benchmark: str, correlation: Source, field: str = "problems") -> Computed:
    """Smallest difference to a model with the same score that the benchmark is likely to find."""
    alone = error(solved, benchmark, field)
    pair = computed(score_differences.difference_error, first=alone, second=alone, correlation=correlation)
    return computed(score_differences.detectable_difference, error=pair, confidence=confidence, power=power)


aime_error = error(half, "aime24")
humaneval_error = error(eighty, "humaneval")
mmlu_error = error(eighty, "mmlu")
swe_error = error(eighty, "swe_verified")
swe_least = least(eighty, "swe_verified", correlated)
swe_pair = computed(score_differences.difference_error, first=swe_error, second=swe_error, correlation=correlated)
even = Assumed(0.5, "1", "power at which a true difference just reaches significance: its threshold")
one_point = Assumed(0.01, "1", "lead of one point, in the example")
swe_power = computed(score_differences.power, difference=one_point, error=swe_pair, confidence=confidence)
swe_threshold = computed(score_differences.detectable_difference, error=swe_pair, confidence=confidence, power=even)
humaneval_low = computed(
    score_intervals.wilson_low, solved=eighty, problems=problems("humaneval"), confidence=confidence
)
humaneval_high = computed(
    score_intervals.wilson_high, solved=eighty, problems=problems("humaneval"), confidence=confidence
)

# How many problems it takes.
two_points = Assumed(0.02, "1", "difference that matters to the reader, in the examples")
pair_variance = computed(score_differences.difference_variance, first=eighty, second=eighty, correlation=correlated)
lone_variance = computed(score_differences.difference_variance, first=eighty, second=eighty, correlation=free)
problems_paired = computed(
    score_differences.problems_for_power,
    variance=pair_variance,
    difference=two_points,
    confidence=confidence,
    power=power,
)
problems_unpaired = computed(
    score_differences.problems_for_power,
    variance=lone_variance,
    difference=two_points,
    confidence=confidence,
    power=power,
)

# Problems in groups.
group_size = Assumed(5, "1", "questions about one passage, in the example")
group_correlation = Assumed(0.4, "1", "correlation of the scores of two questions about one passage, in the example")
group_effect = computed(scores.design_effect, size=group_size, correlation=group_correlation)
mgsm_correlation = computed(
    scores.group_correlation,
    ratio=value("benchmarks", "mgsm", "ratio"),
    size=value("benchmarks", "mgsm", "languages"),
)
thousand = Assumed(1000, "1", "problems in the examples")
group_problems = computed(scores.effective_problems, problems=thousand, effect=group_effect)

# Many comparisons.
five_percent = Assumed(0.05, "1", "probability of a false alarm in one test, the usual choice")
twenty_tests = Assumed(20, "1", "benchmarks in a model card, in the example")
any_alarm = computed(selection.any_false_alarm, significance=five_percent, tests=twenty_tests)
hundred = Assumed(100, "1", "problems without a failure, in the example")
hundred_error = computed(scores.score_error, solved=eighty, problems=hundred)
unseen = computed(score_intervals.unseen_failures, problems=hundred, confidence=confidence)

# Repeated answers: the two columns of tau-bench that predict the others.
three = Assumed(3, "1", "trials that must all succeed")
four = Assumed(4, "1", "trials that must all succeed")


def _likeness(row: str) -> Computed:
    return computed(
        heterogeneous_answers.likeness,
        once=value("benchmarks", row, "pass_1"),
        twice=value("benchmarks", row, "pass_2"),
    )


def _all_right(row: str, tries: Source) -> Computed:
    return computed(
        heterogeneous_answers.all_right_on_average,
        solved=value("benchmarks", row, "pass_1"),
        likeness=_likeness(row),
        tries=tries,
    )


tau_likeness = _likeness("tau_airline_claude")
tau_three = _all_right("tau_airline_claude", three)
tau_four = _all_right("tau_airline_claude", four)
tau_retail_three = _all_right("tau_retail_claude", three)
tau_retail_four = _all_right("tau_retail_claude", four)
tau_gpt_three = _all_right("tau_airline_gpt4o", three)
tau_gpt_four = _all_right("tau_airline_gpt4o", four)
tau_alike = computed(repeated_answers.all_right, right=value("benchmarks", "tau_airline_claude", "pass_1"), tries=four)

# pass@k on one problem.
drawn = Assumed(10, "1", "answers drawn for one problem, in the example")
right = Assumed(3, "1", "of which are right, in the example")
tries = Assumed(5, "1", "tries, k, in the example")
example_pass = computed(repeated_answers.pass_at_k, answers=drawn, right=right, tries=tries)
example_share = Assumed(0.3, "1", "share of right answers in the example of pass@k")
example_plug_in = computed(repeated_answers.any_right, right=example_share, tries=tries)

# A verifier that errs, and a vote.
rare = Assumed(0.2, "1", "probability that an answer is right, in the example of a verifier")
verifier = Assumed(0.9, "1", "share of right answers accepted, and of wrong ones rejected, in the example")
accepted = computed(judges.accepted_right, right=rare, sensitivity=verifier, specificity=verifier)
voters = Assumed(9, "1", "answers that vote, in the example")
easy = Assumed(0.6, "1", "probability of a right answer to the easier problem, in the example of a vote")
hard = Assumed(0.4, "1", "probability of a right answer to the harder problem, in the example of a vote")
vote_easy = computed(repeated_answers.majority_right, right=easy, answers=voters)
vote_hard = computed(repeated_answers.majority_right, right=hard, answers=voters)

# Costs.
dear_price = Assumed(0.50, "USD", "price of a task with the better model, in the example")
cheap_price = Assumed(0.20, "USD", "price of a task with the other model, in the example")
dear_right = Assumed(0.70, "1", "share of the tasks that the better model solves, in the example")
cheap_right = Assumed(0.55, "1", "share that the other model solves, in the example")
dear_solved = computed(answer_costs.cost_per_right_answer, price=dear_price, right=dear_right)
cheap_solved = computed(answer_costs.cost_per_right_answer, price=cheap_price, right=cheap_right)
loss_parity = computed(
    answer_costs.break_even_loss,
    first_price=dear_price,
    second_price=cheap_price,
    first=dear_right,
    second=cheap_right,
)

# Labels and ceilings.
swe_defective = computed(
    benchmark_audits.defective_share,
    audited=value("benchmarks", "swe_verified", "audited"),
    defective=value("benchmarks", "swe_verified", "defective"),
)
swe_ceiling = computed(benchmark_labels.observed_accuracy, accuracy=one, noise=swe_defective, match=free)
mmlu_noise = value("benchmarks", "mmlu", "erroneous")
mmlu_ceiling = computed(benchmark_labels.observed_accuracy, accuracy=one, noise=mmlu_noise, match=free)
mmlu_least = least(eighty, "mmlu", correlated)
mmlu_room = computed(benchmark_audits.score_gap, first=mmlu_ceiling, second=value("benchmarks", "mmlu", "best"))
swe_room = computed(benchmark_audits.score_gap, first=swe_ceiling, second=value("benchmarks", "swe_verified", "best"))
hle_noise = value("benchmarks", "hle", "disagreement")
hle_ceiling = computed(benchmark_labels.observed_accuracy, accuracy=one, noise=hle_noise, match=free)
label_noise = Assumed(0.05, "1", "share of wrong labels in the example of four choices")
third = Assumed(1 / 3, "1", "a wrong answer is one of three wrong choices, each as likely")
mc_kept = computed(benchmark_labels.kept_difference, noise=label_noise, match=third)
ninety_two = Assumed(0.92, "1", "observed accuracy in the example of four choices")
mc_true = computed(benchmark_labels.true_accuracy, observed=ninety_two, noise=label_noise, match=third)

# Contamination.
clean = Assumed(0.6, "1", "accuracy on clean problems, in the example")
leaked = Assumed(0.3, "1", "share of the problems that leaked, in the example")
recalled = Assumed(0.5, "1", "share of the unsolved leaked problems answered from memory, in the example")
contaminated = computed(benchmark_labels.contaminated_accuracy, clean=clean, leaked=leaked, recalled=recalled)

# Bits per byte.
loss_one = Assumed(2.0, "1/token", "loss of the model with the larger vocabulary, in the example")
loss_two = Assumed(1.9, "1/token", "loss of the model with the smaller vocabulary, in the example")
tokens_one = Assumed(200, "token", "tokens of a text of 1,000 bytes with the larger vocabulary, in the example")
tokens_two = Assumed(250, "token", "tokens of the same text with the smaller vocabulary, in the example")
text = Assumed(1000, "B", "bytes of the text in the example")
bits_one = computed(scores.bits_per_byte, loss=loss_one, tokens=tokens_one, size=text)
bits_two = computed(scores.bits_per_byte, loss=loss_two, tokens=tokens_two, size=text)

# Ratings and the best of many.
twenty_points = Assumed(20, "1", "difference of two ratings, in the example")
twenty_wins = computed(ratings.win_probability, difference=twenty_points)
five_points = Assumed(5, "1", "standard error of a difference of ratings that is aimed at, in the example")
five_battles = computed(ratings.battles_needed, win=half, error=five_points)
variant_battles = Assumed(3000, "1", "battles of a private variant, in the example")
variant_error = computed(ratings.rating_error, win=half, battles=variant_battles)
variant_largest = computed(selection.largest_of_normals, variants=value("benchmarks", "arena", "variants"))
variant_luck = computed(selection.luck_of_the_best, largest=variant_largest, error=variant_error)
fifty_error = computed(ratings.rating_error, win=half, battles=value("benchmarks", "arena", "votes"))
fifty_largest = computed(selection.largest_of_normals, variants=value("benchmarks", "arena", "tested"))
fifty_luck = computed(selection.luck_of_the_best, largest=fifty_largest, error=fifty_error)
