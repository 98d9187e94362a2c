"""Parameter counts of all models from their configurations against what their makers print."""

from __future__ import annotations

import pytest

from figures import data
from figures.data import DataError
from figures.model_facts.deviations import ACTIVE, TOTAL, USUAL, off
from figures.parameter_counts import claimed, count, countable, dense_models


def test_most_models_can_be_counted() -> None:
    assert len(data.load("models")) >= 84
    assert len(countable()) >= 73
    # No width of the feed-forward network, no heads, or tables that are not in the data: the rest cannot be summed.
    assert {key for key, entry in data.load("models").items() if "layers" in entry} - set(countable()) == {
        *("opt_13b", "pythia_6_9b", "mistral_7b", "qwen3_4b", "deepseek_v3_2_exp"),
        *("gemma4_e2b", "gemma4_e4b", "seed_oss_36b", "step3", "inkling", "qwen3_8_2_4t"),
    }


@pytest.mark.parametrize("model", countable())
def test_counts_are_those_that_the_maker_prints(model: str) -> None:
    assert off(model, "parameters") <= TOTAL.get(model, (USUAL, ""))[0]
    assert off(model, "active_parameters") <= ACTIVE.get(model, (USUAL, ""))[0]
    found = count(model)
    assert 0 <= found.embedding.value < found.total.value >= found.per_token.value > 0


def test_no_explanation_is_out_of_date() -> None:
    assert [model for model in TOTAL if off(model, "parameters") <= USUAL] == []
    assert [model for model in ACTIVE if off(model, "active_parameters") <= USUAL] == []


@pytest.mark.parametrize(
    "model",
    ["minimax_m3", "qwen3_5_397b", "nemotron3_nano", "nemotron3_super", "step_3_7_flash", "dots_llm1", "llama4_scout"],
)
def test_with_the_input_embedding_the_active_count_is_the_printed_one(model: str) -> None:
    found, said = count(model), claimed(model, "active_parameters")
    assert said and found.per_token.value + found.embedding.value == pytest.approx(said.value, rel=USUAL)


def test_dense_models_printed_to_three_digits() -> None:
    # models/llama3_2/MODEL_CARD.md: 1.23B and 3.21B; both have one table for input and output.
    assert count("llama3_2_1b").total.value / 1e9 == pytest.approx(1.235, abs=0.005)
    assert count("llama3_2_3b").total.value / 1e9 == pytest.approx(3.21, abs=0.005)
    assert all(
        found.total.value == found.per_token.value + found.embedding.value for found in map(count, dense_models())
    )


def test_llama_3_1_8b_matrix_by_matrix() -> None:
    # Queries and output 4096 · 4096 each, keys and values 4096 · 1024 each, three of 4096 · 14336, two tables.
    layer = 2 * 4096 * 4096 + 2 * 4096 * 1024 + 3 * 4096 * 14336
    assert count("llama3_1_8b").total.value == 32 * layer + 2 * 128256 * 4096


def test_nemotron_3_nano_matrix_by_matrix() -> None:
    # 23 Mamba-2 layers, 6 of attention, 23 of experts; two matrices each, no gate.
    inner, groups = 64 * 64, 8 * 128
    mamba = 2688 * (2 * inner + 2 * groups + 64) + inner * 2688
    attention = 2 * 2688 * 32 * 128 + 2 * 2688 * 2 * 128
    experts = 128 * 2 * 2688 * 1856 + 2 * 2688 * 3712 + 2688 * 128
    assert count("nemotron3_nano").total.value == 23 * (mamba + experts) + 6 * attention + 2 * 131072 * 2688


def test_an_unknown_model_is_told() -> None:
    with pytest.raises(DataError, match=r"models\.toml has no entry 'gpt5'"):
        count("gpt5")
