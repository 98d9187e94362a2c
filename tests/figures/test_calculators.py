"""Descriptions of calculators: what works, and what is refused when it is made."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import figures
from figures import results
from figures.calculators import Calculator, CalculatorError, Field, Option, Output, Preset, load
from figures.data import Datum
from figures.formulas import decode, kv_cache, model, roofline
from figures.results import Assumed, Source, computed


def datum(value: float, unit: str) -> Datum:
    return Datum("tiny.x", value, unit, "all", "key2024", "Table 1", date(2026, 11, 24), "Tiny", Path("tiny.toml"))


LAYERS = Field("layers", "Layers", (2, 3), 0, 100)
ELEMENTS = Field("elements", "Elements", (128, 64), 0, 10_000)
WINDOWS = Field("windows", "Window", (0, 16), 0, 10_000)
STRIDES = Field("strides", "Stride", (1, 1), 1, 100)
BYTES = Field("element_bytes", "Bytes", 2, 0.5, 8)
CONTEXT = Field("context", "Context", 100, 1, 10_000)
CACHE = Output(kv_cache.cache_bytes, "Cache")
CACHE_FIELDS = (CONTEXT, BYTES, LAYERS, ELEMENTS, WINDOWS, STRIDES)
WEIGHTS = (Field("parameters", "Parameters", 1e9, 1, 1e13), Field("parameter_bytes", "Bytes", 2, 0.1, 8))


def test_every_argument_is_a_field_in_its_unit() -> None:
    fields = (Field("traffic", "Traffic", 3, 0, 100, unit="GB"), Field("bandwidth", "Bandwidth", 1.5, 0.1, 10, "TB/s"))
    calculator = Calculator("Transfer", (Output(roofline.transfer_time, "Time"),), fields)
    assert calculator.evaluate(calculator.defaults()) == {"transfer_time": pytest.approx(0.002)}


def test_lists_are_tuples_of_one_length() -> None:
    calculator = Calculator("Cache", (CACHE,), CACHE_FIELDS)
    result = calculator.evaluate(calculator.defaults())["cache_bytes"]
    assert result == 2 * (2 * 128 * 100 + 3 * 64 * 16)
    assert CACHE.show(result) == "56 KiB"
    assert calculator.is_whole("layers") and not calculator.is_whole("element_bytes")


def test_later_outputs_take_earlier_ones_and_fields_of_other_names() -> None:
    outputs = (
        Output(model.weight_bytes, "Weights"),
        CACHE,
        Output(decode.step_traffic, "Traffic", unit="GB", using={"weights": "weight_bytes", "cache": "cache_bytes"}),
    )
    calculator = Calculator("Step", outputs, (*WEIGHTS, *CACHE_FIELDS, Field("batch", "Batch", 4, 1, 100)))
    result = calculator.evaluate(calculator.defaults())
    assert result["step_traffic"] == 2e9 + 4 * result["cache_bytes"]
    assert outputs[2].show(result["step_traffic"]) == "2.00 GB"


def test_a_preset_fills_fields_from_cited_values() -> None:
    head = computed(kv_cache.head_elements, kv_heads=datum(2, "1"), head_dim=datum(32, "1"))
    every, all_of_it = Assumed(1, "token", "every token"), Assumed(0, "token", "all")
    shape: dict[str, Source | tuple[Source, ...]] = {
        "layers": (datum(4, "1"),),
        "elements": (head,),
        "windows": (all_of_it,),
        "strides": (every,),
    }
    option = Option("Tiny", shape)
    empty = [dataclasses.replace(one, default=None) for one in (LAYERS, ELEMENTS, WINDOWS, STRIDES)]
    preset = Preset("model", "Model", {"tiny": option}, "tiny")
    calculator = Calculator("Cache", (CACHE,), (CONTEXT, BYTES, *empty), (preset,))
    assert calculator.defaults() == {
        "context": 100, "element_bytes": 2, "layers": (4,), "elements": (128,), "windows": (0,), "strides": (1,)
    }  # fmt: skip
    assert [(one.value, one.source) for one in option.data()] == [(4, "key2024"), (2, "key2024"), (32, "key2024")]


def _tiny(**values: Any) -> tuple[Preset, ...]:
    return (Preset("p", "Preset", {"tiny": Option("Tiny", values)}, "tiny"),)


SIZES: dict[str, Any] = {"outputs": (Output(model.weight_bytes, "Weights"),), "fields": WEIGHTS}
EMPTY = (dataclasses.replace(WEIGHTS[0], default=None), WEIGHTS[1])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"fields": WEIGHTS[:1]}, r"nothing fills the argument 'parameter_bytes' of model.weight_bytes; add Field\("),
        ({"fields": (*WEIGHTS, CONTEXT)}, "no formula takes the field 'context'"),
        ({"fields": (*WEIGHTS, WEIGHTS[0])}, "need different names, not parameters, parameter_bytes, parameters"),
        ({"fields": (WEIGHTS[0], dataclasses.replace(BYTES, name="parameter_bytes", unit="s"))}, "dimensions differ"),
        ({"outputs": (Output(model.weight_bytes, "Weights", unit="s"),)}, "cannot express 'B' in 's'"),
        ({"fields": EMPTY}, "the field 'parameters' needs either a default or one preset"),
        ({"presets": _tiny(parameters=datum(1, "1"))}, "the field 'parameters' needs either a default or one preset"),
        ({"fields": (dataclasses.replace(WEIGHTS[0], default=0), WEIGHTS[1])}, "default 0 is not between 1 and"),
        ({"fields": (dataclasses.replace(WEIGHTS[0], default=(1, 2)), WEIGHTS[1])}, "parameters takes one number"),
        ({"fields": EMPTY, "presets": _tiny(parameters=datum(0, "1"))}, "Preset tiny 0 is not between 1 and"),
        ({"fields": EMPTY, "presets": _tiny(parameters=datum(1, "B"))}, "option 'Tiny', parameters: cannot express"),
        ({"fields": EMPTY, "presets": _tiny(nothing=datum(1, "1"))}, "'tiny' of 'p' must fill exactly the fields"),
        ({"presets": (Preset("p", "P", {}, "tiny"),)}, "the preset 'p' has no option 'tiny'"),
    ],
)
def test_a_wrong_description_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(CalculatorError, match="calculator 'Sizes': .*" + message):
        Calculator("Sizes", **{**SIZES, **change})


def test_a_part_of_a_whole_is_refused() -> None:
    with pytest.raises(CalculatorError, match=r"context: default 1\.5 is not a whole number"):
        Calculator("Cache", (CACHE,), (dataclasses.replace(CONTEXT, default=1.5), *CACHE_FIELDS[1:]))


def test_a_default_case_without_a_result_is_refused() -> None:
    fields = (Field("weights", "Weights", 1, 0, 10, "GB"), Field("cache", "Cache", 0, 0, 10, "GB"))
    with pytest.raises(CalculatorError, match=r"decode\.parity_batch has no result for .* division by zero"):
        Calculator("Parity", (Output(decode.parity_batch, "Batch"),), fields)


@pytest.fixture
def article(tmp_path: Path) -> Iterator[Path]:
    """`figures/made_up/` of a repository of its own."""
    folder = tmp_path / "figures" / "made_up"
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    figures.__path__.append(str(folder.parent))
    yield folder
    figures.__path__.remove(str(folder.parent))


def test_a_mistake_is_reported_with_file_and_line(article: Path) -> None:
    text = "from figures.calculators import Calculator, Output\nfrom figures.formulas import model\n\n"
    text += 'sizes = Calculator("Sizes", (Output(model.weight_bytes, "Weights"),), ())\n'
    (article / "calculators.py").write_text(text, encoding="utf-8")
    with pytest.raises(CalculatorError, match=r"made_up/calculators.py:4: calculator 'Sizes': nothing fills"):
        load("made_up")


def test_a_missing_module_is_named() -> None:
    with pytest.raises(CalculatorError, match=r"figures/no_such_article/calculators\.py does not exist; describe"):
        load("no_such_article")


def test_the_real_ones_give_the_published_cache_of_llama_3_1_70b() -> None:
    calculators = load("kv_cache_optimization")
    cache = calculators["cache_size"]
    values = cache.evaluate({**cache.defaults(), "context": 8192})
    assert [output.show(values[output.key]) for output in cache.outputs] == ["320 KiB/token", "2.50 GiB"]
    assert list(calculators) == ["cache_size", "users", "reload"]


def test_the_default_case_is_the_articles_worked_example() -> None:
    users = load("kv_cache_optimization")["users"]
    example = results.load("kv_cache_optimization")
    assert users.evaluate(users.defaults())["sequences_that_fit"] == example["users_8k"].value
