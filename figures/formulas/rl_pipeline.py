"""Sampling and training in turn, one step apart, or as a stream: how much time is hidden, and how stale it is."""

from __future__ import annotations

import math

from figures.formula import formula
from figures.formulas import stragglers


@formula(
    latex=r"x_\mathrm{gen} = \frac{t_\mathrm{div}}{t_\mathrm{div} + t_\mathrm{tr}}",
    symbols={"divisible": r"t_\mathrm{div}", "training": r"t_\mathrm{tr}"},
)
def best_split(divisible: float, training: float) -> float:
    """Share of the GPUs that should sample while the others train.

    Args:
        divisible (s): time of sampling on all GPUs, as far as more GPUs shorten it.
        training (s): time of scoring and update on all GPUs.

    Returns:
        (1) share at which both are done at the same time.

    Assumptions:
        Both times go as one over the number of GPUs; answers stream from the sampler to the trainer.
    """
    return divisible / (divisible + training)


@formula(
    latex=r"t_\mathrm{flow} = t_\mathrm{div} + t_\mathrm{tr}",
    symbols={"divisible": r"t_\mathrm{div}", "training": r"t_\mathrm{tr}"},
)
def streamed_step(divisible: float, training: float) -> float:
    """Time per step where sampling never waits for the longest answer.

    Args:
        divisible (s): time of sampling on all GPUs, as far as more GPUs shorten it.
        training (s): time of scoring and update on all GPUs.

    Returns:
        (s) time per update at the best split of the GPUs: that of both on all GPUs, without the floor.

    Assumptions:
        Those of the best split; moving the weights takes no time.
    """
    return divisible + training


@formula(
    latex=r"t_\mathrm{one} = \frac{\Sigma + \sqrt{\Sigma^2 - 4\, t_\mathrm{fl}\, t_\mathrm{tr}}}{2},\quad"
    r" \Sigma = t_\mathrm{div} + t_\mathrm{fl} + t_\mathrm{tr}",
    symbols={"divisible": r"t_\mathrm{div}", "floor": r"t_\mathrm{fl}", "training": r"t_\mathrm{tr}"},
)
def one_off_step(divisible: float, floor: float, training: float) -> float:
    """Time per step where one batch is sampled while the one before it is trained on.

    Args:
        divisible (s): time of sampling on all GPUs, as far as more GPUs shorten it.
        floor (s): time of sampling that more GPUs do not shorten: the longest answer.
        training (s): time of scoring and update on all GPUs.

    Returns:
        (s) time at which both parts of the GPUs are done together, at the best split.

    Assumptions:
        The divisible time and the training time go as one over the number of GPUs that do them, the floor does not;
        moving the weights takes no time.
    """
    total = divisible + floor + training
    return (total + math.sqrt(total**2 - 4 * floor * training)) / 2


@formula(
    latex=r"t_\mathrm{und} = \frac{G_\mathrm{b}\, t_2 - G_\mathrm{a}\, t_1}{G_\mathrm{b} - G_\mathrm{a}}",
    symbols={"first_gpus": r"G_\mathrm{a}", "first": "t_1", "second_gpus": r"G_\mathrm{b}", "second": "t_2"},
)
def undivided_time(first_gpus: int, first: float, second_gpus: int, second: float) -> float:
    """Part of a step that more GPUs do not shorten, from two measured steps.

    Args:
        first_gpus (1): GPUs of the first measurement.
        first (s): its step.
        second_gpus (1): GPUs of the second, more than in the first.
        second (s): its step.

    Returns:
        (s) limit of the step for very many GPUs.

    Assumptions:
        The rest goes as one over the number of GPUs; nothing else differs.
    """
    return (second_gpus * second - first_gpus * first) / (second_gpus - first_gpus)


@formula(
    latex=r"q_\mathrm{str} = \frac{t_\mathrm{div} + t_\mathrm{fl} + t_\mathrm{tr}}{t_\mathrm{div} + t_\mathrm{tr}}",
    symbols={"divisible": r"t_\mathrm{div}", "floor": r"t_\mathrm{fl}", "training": r"t_\mathrm{tr}"},
)
def streaming_gain(divisible: float, floor: float, training: float) -> float:
    """Largest speed-up of a stream over phases that follow one another on the same GPUs.

    Args:
        divisible (s): time of sampling on all GPUs, as far as more GPUs shorten it.
        floor (s): time of sampling that more GPUs do not shorten: the longest answer.
        training (s): time of scoring and update on all GPUs.

    Returns:
        (1) steps per time over steps per time; 1 if there is no floor.

    Assumptions:
        Those of the time per step of a stream.
    """
    return (divisible + floor + training) / streamed_step(divisible, training)


@formula(
    latex=r"\nu = \frac{n_\mathrm{fly}}{n_\mathrm{upd}}",
    symbols={"in_flight": r"n_\mathrm{fly}", "batch": r"n_\mathrm{upd}"},
)
def mean_staleness(in_flight: float, batch: float) -> float:
    """Updates that happen between the start of an answer and its use, on average.

    Args:
        in_flight (1): answers that are being sampled or wait to be used.
        batch (1): answers that an update uses.

    Returns:
        (1) versions by which the policy is ahead of the one that began the answer: Little's law, counted in updates.

    Assumptions:
        A steady state in which every answer is used once.
    """
    return in_flight / batch


@formula(
    latex=r"T_\mathrm{top} = \min\left( T_\mathrm{max},\ \frac{\bar{T}}{\sqrt{1 + c_T^2}}\,"
    r" e^{e_N \sqrt{\ln(1 + c_T^2)}} \right),\quad"
    r" e_N \approx \Phi^{-1}\left( \frac{n_\mathrm{seq} - 0.375}{n_\mathrm{seq} + 0.25} \right)",
    symbols={"mean": r"\bar{T}", "variation": "c_T", "sequences": r"n_\mathrm{seq}", "limit": r"T_\mathrm{max}"},
)
def longest_answer(mean: float, variation: float, sequences: float, limit: float) -> float:
    """Length of the longest of many answers, roughly.

    Args:
        mean (token): mean length.
        variation (1): standard deviation of the lengths over their mean.
        sequences (1): answers, at least two.
        limit (token): most tokens of an answer.

    Returns:
        (token) typical length of the longest.

    Assumptions:
        Log-normal lengths, cut at the limit; the largest logarithm by Blom's approximation.
    """
    spread = math.log(1 + variation**2)
    top = math.sqrt(spread) * stragglers.largest_by_quantile(sequences)
    return min(limit, mean / math.sqrt(1 + variation**2) * math.exp(top))


@formula(
    latex=r"u_\mathrm{idle} = 1 - \frac{\bar{T}}{T_\mathrm{top}}",
    symbols={"mean": r"\bar{T}", "longest": r"T_\mathrm{top}"},
)
def idle_share(mean: float, longest: float) -> float:
    """Share of a sampler's places that stand empty until the longest answer is done.

    Args:
        mean (token): mean length of the answers.
        longest (token): length of the longest.

    Returns:
        (1) empty places over places, in all decode steps.

    Assumptions:
        All answers start at once, and places that become free stay free.
    """
    return 1 - mean / longest
