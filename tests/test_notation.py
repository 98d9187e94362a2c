"""One notation: the symbols of every formula, of its inputs and of its result, stand in docs/notation.md."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from figures.paths import DOCS, FIGURES

RELATION = re.compile(r"=|\\(?:ge|le|approx)(?![a-zA-Z])")


def keywords(code: str, name: str) -> Iterator[ast.expr]:
    """The values of the keyword `name` in the calls of some code."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.keyword) and node.arg == name:
            yield node.value


def left_side(equation: str) -> str:
    """What stands before the first relation that is in no braces: `S_{=} = R / m` is one of `S_{=}`."""
    for found in RELATION.finditer(equation):
        before = equation[: found.start()]
        if before.count("{") == before.count("}"):
            return before.strip()
    raise AssertionError(f"no equation: {equation}")


def results(latex: str) -> set[str]:
    """The left-hand sides of a formula's equations: its result, and what is defined on the way there."""
    return {left_side(equation) for equation in re.split(r",\s*\\q?quad", latex)}


def symbols(code: str) -> set[str]:
    """The symbols of all inputs and results of the formulas in some code."""
    inputs = {symbol for given in keywords(code, "symbols") for symbol in ast.literal_eval(given).values()}
    return inputs.union(*(results(ast.literal_eval(latex)) for latex in keywords(code, "latex")))


@pytest.mark.parametrize(
    ("latex", "sides"),
    [
        (r"S_{=} = \frac{L_\mathrm{w}}{L_\mathrm{f}}", {"S_{=}"}),
        (r"t_\mathrm{step} \ge \frac{Q}{G\, \beta}", {r"t_\mathrm{step}"}),
        (r"f = \frac{a}{b} = c", {"f"}),
        (r"N = \lfloor R / M(S) \rfloor,\quad R = G - m", {"N", "R"}),
    ],
)
def test_left_hand_sides(latex: str, sides: set[str]) -> None:
    assert results(latex) == sides


def test_every_symbol_of_every_formula_is_in_the_notation() -> None:
    page = (DOCS / "notation.md").read_text(encoding="utf-8")
    rows = [symbol for row in re.findall(r"^\| ([^|]+) \|", page, re.M) for symbol in re.findall(r"\$([^$]+)\$", row)]
    used = {symbol for file in FIGURES.glob("formulas/*.py") for symbol in symbols(file.read_text(encoding="utf-8"))}
    assert used, "no formula found"
    missing = sorted(used - set(rows))
    assert not missing, f"add a row to docs/notation.md for each of {missing}, or use a symbol that is there"
    twice = sorted({symbol for symbol in rows if rows.count(symbol) > 1} - {"h"})  # the page says what h may mean
    assert not twice, f"one symbol, one meaning: docs/notation.md has two rows for {twice}"
