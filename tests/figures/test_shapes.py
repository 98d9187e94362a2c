"""Cache shapes of the models in the data file against published sizes."""

from __future__ import annotations

import pytest

from figures import data, shapes
from figures.data import DataError
from figures.formulas import kv_cache
from figures.results import Assumed, computed

TWO = Assumed(2, "B", "BF16")


@pytest.mark.parametrize("model", list(data.load("models")))
def test_every_model_has_a_shape(model: str) -> None:
    entry = data.load("models")[model]
    shape = shapes.cache_shape(model)
    layers = entry["layers"]
    assert isinstance(layers, data.Datum)
    assert sum(int(one.value) for one in shape.layers) == layers.value


@pytest.mark.parametrize(
    ("model", "published", "where"),
    [
        ("opt_13b", 800 * 1024, "Kwon et al. 2023, §3: 800 KB per token"),
        ("deepseek_v2", 2 * 34.6e3, "DeepSeek-V2, Table 9: 34.6K elements per token"),
        ("deepseek_v3", 70.272e3, "Zhao et al. 2025, Table 1: 70.272 KB per token"),
        ("llama3_1_405b", 516.096e3, "Zhao et al. 2025, Table 1: 516.096 KB per token"),
    ],
)
def test_growth_as_published(model: str, published: float, where: str) -> None:
    growth = computed(kv_cache.growth_per_token, **shapes.cache_shape(model).inputs(TWO))
    assert growth.value == pytest.approx(published, rel=0.005), where


def test_windowed_layers_come_apart_from_full_ones() -> None:
    shape = shapes.cache_shape("gemma3_27b")
    assert [one.value for one in shape.layers] == [10, 52]
    assert [one.value for one in shape.windows] == [0, 1024]


def test_unknown_model_says_what_there_is() -> None:
    with pytest.raises(DataError, match=r"no model 'gpt5'; it has llama3_1_8b"):
        shapes.cache_shape("gpt5")
