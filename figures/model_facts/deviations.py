"""Where the count from the shapes is off the number that the maker prints, and why."""

from __future__ import annotations

from figures.parameter_counts import claimed, count

USUAL = 0.022
"""Makers round to two digits, name models by round numbers and count embeddings differently."""

# Largest relative difference of the others, with the reason.
TOTAL = {
    "kimi_k2": (0.03, "printed in trillions, without a decimal"),
    "kimi_k2_5": (0.03, "printed in trillions, without a decimal"),
    "kimi_k2_6": (0.03, "printed in trillions, without a decimal"),
    "kimi_k2_7_code": (0.03, "printed in trillions, without a decimal"),
    "mimo_7b": (0.09, "the name counts without the input embedding"),
    "gemma4_26b_a4b": (0.04, "the name rounds up"),
    "nemotron3_5_lightning": (0.06, "the name rounds down; the shape is that of Nemotron 3 Nano"),
    "olmo2_7b": (0.05, "the name counts without the input embedding"),
    "olmo2_13b": (0.06, "the name counts without the input embedding"),
    "olmo3_7b": (0.05, "the name counts without the input embedding"),
    "smollm3_3b": (0.03, "the name rounds down"),
}
ACTIVE = {
    "olmoe": (0.10, "printed with the input embedding"),
    "llama4_scout": (0.06, "printed with the input embedding"),
    "llama4_maverick": (0.06, "printed with the input embedding"),
    "qwen3_next_80b": (0.20, "the name rounds down; its experts alone are well below it"),
    "minimax_m2": (0.05, "printed without a decimal"),
    "minimax_m2_5": (0.05, "printed without a decimal"),
    "minimax_m2_7": (0.05, "printed without a decimal"),
    "minimax_m3": (0.05, "printed with the input embedding"),
    "qwen3_5_397b": (0.05, "printed with the input embedding"),
    "qwen3_5_122b": (0.10, "the name counts with the input embedding, rounded"),
    "glm_5_2": (0.04, "by vLLM's recipe; the maker printed one more for the same layers before"),
    "gemma4_26b_a4b": (0.05, "the name rounds up"),
    "nemotron3_nano": (0.11, "printed with the input embedding, as its card says"),
    "nemotron3_super": (0.04, "printed with the input embedding"),
    "nemotron3_5_lightning": (0.08, "the name rounds down"),
    "step_3_7_flash": (0.07, "printed with the input embedding"),
    "dots_llm1": (0.05, "printed with the input embedding"),
}


def off(model: str, field: str) -> float:
    """How far the count is from what the maker prints; 0 where nothing is printed."""
    said = claimed(model, field)
    found = count(model)
    return abs((found.total if field == "parameters" else found.per_token).value / said.value - 1) if said else 0
