"""Numbers of the worked example: a board of Terminal-Bench 2.0, and published trials of the version before it."""

from __future__ import annotations

from figures import paths
from figures.data import value
from figures.evaluation_and_benchmarks.results_cited import confidence, power
from figures.formulas import (
    benchmark_audits,
    compare,
    heterogeneous_answers,
    score_differences,
    score_intervals,
    scores,
    selection,
)
from figures.measurement import read
from figures.results import Assumed, Computed, Measured, Source, computed

_FOLDER = paths.FIGURES / "evaluation_and_benchmarks"


# --- Published trials of thirteen submissions to the version before -----------------------------------------------
def _summary(column: str, what: str) -> Measured:
    table = read(_FOLDER / "terminal_summary.csv")
    return Measured(table, f"{what}, trials of terminal-bench-core 0.1.1", table.cell(column), "1")


core_submissions = _summary("submissions", "submissions with five trials of each task")
core_ignored = _summary("ignored", "median ratio of the standard error of a score to the one of independent trials")
core_unpaired = _summary("unpaired", "median ratio of the error of a difference without pairs to the one in pairs")
core_pairs_agent = _summary("pairs_agent", "pairs of submissions with one agent")
core_pairs_model = _summary("pairs_model", "pairs of submissions with one model")
core_model = _summary("correlation_model", "median correlation of task means, one model in two agents")
core_agent = _summary("correlation_agent", "median correlation of task means, two models in one agent")
core_agent_low = _summary("correlation_agent_low", "lowest correlation of task means, two models in one agent")
core_neither = _summary("correlation_neither", "median correlation of task means, other pairs")
core_likeness = _summary("likeness", "median likeness of the tasks")
core_likeness_low = _summary("likeness_low", "least likeness of the tasks")
core_likeness_high = _summary("likeness_high", "greatest likeness of the tasks")


def _pair(column: str, what: str) -> Measured:
    table = read(_FOLDER / "terminal_pairs.csv")
    return Measured(table, f"{what}, Droid with Opus 4.1 and with GPT-5", table.cell(column, first=10, second=12), "1")


core_gap = _pair("difference", "difference of the scores")
core_gap_error = _pair("error", "standard error of the difference, tasks in pairs")
core_gap_apart = _pair("apart", "variance over tasks of the difference of the two rates")
core_gap_within = _pair("within", "variance of the difference of two trials of a task")
_core_tasks = value("benchmarks", "terminal_bench_core", "tasks")
_one = Assumed(1, "1", "one trial of each task")
_endless = Assumed(1e9, "1", "so many trials that their luck is gone")


def _gap_error(answers: Source) -> Computed:
    return computed(
        scores.resampled_error, between=core_gap_apart, within=core_gap_within, problems=_core_tasks, answers=answers
    )


core_gap_one = _gap_error(_one)
core_gap_endless = _gap_error(_endless)
core_gap_unpaired = _pair("error_unpaired", "standard error of the difference without pairs")

# --- The board of February 2026 -----------------------------------------------------------------------------------
_trials = value("benchmarks", "terminal_bench", "trials")
_tasks = value("benchmarks", "terminal_bench", "tasks")
tb_answers = Assumed(5, "1", "trials per task, as the leaderboard has them")


def _passed(row: str) -> Computed:
    return computed(compare.count_ratio, first=value("benchmarks", "terminal_bench", row), second=_trials)


def _error(solved: Source, answers: Source = tb_answers, likeness: Source = core_likeness) -> Computed:
    between = computed(heterogeneous_answers.difficulty_variance, solved=solved, likeness=likeness)
    within = computed(scores.answer_variance, solved=solved, between=between)
    return computed(scores.resampled_error, between=between, within=within, problems=_tasks, answers=answers)


def _pair_error(first: Source, second: Source, correlation: Source) -> Computed:
    return computed(
        score_differences.difference_error, first=_error(first), second=_error(second), correlation=correlation
    )


