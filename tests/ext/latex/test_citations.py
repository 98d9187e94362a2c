"""Each article has its own list of references, where it stands; also in the book, once."""

from __future__ import annotations

import re

import pytest

from tests.roots import Result


def lists(text: str) -> list[str]:
    return re.findall(r"\\begin\{sphinxthebibliography\}.*?\\end\{sphinxthebibliography\}", text, re.S)


def test_an_article_has_one_list_under_its_own_heading(latex: Result) -> None:
    text = latex.text("first_article.tex")
    (only,) = lists(text)
    assert text.index(r"\section{References}") < text.index(only)
    assert len(re.findall(r"\\bibitem", only)) == 2
    assert only.count("Noam Shazeer") == 1


def test_the_book_has_one_list_per_article_and_prints_each_entry_once(latex: Result) -> None:
    found = lists(latex.text("llm-papers-and-articles.tex"))
    by_length = sorted(found, key=lambda text: text.count("Woosuk Kwon") * 10 + text.count(r"\bibitem"))
    demo, second, first = by_length
    assert demo.count("Ada Author") == 1
    assert first.count("Woosuk Kwon") == second.count("Woosuk Kwon") == 1
    assert first.count(r"\bibitem") == 2 and second.count(r"\bibitem") == 1


@pytest.mark.parametrize("name", ["first_article", "second_article", "llm-papers-and-articles"])
def test_every_citation_has_its_entry_in_the_same_document(latex: Result, name: str) -> None:
    text = latex.text(f"{name}.tex")
    cited = set(re.findall(r"\\hyperlink\{cite\.([^}]+)\}", text))
    entries = re.findall(r"\\bibitem\[[^]]*\]\{([^}]+)\}", text)
    assert cited and cited <= set(entries)
    assert len(entries) == len(set(entries))


def test_figures_come_before_the_references(latex: Result) -> None:
    assert re.search(r"\\FloatBarrier\s+\\section\{References\}", latex.text("first_article.tex"))
