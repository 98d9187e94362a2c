"""Calculators of the article: memory and time of a step of reinforcement learning, and the best of n."""

from __future__ import annotations

from dataclasses import replace

from figures import presets
from figures.calculators import Calculator, Field, Output
from figures.charts import Chart
from figures.formulas import (
    batching,
    best_of_n,
    compare,
    experts,
    kv_cache,
    parameters,
    reuse,
    rl_pipeline,
    rl_step,
    roofline,
    stragglers,
    training_compute,
)
from figures.rlhf_and_alignment import results

_ACTIVE = {"active": "active_parameters"}

step_of_learning = Calculator(
    "Memory and time of a step of reinforcement learning",
    outputs=(
        Output(parameters.active, "Active parameters", name="active_parameters", unit="billion"),
        Output(parameters.total, "Parameters in all", unit="billion"),
        Output(rl_step.role_memory, "Weights and states of all copies", unit="GB", using={"parameters": "total"}),
        Output(rl_step.sequences_per_engine, "Answers per copy of the sampler"),
        Output(compare.scaled_count, "Answers", name="all_answers", using={"factor": "prompts", "count": "answers"}),
        Output(rl_pipeline.longest_answer, "Longest answer, about", using={"sequences": "all_answers"}),
        Output(rl_pipeline.idle_share, "Places that stand empty", unit="%", using={"longest": "longest_answer"}),
        Output(
            rl_step.mean_running,
            "Answers running on average",
            using={"sequences": "sequences_per_engine", "longest": "longest_answer"},
        ),
        Output(rl_step.mean_cached, "Cache of one of them, in tokens"),
        Output(kv_cache.cache_bytes, "the same in bytes", using={"context": "mean_cached"}),
        Output(experts.expected_experts, "Experts touched per layer", using={"tokens": "mean_running"}),
        Output(
            experts.touched_bytes,
            "Weights read per decode step",
            unit="GB",
            using={
                "touched": "expected_experts",
                "always_bytes": "parameter_bytes",
                "expert_bytes": "parameter_bytes",
            },
        ),
        Output(
            experts.weight_operations,
            "Operations of a decode step",
            using={"tokens": "mean_running", "active": "active_parameters"},
        ),
        Output(
            batching.mixed_step_time,
            "Decode step",
            unit="ms",
            using={
                "weights": "touched_bytes",
                "batch": "mean_running",
                "cache": "cache_bytes",
                "operations": "weight_operations",
                "gpus": "engine",
            },
        ),
        Output(
            rl_step.generation_time,
            "Time of sampling",
            unit="s",
            using={"longest": "longest_answer", "step": "mixed_step_time"},
        ),
        Output(rl_step.rollout_tokens, "Tokens of the step"),
        Output(
            rl_step.training_operations,
            "Operations of scoring and update",
            using={**_ACTIVE, "tokens": "rollout_tokens"},
        ),
        Output(roofline.achieved, "Rate that all GPUs achieve"),
        Output(
            reuse.recompute_time,
            "Time of scoring and update",
            unit="s",
            using={"operations": "training_operations", "rate": "achieved"},
        ),
        Output(
            rl_step.step_in_turn,
            "Time of the step",
            unit="s",
            using={"generation": "generation_time", "training": "recompute_time"},
        ),
        Output(training_compute.gpu_time, "GPU time of the step", unit="h", using={"time": "step_in_turn"}),
    ),
    fields=(
        Field("prompts", "Prompts of a step", results.prompts_given.value, 1, 100_000),
        Field("answers", "Answers to each", results.answers_given.value, 1, 10_000),
        Field("mean", "Mean length", 5698, 1, 1_000_000),
        Field("variation", "Spread of the lengths", results.variation.value, 0.01, 3, help="deviation over mean"),
        Field("limit", "Most tokens of an answer", 8192, 1, 10_000_000),
        Field("prompt", "Tokens of the prompt", 0, 0, 1_000_000),
        presets.gpu_count(128),
        Field("engine", "GPUs of one copy of the sampler", 16, 1, 1024),
        Field("scoring", "Passes that only score", 1, 0, 4, help="1 for the old probabilities, 2 with a reference"),
        Field("trained", "Copies that are trained", 1, 1, 4, help="2 with a critic of the same size"),
        Field("frozen", "Copies that only compute", 1, 0, 8, help="the sampler's own, a reference, a reward model"),
        Field("state_bytes", "Bytes per trained parameter", results.state_bytes.value, 2, 40),
        Field("sync", "Moving the weights", 6.22, 0, 1000, unit="s"),
        Field("bandwidth_share", "Bandwidth achieved", 0.5, 0.01, 1, help="share of the peak memory bandwidth"),
        Field("utilization", "Arithmetic achieved", results.mfu.value, 0.01, 1, help="share of the peak rate (MFU)"),
        Field("overhead", "Overhead of a decode step", 5, 0, 1000, unit="ms", help="communication and launches"),
        presets.PARAMETER_BYTES,
        presets.ELEMENT_BYTES,
        *(presets.MIXTURE[name] for name in ("embedding", "always", "moe_layers", "experts", "active", "expert")),
        *presets.SHAPE,
        Field("bandwidth", "Memory bandwidth per GPU", None, 0.001, 1000, unit="TB/s"),
        Field("peak", "Peak per GPU", None, 0.1, 1e6, unit="TFLOP/s", help="dense BF16, if a GPU was chosen above"),
    ),
    presets=(
        presets.mixtures(
            "embedding", "always", "moe_layers", "experts", "active", "expert", cache=True, default="qwen3_235b_a22b"
        ),
        replace(presets.gpus(bandwidth="memory_bandwidth", peak="bf16_dense"), default="nvidia_h100_80gb_sxm"),
    ),
    charts=(Chart("step_in_turn", "mean", 500, 64_000, ticks=(500, 2000, 8000, 32_000), log=True),),
)

best_answer = Calculator(
    "The best of n answers",
    outputs=(
        Output(best_of_n.kl_bound_of_few, "KL divergence, at most"),
        Output(best_of_n.win_rate_bound, "Win rate by the selecting reward, at most", unit="%"),
        Output(
            stragglers.largest_by_quantile,
            "Gain of the selecting reward, in deviations",
            name="proxy_gain",
            using={"devices": "samples"},
        ),
        Output(best_of_n.gold_gain, "Gain of the true reward, in deviations", unit="1"),
        Output(
            best_of_n.tilt_gain,
            "Most that any policy gains so near",
            using={"divergence": "kl_bound_of_few"},
        ),
        Output(rl_step.rollout_tokens, "Tokens sampled", using={"answers": "samples"}),
    ),
    fields=(
        Field("samples", "Answers, n", results.sixteen.value, 1, 1_000_000),
        Field("top", "Probability of the best answer", 0.0001, 1e-9, 1),
        Field("correlation", "Correlation of selecting and true reward", results.proxy_correlation.value, 0, 1),
        Field("prompts", "Prompts", 1, 1, 1e9),
        Field("mean", "Tokens of an answer", 1000, 1, 1_000_000),
    ),
    charts=(Chart("gold_gain", "samples", 1, 4096, ticks=(1, 8, 64, 512, 4096), log=True),),
)
