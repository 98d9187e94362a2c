"""One notation: every symbol of every formula stands in docs/notation.md."""

from __future__ import annotations

import importlib
import pkgutil
import re

import figures.formulas
from figures.formula import REGISTRY
from figures.paths import DOCS


def test_every_symbol_of_every_formula_is_in_the_notation() -> None:
    for module in pkgutil.walk_packages(figures.formulas.__path__, "figures.formulas."):
        importlib.import_module(module.name)
    page = (DOCS / "notation.md").read_text(encoding="utf-8")
    listed = {symbol for row in re.findall(r"^\| ([^|]+) \|", page, re.M) for symbol in re.findall(r"\$([^$]+)\$", row)}
    ours = [f for f in REGISTRY.values() if f.function.__module__.startswith("figures.formulas.")]  # not the tests'
    used = {argument.symbol: formula.name for formula in ours for argument in formula.arguments}
    assert used, "no formula found"
    missing = {symbol: name for symbol, name in used.items() if symbol not in listed}
    assert not missing, f"add a row to docs/notation.md for each of {missing}, or use a symbol that is there"
