"""One notation: every symbol of every formula stands in docs/notation.md."""

from __future__ import annotations

import ast
import re

from figures.paths import DOCS, FIGURES


def symbols(code: str) -> set[str]:
    """The symbols that the formulas in ``code`` give their arguments."""
    keywords = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.keyword) and node.arg == "symbols")
    return {symbol for keyword in keywords for symbol in ast.literal_eval(keyword.value).values()}


def test_every_symbol_of_every_formula_is_in_the_notation() -> None:
    page = (DOCS / "notation.md").read_text(encoding="utf-8")
    listed = {symbol for row in re.findall(r"^\| ([^|]+) \|", page, re.M) for symbol in re.findall(r"\$([^$]+)\$", row)}
    used = {symbol for file in FIGURES.glob("formulas/*.py") for symbol in symbols(file.read_text(encoding="utf-8"))}
    assert used, "no formula found"
    missing = sorted(used - listed)
    assert not missing, f"add a row to docs/notation.md for each of {missing}, or use a symbol that is there"
