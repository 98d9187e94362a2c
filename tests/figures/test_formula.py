"""The decorator reads what a reader sees, and refuses what would leave a reader in the dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from figures import formula as core
from figures.formula import Argument, Formula, formula


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(core, "REGISTRY", {})
    yield


def good(count: int, sizes: Sequence[float], on: bool) -> float:
    """Size of all
    together.

    More about it.

    Args:
        count (1): how many
            there are.
        sizes (B/(token·layer)): size of each.
        on (1): whether.

    Returns:
        (B) the
        sum.

    Assumptions:
        None overlap.
        None is negative.
    """
    return count * sum(sizes) * on


SYMBOLS = {"count": "n", "sizes": "s_i", "on": "o"}


def test_the_docstring_is_what_readers_see() -> None:
    made = formula(latex="x", symbols=SYMBOLS, sources=["a2024{p. 1}"])(good)
    assert isinstance(made, Formula)
    assert (made.quantity, made.meaning, made.unit) == ("Size of all together", "the sum.", "B")
    assert made.assumptions == "None overlap. None is negative."
    assert made.arguments == (
        Argument("count", "n", "1", "how many there are", "int"),
        Argument("sizes", "s_i", "B/(token·layer)", "size of each", "list"),
        Argument("on", "o", "1", "whether", "bool"),
    )
    assert made.sources == ("a2024{p. 1}",)
    assert made(2, [3, 4], True) == 14
    assert {made.name: made} == core.REGISTRY


def variant(old: str, new: str) -> Callable[..., float]:
    def copy(count: int, sizes: Sequence[float], on: bool) -> float:
        return 0

    copy.__doc__ = (good.__doc__ or "").replace(old, new)
    assert copy.__doc__ != good.__doc__
    return copy


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Args:", "Arguments:", "the docstring has no 'Args' section"),
        ("Returns:", "Gives:", "the docstring has no 'Returns' section"),
        ("(B) the", "the", r"write the Returns section as '\(unit\) meaning.'"),
        ("count (1)", "number (1)", r"the docstring lacks 'count \(unit\): meaning.' in Args"),
        ("count (1)", "count (1GB)", "unknown symbol '1GB'"),
    ],
)
def test_a_docstring_that_hides_something_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        formula(latex="x", symbols=SYMBOLS)(variant(old, new))


def test_missing_and_unknown_symbols_are_refused() -> None:
    with pytest.raises(TypeError, match="no symbol for the argument 'on'"):
        formula(latex="x", symbols={"count": "n", "sizes": "s"})(good)
    with pytest.raises(TypeError, match="symbols for unknown arguments: more"):
        formula(latex="x", symbols=SYMBOLS | {"more": "m"})(good)


def test_an_unfit_annotation_is_refused() -> None:
    def odd(count: str) -> float:
        """Odd.

        Args:
            count (1): how many.

        Returns:
            (1) it.
        """
        return 0

    with pytest.raises(TypeError, match=r"argument 'count' is .*str.*; use int, float, bool or Sequence"):
        formula(latex="x", symbols={"count": "n"})(odd)
