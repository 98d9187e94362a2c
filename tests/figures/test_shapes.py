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
    kept = {group.layers for group in shape.groups if isinstance(group.layers, data.Datum)}
    whole = layers in kept  # a group that every layer has, beside those of some layers
    assert whole or sum(int(one.value) for one in kept) == layers.value


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
    assert [group.layers.value for group in shape.groups] == [10, 52]
    assert [one.value for one in shape.windows] == [0, 1024]


@pytest.mark.parametrize(
    ("model", "published", "where"),
    [
        ("deepseek_v3_2_exp", 83.9, "vLLM team 2026: about 83.9 GiB for V3.2 at 2^20 tokens, BF16, indexer included"),
        ("deepseek_v4_pro", 9.62, "vLLM team 2026: about 9.62 GiB for V4 at 2^20 tokens, BF16, indexer included"),
    ],
)
def test_a_million_tokens_as_published(model: str, published: float, where: str) -> None:
    million = Assumed(2**20, "token", "2^20 tokens")
    cache = computed(kv_cache.cache_bytes, context=million, **shapes.cache_shape(model).inputs(TWO))
    assert cache.value / 2**30 == pytest.approx(published, rel=0.001), where


def test_global_layers_may_have_a_shape_of_their_own() -> None:
    full, windowed = shapes.cache_shape("gemma4_31b").groups
    assert (full.elements.value, windowed.elements.value) == (2 * 4 * 512, 2 * 16 * 256)


def test_linear_layers_keep_one_state() -> None:
    growth = computed(kv_cache.growth_per_token, **shapes.cache_shape("qwen3_next_80b").inputs(TWO))
    assert growth.value == 2 * 12 * 2 * 2 * 256  # the twelve full layers alone


def test_unknown_model_says_what_there_is() -> None:
    with pytest.raises(DataError, match=r"no model 'gpt5'; it has llama3_1_8b"):
        shapes.cache_shape("gpt5")