droid_gpt = _passed("droid_gpt")
simple_gpt = _passed("simple_gpt")
mux_gpt = _passed("mux_gpt")
droid_opus = _passed("droid_opus")
kira_opus = _passed("kira_opus")
tb_naive = computed(scores.score_error, solved=droid_gpt, problems=_trials)
tb_worst = computed(scores.score_error, solved=droid_gpt, problems=_tasks)
tb_between = computed(heterogeneous_answers.difficulty_variance, solved=droid_gpt, likeness=core_likeness)
tb_within = computed(scores.answer_variance, solved=droid_gpt, between=tb_between)
tb_error = _error(droid_gpt)
tb_error_most = _error(droid_gpt, likeness=core_likeness_low)
tb_error_least = _error(droid_gpt, likeness=core_likeness_high)

# Two models in one agent, and one model in two agents: other correlations.
tb_model = computed(benchmark_audits.score_gap, first=droid_gpt, second=droid_opus)
tb_model_error = _pair_error(droid_gpt, droid_opus, core_agent)
tb_harness = computed(benchmark_audits.score_gap, first=droid_gpt, second=mux_gpt)
tb_harness_error = _pair_error(droid_gpt, mux_gpt, core_model)
tb_harness_opus = computed(benchmark_audits.score_gap, first=kira_opus, second=droid_opus)
tb_top = computed(benchmark_audits.score_gap, first=droid_gpt, second=simple_gpt)
_top_error = _pair_error(droid_gpt, simple_gpt, core_model)
tb_low = computed(score_intervals.normal_low, estimate=tb_model, error=tb_model_error, confidence=confidence)
tb_high = computed(score_intervals.normal_high, estimate=tb_model, error=tb_model_error, confidence=confidence)
tb_top_low = computed(score_intervals.normal_low, estimate=tb_top, error=_top_error, confidence=confidence)
tb_top_high = computed(score_intervals.normal_high, estimate=tb_top, error=_top_error, confidence=confidence)
_less_alike = _pair_error(droid_gpt, droid_opus, core_agent_low)
tb_low_less_alike = computed(score_intervals.normal_low, estimate=tb_model, error=_less_alike, confidence=confidence)
_chances = tuple(
    computed(score_differences.difference_probability, difference=gap, error=error)
    for gap, error in (
        (tb_model, tb_model_error),
        (tb_harness, tb_harness_error),
        (tb_harness_opus, _pair_error(kira_opus, droid_opus, core_model)),
        (tb_top, _top_error),
    )  # the smallest p-value first
)
_first = Assumed(1, "1", "place of the smallest of the four p-values")
_second = Assumed(2, "1", "place of the second smallest p-value")
_third = Assumed(3, "1", "place of the third smallest p-value")
tb_holm_model = computed(selection.holm, probabilities=_chances, rank=_first)
tb_holm_harness = computed(selection.holm, probabilities=_chances, rank=_second)
tb_holm_opus = computed(selection.holm, probabilities=_chances, rank=_third)

# Planning: two submissions as good as the first, in one agent.
_alike = computed(score_differences.difference_error, first=tb_error, second=tb_error, correlation=core_agent)
tb_least = computed(score_differences.detectable_difference, error=_alike, confidence=confidence, power=power)
_apart = computed(score_differences.difference_error, first=tb_error, second=tb_error, correlation=core_model)
tb_least_apart = computed(score_differences.detectable_difference, error=_apart, confidence=confidence, power=power)
tb_answers_many = Assumed(50, "1", "ten times the trials, in the worked example")
tb_error_many = _error(droid_gpt, tb_answers_many)
tb_wanted = Assumed(0.05, "1", "difference that the team would act on, in the worked example")
_variance = computed(
    heterogeneous_answers.trial_difference_variance,
    between=tb_between,
    within=tb_within,
    answers=tb_answers,
    correlation=core_agent,
)
tb_needed = computed(
    score_differences.problems_for_power, variance=_variance, difference=tb_wanted, confidence=confidence, power=power
)
