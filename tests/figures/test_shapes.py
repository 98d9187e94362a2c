"""Cache shapes of the models in the data file against published sizes."""

from __future__ import annotations

import pytest

from figures import data, shapes
from figures.data import DataError
from figures.formulas import kv_cache
from figures.results import Assumed, computed

TWO = Assumed(2, "B", "BF16")


@pytest.mark.parametrize("model", shapes.cached_models())
def test_every_model_has_a_shape(model: str) -> None:
    entry = data.load("models")[model]
    shape = shapes.cache_shape(model)
    layers = entry["layers"]
    assert isinstance(layers, data.Datum)
    kept = {group.layers for group in shape.groups if isinstance(group.layers, data.Datum)}
    whole = layers in kept  # a group that every layer has, beside those of some layers
    none = [entry[name] for name in ("sharing_layers", "moe_layers") if name in entry]  # layers that keep nothing
    none += [entry["dense_layers"]] if "mamba_layers" in entry and "dense_layers" in entry else []
    rest = sum(one.value for one in none if isinstance(one, data.Datum))
    assert whole or sum(one.value for one in kept) + rest == layers.value


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


def grows(model: str) -> float:
    return computed(kv_cache.growth_per_token, **shapes.cache_shape(model).inputs(TWO)).value


def test_mamba_layers_keep_one_state() -> None:
    full, state = shapes.cache_shape("nemotron3_nano").groups
    assert (full.layers.value, full.elements.value) == (6, 2 * 2 * 128)
    assert (state.layers.value, state.elements.value) == (23, 64 * 64 * 128)
    assert state.window is shapes.ONE_STATE
    assert grows("nemotron3_nano") == 2 * 6 * 2 * 2 * 128


def test_keys_and_values_of_different_dimension() -> None:
    full, windowed = shapes.cache_shape("mimo_v2_flash").groups
    assert (full.layers.value, full.elements.value) == (9, 4 * (192 + 128))
    assert (windowed.layers.value, windowed.elements.value) == (39, 8 * (192 + 128))


def test_global_layers_may_differ_in_the_dimension_of_a_head_alone() -> None:
    full, windowed = shapes.cache_shape("gemma4_e2b").groups
    assert (full.layers.value, full.elements.value) == (3, 2 * 512)
    assert (windowed.layers.value, windowed.elements.value) == (12, 2 * 256)


def test_an_index_is_kept_where_one_is_computed() -> None:
    assert grows("glm_5") - grows("glm_5_2") == 2 * (78 - 21) * 128
    assert grows("minimax_m3") == 2 * (60 * 2 * 4 * 128 + 57 * 128)


def test_models_without_heads_are_left_out() -> None:
    known = {key for key, entry in data.load("models").items() if "layers" in entry}
    assert known - set(shapes.cached_models()) == {"step3", "inkling", "qwen3_8_2_4t"}
