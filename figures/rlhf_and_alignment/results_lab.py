"""Numbers of the article that come from its laboratory."""

from __future__ import annotations

from figures import paths
from figures.formulas import compare
from figures.measurement import Measurement, read
from figures.results import Measured, computed

_FOLDER = paths.FIGURES / "rlhf_and_alignment"


def _table(file: str) -> Measurement:
    return read(_FOLDER / file)


def cell(file: str, column: str, what: str, **where: float) -> Measured:
    """One number of a committed table."""
    return Measured(_table(file), what, _table(file).cell(column, **where), "1")


# --- Gradients ----------------------------------------------------------------------------------------------------
def _gradient(column: str, what: str, size: int = 8) -> Measured:
    return cell("gradient_variance.csv", column, what, size=size)


plain_variance = _gradient("plain_variance", "variance without a baseline, times the group")
best_variance = _gradient("best_variance", "variance with the best fixed baseline, times the group")
mean_variance = _gradient("mean_reward_variance", "variance with the expected reward as baseline, times the group")
rloo_two = _gradient("left_out_variance", "variance of leave-one-out in groups of two, times the group", 2)
rloo_eight = _gradient("left_out_variance", "variance of leave-one-out in groups of eight, times the group")
centred_eight = _gradient("centred_length", "length of the centred gradient along the true one, groups of eight")
normal_cosine_two = _gradient("normalized_cosine", "cosine of normalized and true gradient, groups of two", 2)
normal_cosine = _gradient("normalized_cosine", "cosine of normalized and true gradient, groups of eight")
variance_saved = computed(compare.count_ratio, first=plain_variance, second=best_variance)

# --- Lengths ------------------------------------------------------------------------------------------------------
LOSSES = {"per_answer": 1, "per_group": 2, "constant": 3}


def _length(column: str, loss: str, step: int, what: str) -> Measured:
    return Measured(
        _table("length_drift.csv"),
        what,
        _table("length_drift.csv").cell(column, loss=LOSSES[loss], step=step),
        "token" if "length" in column else "1",
    )


wrong_start = _length("wrong_length", "per_answer", 0, "mean length of wrong answers at the start")
wrong_answer = _length("wrong_length", "per_answer", 30, "mean length of wrong answers, mean per answer, step 30")
right_answer = _length("right_length", "per_answer", 30, "mean length of right answers, mean per answer, step 30")
solved_answer = _length("right", "per_answer", 30, "share of right answers, mean per answer, step 30")
wrong_group = _length("wrong_length", "per_group", 30, "mean length of wrong answers, mean per group, step 30")
right_group = _length("right_length", "per_group", 30, "mean length of right answers, mean per group, step 30")
wrong_constant = _length("wrong_length", "constant", 30, "mean length of wrong answers, constant, step 30")
solved_constant = _length("right", "constant", 30, "share of right answers, constant, step 30")


# --- Clipping -----------------------------------------------------------------------------------------------------
def _clip(column: str, chance: float, what: str) -> Measured:
    return Measured(_table("clipped_updates.csv"), what, _table("clipped_updates.csv").cell(column, chance=chance), "1")


rare_free = _clip("free", 0.01, "factor of a token of probability 0.01 after 16 updates, unclipped")
rare_clipped = _clip("clipped", 0.01, "the same, clipped at 0.2")
rare_raised = _clip("higher", 0.01, "the same, clipped at 0.28")
rare_capped = _clip("capped", 0.01, "the same, ratio capped at 1.28 and kept")
likely_clipped = _clip("clipped", 0.5, "factor of a token of probability 0.5 after 16 updates, clipped or not")


# --- Best of n, proxies -------------------------------------------------------------------------------------------
few_exact = cell("best_of_n.csv", "few", "exact divergence of best-of-64 among ten answers", samples=64)
few_bound = cell("best_of_n.csv", "bound", "its bound", samples=64)


def pushed(column: str, world: int, method: int, strength: float, what: str) -> Measured:
    """A number of a policy that pushes a proxy."""
    return cell("overoptimization.csv", column, what, world=world, method=method, strength=strength)


