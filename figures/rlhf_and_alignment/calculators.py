"""Calculators of the article: memory and time of a step of reinforcement learning, and the best of n."""

from __future__ import annotations

from figures.calculators import Calculator, Field, Output
from figures.charts import Chart
from figures.formulas import (
    best_of_n,
    rl_step,
    stragglers,
)
from figures.rlhf_and_alignment import results

_ACTIVE = {"active": "active_parameters"}


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
