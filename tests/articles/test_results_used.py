"""Every result, table and calculator that an article defines is used by it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from figures import paths, results

ARTICLES = sorted(paths.ARTICLES.glob("*.md"))


def marked(text: str) -> set[str]:
    """Targets of the marks in an article."""
    return set(re.findall(r"\{(?:computed|measured|assumed)\}`[^`<]*<(\w+)>`", text))


def used_by_code(stem: str) -> set[str]:
    """Names of results that the article's tables, figures and calculators, or other results, refer to."""
    names: set[str] = set()
    for file in (paths.FIGURES / stem).glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                names.add(node.attr)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                names.add(node.id)
    return names


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_no_result_is_unused(article: Path) -> None:
    used = marked(article.read_text(encoding="utf-8")) | used_by_code(article.stem)
    unused = sorted(set(results.load(article.stem)) - used)
    assert unused == [], f"figures/{article.stem}/results.py defines what nothing uses; remove it or print it"


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", ["tables", "calculators"])
def test_no_table_or_calculator_is_unused(article: Path, kind: str) -> None:
    module = paths.FIGURES / article.stem / f"{kind}.py"
    if not module.exists():
        return
    tree = ast.parse(module.read_text(encoding="utf-8"))
    maker, directive = {"tables": ("Table", "datatable"), "calculators": ("Calculator", "calculator")}[kind]
    defined = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for target in node.targets
        if isinstance(target, ast.Name) and getattr(node.value.func, "id", "") == maker
    }
    shown = set(re.findall(rf"\{{{directive}\}}[ ]+(\w+)", article.read_text(encoding="utf-8")))
    assert defined <= shown, f"not shown: {', '.join(sorted(defined - shown))}"
