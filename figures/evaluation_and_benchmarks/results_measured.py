"""Results of the article's simulations, and of published trials and votes that were analysed."""

from __future__ import annotations

from figures import paths
from figures.formulas import compare, judges, score_differences, scores
from figures.measurement import Measurement, read
from figures.measurements.evaluation_statistics import AHEAD, GOOD, JUDGE, JUDGED, LABELS, WAYS
from figures.results import Assumed, Measured, computed

_FOLDER = paths.FIGURES / "evaluation_and_benchmarks"


def _table(file: str) -> Measurement:
    return read(_FOLDER / file)


# --- Intervals, power, pass@k, ranks ------------------------------------------------------------------------------
def covered(way: str, problems: int, what: str) -> Measured:
    """Share of simulated intervals that hold the truth."""
    found = _table("coverage.csv").cell(way, problems=problems)
    return Measured(
        _table("coverage.csv"), f"simulated coverage of 95 % intervals, {what}, {problems:,} problems", found, "1"
    )


normal_30 = covered("normal", 30, "normal")
wilson_30 = covered("wilson", 30, "Wilson")
normal_100 = covered("normal", 100, "normal")
normal_1000 = covered("normal", 1000, "normal")
ignored_1000 = covered("groups_ignored", 1000, "groups ignored")
clustered_1000 = covered("clustered", 1000, "clustered")
clustered_50 = covered("clustered", 50, "clustered, ten groups")


def power_of(column: str, problems: int) -> Measured:
    """Share of simulated comparisons that find the better model."""
    found = _table("power.csv").cell(column, problems=problems)
    return Measured(_table("power.csv"), f"simulated power, {column}, {problems:,} problems", found, "1")


power_paired = power_of("paired", 500)
power_unpaired = power_of("unpaired", 500)


def passes(column: str, tries: int, what: str) -> Measured:
    """A mean or standard deviation of the simulated estimates of pass@k."""
    found = _table("pass_at_k.csv").cell(column, tries=tries)
    return Measured(_table("pass_at_k.csv"), f"{what}, k = {tries}, 20 answers", found, "1")


passes_truth = passes("truth", 10, "true pass@k of the simulated benchmark")
passes_plug_in = passes("plug_in", 10, "mean of the plug-in estimate")
passes_unbiased_sd = passes("unbiased_sd", 10, "standard deviation of the unbiased estimate")
passes_first_sd = passes("first_sd", 10, "standard deviation of the estimate from the first k answers")


def ranks(column: str, problems: int, what: str) -> Measured:
    """What noise does to a leaderboard of ten models a point apart."""
    found = _table("ranks.csv").cell(column, problems=problems)
    return Measured(_table("ranks.csv"), f"{what}, ten models a point apart, {problems:,} problems", found, "1")


ranks_best_500 = ranks("best_wins", 500, "share of benchmarks that the best model wins")
ranks_distance_500 = ranks("mean_distance", 500, "mean distance of a rank to the true one")
ranks_right_5000 = ranks("order_right", 5000, "share of benchmarks with the right order")


def arena_half(ahead: int, battles: int) -> Measured:
    """Half width of a simulated bootstrap interval, in points."""
    found = _table("arena.csv").cell("half_width", ahead=ahead, battles=battles)
    what = f"half width of the bootstrap interval in points, {ahead} points ahead, {battles:,} battles"
    return Measured(_table("arena.csv"), what, found, "1")


arena_half_1000 = arena_half(AHEAD[0], 1000)


def judged(column: str, way: str, what: str, labels: int = LABELS[2]) -> Measured:
    """Bias, spread or coverage of a share of good answers that a simulated judge helps to estimate."""
    found = _table("judge_labels.csv").cell(column, labels=labels, way=WAYS[way])
    return Measured(_table("judge_labels.csv"), f"{what}, {labels} labels", found, "1")


judge_bias = judged("bias", "judge", "bias of the judge alone")
judge_human = judged("spread", "human", "standard deviation with labels alone")
judge_corrected = judged("spread", "corrected", "standard deviation of Rogan and Gladen's estimate")
judge_rectified = judged("spread", "rectified", "standard deviation of judge plus mean error")
judge_assisted = judged("spread", "assisted", "standard deviation with the judge at the best weight")


