"""Results carry their inputs, convert units, and refuse what has no origin."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest

from figures import paths, results
from figures.data import Datum
from figures.formula import formula
from figures.formulas import decode, kv_cache
from figures.results import Assumed, Computed, Measured, ResultError, computed


@formula(latex="t", symbols={"counts": "n_i", "sizes": "s_i"})
def total(counts: Sequence[int], sizes: Sequence[float]) -> float:
    """Total.

    Args:
        counts (1): how many.
        sizes (1): how large.

    Returns:
        (1) all together.
    """
    return sum(count * size for count, size in zip(counts, sizes, strict=True))


LAYERS = Datum("m.x.layers", 4, "1", "q", "a2024", "p. 1", datetime.date(2026, 1, 2), "X", Path("m.toml"))


def test_a_result_keeps_value_unit_and_inputs() -> None:
    heads, dim = Assumed(2, "1", "why"), Assumed(64, "1", "why")
    found = computed(kv_cache.head_elements, kv_heads=heads, head_dim=dim)
    assert isinstance(found, Computed)
    assert (found.value, found.unit) == (256, kv_cache.head_elements.unit)
    assert found.inputs == {"kv_heads": heads, "head_dim": dim}


def test_inputs_are_converted_to_the_formulas_units() -> None:
    gib = Assumed(1, "GiB", "why")
    found = computed(decode.step_traffic, weights=gib, batch=Assumed(2, "1", "w"), cache=Assumed(1, "KiB", "w"))
    assert found.value == 2**30 + 2 * 2**10


def test_results_are_inputs_of_results_and_lists_are_kept() -> None:
    elements = computed(kv_cache.head_elements, kv_heads=LAYERS, head_dim=LAYERS)
    found = computed(total, counts=[LAYERS, LAYERS], sizes=[elements, elements])
    assert found.value == 2 * 4 * 32
    assert found.inputs["sizes"] == (elements, elements)


HEADS = {"kv_heads": Assumed(2, "1", "w"), "head_dim": Assumed(64, "1", "w")}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"kv_heads": 2},
            r"kv_cache.head_elements: kv_heads is 2; wrap a chosen number in Assumed\(value, unit, why\)",
        ),
        ({"kv_heads": Assumed(2, "B", "w")}, "kv_heads: cannot express 'B' in '1': the dimensions differ"),
        ({"kv_heads": Assumed(2.5, "1", "w")}, "kv_heads is 2.5; expected a whole number"),
        ({"kv_heads": [LAYERS]}, "kv_heads takes one value, not a list"),
        ({"more": LAYERS}, "takes kv_heads, head_dim; missing: none, unknown: more"),
        ({"kv_heads": None}, "wrap a chosen number"),
    ],
)
def test_an_unfit_input_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(ResultError, match=message):
        computed(kv_cache.head_elements, **(HEADS | change))  # type: ignore[arg-type]


def test_a_missing_input_is_named() -> None:
    with pytest.raises(ResultError, match="missing: head_dim, unknown: none"):
        computed(kv_cache.head_elements, kv_heads=LAYERS)


def test_a_list_is_asked_for() -> None:
    with pytest.raises(ResultError, match="counts takes a list of values"):
        computed(total, counts=LAYERS, sizes=[LAYERS])


def test_only_finite_results() -> None:
    huge = Assumed(1e308, "B", "w")
    with pytest.raises(ResultError, match=r"decode.step_traffic gives inf for .*; only finite numbers can be printed"):
        computed(decode.step_traffic, weights=huge, batch=Assumed(2, "1", "w"), cache=huge)


def test_an_article_without_results_is_told_where_they_belong() -> None:
    with pytest.raises(ResultError, match=r"figures/no_such_article/results.py does not exist"):
        results.load("no_such_article")


@pytest.mark.parametrize("article", sorted(paths.ARTICLES.glob("*.md")), ids=lambda path: path.stem)
def test_every_articles_results_load(article: Path) -> None:
    found = results.load(article.stem)
    assert found and all(isinstance(result, (Computed, Measured, Assumed)) for result in found.values())
