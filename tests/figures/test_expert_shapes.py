"""Parameter counts of real models from their configurations against what their makers print."""

from __future__ import annotations

import pytest

from figures.data import DataError
from figures.expert_shapes import expert_shape, models

EXACT = {  # printed with at least three digits: (total, active), in billions; active counts the output layer
    "gpt_oss_120b": (116.83, 5.13),
    "gpt_oss_20b": (20.91, 3.61),
}


def test_many_models_have_experts() -> None:
    assert len(models()) >= 20


@pytest.mark.parametrize("model", models())
def test_the_parts_nest(model: str) -> None:
    shape = expert_shape(model)
    assert shape.attention.value < shape.always.value < shape.per_token.value < shape.total.value


@pytest.mark.parametrize("model", EXACT)
def test_counts_printed_to_the_digit(model: str) -> None:
    shape = expert_shape(model)
    total, active = EXACT[model]
    assert shape.total.value / 1e9 == pytest.approx(total, abs=0.05)  # biases are 0.04 of it
    assert shape.per_token.value / 1e9 == pytest.approx(active, abs=0.005)


def test_deepseek_v3_to_the_billion() -> None:
    assert round(expert_shape("deepseek_v3").total.value / 1e9) == 671
    assert round(expert_shape("deepseek_v3").per_token.value / 1e9) == 37
    assert expert_shape("deepseek_v3").moe_layers.value == 58


def test_mixtral_8x7b_is_not_56_billion() -> None:
    shape = expert_shape("mixtral_8x7b")
    assert round(shape.total.value / 1e9, 1) == 46.7
    assert round((shape.per_token.value + shape.embedding.value) / 1e9, 1) == 12.9


def test_llama4_maverick_has_experts_in_every_other_layer() -> None:
    assert expert_shape("llama4_maverick").moe_layers.value == 24


def test_an_unknown_model_is_told() -> None:
    with pytest.raises(DataError, match=r"models\.toml has no entry 'gpt5'"):
        expert_shape("gpt5")