_good = Assumed(GOOD, "1", "true share of good answers in the simulation")
_called = Assumed(
    GOOD * JUDGE.sensitivity + (1 - GOOD) * (1 - JUDGE.specificity), "1", "share that the simulated judge calls good"
)
_both = Assumed(GOOD * JUDGE.sensitivity, "1", "share that is good and called good in the simulation")
_judged = Assumed(JUDGED, "1", "answers that only the simulated judge sees")
_labels = Assumed(LABELS[2], "1", "answers that people label in the simulation")
judge_correlation = computed(score_differences.score_correlation, both=_both, first=_good, second=_called)
judge_factor = computed(judges.label_factor, correlation=judge_correlation, answers=_judged, labels=_labels)
_unlimited = Assumed(1e9, "1", "so many judged answers that their luck is gone")
judge_factor_endless = computed(judges.label_factor, correlation=judge_correlation, answers=_unlimited, labels=_labels)


# --- Published trials of an agent: fifty tasks, four trials each --------------------------------------------------
def trials(column: str, tries: int, what: str) -> Measured:
    """pass@k, pass^k or a standard error of either."""
    return Measured(
        _table("airline_passes.csv"),
        f"{what}, k = {tries}",
        _table("airline_passes.csv").cell(column, tries=tries),
        "1",
    )


def _score(column: str, what: str) -> Measured:
    return Measured(_table("airline_score.csv"), what, _table("airline_score.csv").cell(column), "1")


def _tasks(right: int) -> Measured:
    found = _table("airline_counts.csv").cell("tasks", right=right)
    return Measured(_table("airline_counts.csv"), f"tasks of 50 with {right} successes in four trials", found, "1")


trials_never = _tasks(0)
trials_always = _tasks(4)
trials_any_4 = trials("any", 4, "pass@k of the published trials")
trials_all_1 = trials("all", 1, "pass^k of the published trials")
trials_all_4 = trials("all", 4, "pass^k of the published trials")
trials_all_4_error = trials("all_se", 4, "standard error of pass^k, tasks drawn again")
trials_tasks = _score("tasks", "tasks of the published trials")
trials_each = _score("trials", "trials of each task")
trials_between = _score("between", "variance of a task's success rate over tasks")
trials_within = _score("within", "variance of a trial of a given task")
trials_error_ignored = _score("error_ignored", "standard error as if 200 trials were independent")
trials_error = _score("error_clustered", "standard error with tasks as groups")
_one = Assumed(1, "1", "one trial of each task")
_endless = Assumed(1e9, "1", "so many trials that their luck is gone")


trials_error_one = computed(
    scores.resampled_error, between=trials_between, within=trials_within, problems=trials_tasks, answers=_one
)
trials_error_four = computed(
    scores.resampled_error, between=trials_between, within=trials_within, problems=trials_tasks, answers=trials_each
)
trials_error_endless = computed(
    scores.resampled_error, between=trials_between, within=trials_within, problems=trials_tasks, answers=_endless
)


# --- Published votes of people ------------------------------------------------------------------------------------
def _votes(column: str, what: str) -> Measured:
    return Measured(_table("human_votes.csv"), what, _table("human_votes.csv").cell(column), "1")


votes = _votes("votes", "votes analysed")
votes_models = _votes("models", "models voted on")
votes_prompts = _votes("prompts", "prompts of the votes")
votes_workers = _votes("workers", "people who voted")
votes_ties = _votes("ties", "share of ties")
votes_agreement = _votes("agreement", "share of pairs of votes on the same two answers that agree")
votes_chance = _votes("chance", "share of pairs of votes that would agree by chance")
votes_kappa = computed(judges.cohen_kappa, observed=votes_agreement, chance=votes_chance)
votes_left = _votes("left", "share of decided votes for the answer on the left")
votes_decided = _votes("decided", "votes that were no tie")
votes_half_vote = _votes("half_vote", "median half width of 95 % intervals in points, votes drawn again")
votes_half_prompt = _votes("half_prompt", "median half width of 95 % intervals in points, prompts drawn again")
votes_half_ratio = computed(compare.count_ratio, first=votes_half_prompt, second=votes_half_vote)
votes_elo_order = _votes(
    "elo_order_sd", "median standard deviation of Elo's updates over orders of the votes, in points"
)
