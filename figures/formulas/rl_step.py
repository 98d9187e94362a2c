"""One step of reinforcement learning: its tokens, operations, memory and time."""

from __future__ import annotations

import math

from figures.formula import formula
from figures.formulas import experts, training_compute


@formula(
    latex=r"n_\mathrm{roll} = n_\mathrm{q}\, n_\mathrm{G}\, \bar{T}",
    symbols={"prompts": r"n_\mathrm{q}", "answers": r"n_\mathrm{G}", "mean": r"\bar{T}"},
)
def rollout_tokens(prompts: float, answers: float, mean: float) -> float:
    """Tokens that one step samples.

    Args:
        prompts (1): prompts of the step.
        answers (1): answers to each.
        mean (token): tokens of an answer, on average.

    Returns:
        (token) over all answers.

    Assumptions:
        Every answer is used once.
    """
    return training_compute.step_tokens(prompts * answers, mean)


@formula(
    latex=r"F_\mathrm{rl} = 2\, N_\mathrm{act}\, (3 + n_\mathrm{sc})\, n_\mathrm{roll}",
    symbols={"active": r"N_\mathrm{act}", "scoring": r"n_\mathrm{sc}", "tokens": r"n_\mathrm{roll}"},
)
def training_operations(active: float, scoring: float, tokens: float) -> float:
    """Operations of scoring and update of one step.

    Args:
        active (1): parameters that one token passes.
        scoring (1): forward passes that only score the answers: one for the probabilities before the update, one more
            for a reference policy.
        tokens (token): tokens that are scored and trained on.

    Returns:
        (FLOP) two per token, active parameter and pass; the update counts as three passes, one forward and two
        backward.

    Assumptions:
        One update per answer; attention over the context, recomputation and padding are not in.
    """
    return experts.weight_operations((3 + scoring) * tokens, active)


@formula(
    latex=r"M_\mathrm{rl} = N_\mathrm{p}\, (n_\mathrm{tr}\, w_\mathrm{st} + n_\mathrm{fr}\, w_\mathrm{p})",
    symbols={
        "parameters": r"N_\mathrm{p}",
        "trained": r"n_\mathrm{tr}",
        "state_bytes": r"w_\mathrm{st}",
        "frozen": r"n_\mathrm{fr}",
        "parameter_bytes": r"w_\mathrm{p}",
    },
)
def role_memory(parameters: float, trained: float, state_bytes: float, frozen: float, parameter_bytes: float) -> float:
    """Memory of all copies of a model that one algorithm needs.

    Args:
        parameters (1): parameters of the model.
        trained (1): copies that are trained: the policy, and a critic of the same size.
        state_bytes (B): bytes per parameter of a trained one: weights, gradients, master weights and moments.
        frozen (1): copies that only compute: the sampler's, a reference policy, a reward model of the same size.
        parameter_bytes (B): bytes per parameter of those.

    Returns:
        (B) over all GPUs, without caches and activations.

    Assumptions:
        All copies have the same size; nothing is held twice, as it is where optimizer states are not sharded.
    """
    return parameters * (trained * state_bytes + frozen * parameter_bytes)


@formula(
    latex=r"\bar{B}_\mathrm{run} = \left\lceil n_\mathrm{seq} \frac{\bar{T}}{T_\mathrm{top}} \right\rceil",
    symbols={"sequences": r"n_\mathrm{seq}", "mean": r"\bar{T}", "longest": r"T_\mathrm{top}"},
)
def mean_running(sequences: float, mean: float, longest: float) -> float:
    """Answers that are still being sampled, averaged over the steps until the longest is done.

    Args:
        sequences (1): answers that start together.
        mean (token): their mean length.
        longest (token): length of the longest.

    Returns:
        (1) the batch that decoding has on average, rounded up.

    Assumptions:
        All start at once and none is added: no answer waits, and places that become free stay free.
    """
    return math.ceil(sequences * mean / longest * (1 - 1e-12))  # a whole number stays one whatever rounding did


@formula(
    latex=r"\bar{S}_\mathrm{run} = \left\lceil P + \frac{\bar{T}\, (1 + c_T^2)}{2} \right\rceil",
    symbols={"prompt": "P", "mean": r"\bar{T}", "variation": "c_T"},
)
def mean_cached(prompt: float, mean: float, variation: float) -> float:
    """Tokens in the cache of a running answer, averaged over all tokens that are sampled.

    Args:
        prompt (token): tokens of the prompt.
        mean (token): mean length of the answers.
        variation (1): standard deviation of the lengths over their mean.

    Returns:
        (token) more than the prompt and half of an answer, for most tokens are sampled in long answers; rounded up.

    Assumptions:
        Full attention, so that the cache grows with each token.
    """
    return math.ceil(prompt + mean * (1 + variation**2) / 2)


@formula(
    latex=r"n_\mathrm{seq} = \left\lceil \frac{n_\mathrm{q}\, n_\mathrm{G}\, g_\mathrm{e}}{G} \right\rceil",
    symbols={"prompts": r"n_\mathrm{q}", "answers": r"n_\mathrm{G}", "engine": r"g_\mathrm{e}", "gpus": "G"},
)
def sequences_per_engine(prompts: float, answers: float, engine: int, gpus: int) -> float:
    """Answers that one copy of the sampler samples in one step.

    Args:
        prompts (1): prompts of the step.
        answers (1): answers to each.
        engine (1): GPUs that hold one copy of the sampler.
        gpus (1): GPUs of all copies.

    Returns:
        (1) answers, rounded up.

    Assumptions:
        The answers are spread evenly.
    """
    return math.ceil(prompts * answers * engine / gpus)


@formula(
    latex=r"t_\mathrm{gen} = T_\mathrm{top}\, t_\mathrm{step}",
    symbols={"longest": r"T_\mathrm{top}", "step": r"t_\mathrm{step}"},
)
def generation_time(longest: float, step: float) -> float:
    """Time until all answers of one step are sampled.

    Args:
        longest (token): tokens of the longest answer.
        step (s): time of a decode step, averaged over these steps.

    Returns:
        (s) one decode step per token of the longest answer.

    Assumptions:
        All answers start at once; their prefill is short beside the decoding; no speculation.
    """
    return longest * step


@formula(
    latex=r"t_\mathrm{rl} = t_\mathrm{gen} + t_\mathrm{tr} + t_\mathrm{sync}",
    symbols={"generation": r"t_\mathrm{gen}", "training": r"t_\mathrm{tr}", "sync": r"t_\mathrm{sync}"},
)
def step_in_turn(generation: float, training: float, sync: float) -> float:
    """Time of a step whose phases follow one another on the same GPUs.

    Args:
        generation (s): time until all answers are sampled.
        training (s): time of scoring and update.
        sync (s): time until the sampler has the new weights.

    Returns:
        (s) their sum.

    Assumptions:
        Rewards are computed while answers are sampled; nothing overlaps otherwise.
    """
    return generation + training + sync


@formula(
    latex=r"r_\mathrm{rl} = \frac{n_\mathrm{roll}}{G\, t_\mathrm{rl}}",
    symbols={"tokens": r"n_\mathrm{roll}", "gpus": "G", "step": r"t_\mathrm{rl}"},
)
def rollout_rate(tokens: float, gpus: int, step: float) -> float:
    """Tokens that reinforcement learning samples and learns from, per GPU and second.

    Args:
        tokens (token): tokens of a step.
        gpus (1): GPUs.
        step (s): time of a step.

    Returns:
        (token/s) per GPU.

    Assumptions:
        All GPUs are counted, whatever they do.
    """
    return tokens / (gpus * step)