trick_peak = pushed("gold", 3, 1, 128, "true reward of best-of-128 where tricks are possible")
trick_end = pushed("gold", 3, 1, 4096, "true reward of best-of-4096 where tricks are possible")
trick_proxy = pushed("proxy", 3, 1, 4096, "proxy reward of best-of-4096 where tricks are possible")
trick_kl = pushed("divergence", 3, 1, 128, "divergence of best-of-128")
tilt_peak = pushed("gold", 3, 2, 1.3, "highest true reward of a tilt where tricks are possible")
tilt_kl = pushed("divergence", 3, 2, 1.3, "divergence of that tilt")
bon_there = pushed("gold", 3, 1, 16, "true reward of best-of-16 where tricks are possible")
bon_there_kl = pushed("divergence", 3, 1, 16, "divergence of best-of-16")
tail_peak = pushed("gold", 2, 1, 32, "true reward of best-of-32 under heavy-tailed noise")
tail_end = pushed("gold", 2, 1, 4096, "true reward of best-of-4096 under heavy-tailed noise")
normal_end = pushed("gold", 1, 1, 4096, "true reward of best-of-4096 under normal noise")

# --- Direct preference optimization -------------------------------------------------------------------------------
dpo_few = cell("direct_preference.csv", "distance", "total variation to the optimum, 1,000 pairs", pairs=1000)
dpo_many = cell("direct_preference.csv", "distance", "total variation to the optimum, 100,000 pairs", pairs=100_000)
dpo_ratio = computed(compare.count_ratio, first=dpo_few, second=dpo_many)


# --- Stale samples, mismatch --------------------------------------------------------------------------------------
def _stale(column: str, lag: int, what: str) -> Measured:
    return cell("stale_samples.csv", column, what, lag=lag)


naive_none = _stale("naive", 0, "reward with PPO's objective, no lag")
naive_four = _stale("naive", 4, "reward with PPO's objective, lag 4")
naive_sixteen = _stale("naive", 16, "reward with PPO's objective, lag 16")
decoupled_sixteen = _stale("decoupled", 16, "reward with the decoupled objective, lag 16")
truncated_sixteen = _stale("truncated", 16, "reward with truncated weights, lag 16")
ignored_sixteen = _stale("ignored", 16, "reward without any correction, lag 16")


def _mismatch(column: str, noise: float, tokens: int, what: str) -> Measured:
    return cell("mismatch.csv", column, what, noise=noise, tokens=tokens)


mismatch_deviation = _mismatch("deviation", 0.05, 256, "standard deviation of a token's log ratio, noise 0.05")
mismatch_effective = _mismatch("effective", 0.05, 256, "effective share of 256-token answers, noise 0.05")
mismatch_formula = _mismatch("computed", 0.05, 256, "the same by the formula")
mismatch_token = _mismatch("token_kept", 0.1, 1024, "share of tokens within 1/2 to 2, noise 0.1")
mismatch_sequence = _mismatch("sequence_kept", 0.1, 1024, "share of 1,024-token answers within 1/2 to 2, noise 0.1")
mismatch_short = _mismatch("sequence_kept", 0.1, 16, "share of 16-token answers within 1/2 to 2, noise 0.1")


# --- Stragglers ---------------------------------------------------------------------------------------------------
def _wait(column: str, what: str, variation: float = 1) -> Measured:
    return cell("stragglers.csv", column, what, variation=variation)


wait_together = _wait("together_time", "time of a batch, all started together, in the sampler's unit")
wait_over = _wait("oversampled_time", "time of a batch, a quarter more started than used")
wait_stream = _wait("streamed_time", "time of a batch, places refilled")
over_used = _wait("oversampled_used", "mean length of answers used over all asked for, a quarter more started")
stream_gain = computed(compare.count_ratio, first=wait_together, second=wait_stream)
over_gain = computed(compare.count_ratio, first=wait_together, second=wait_over)
