"""References to other documents: the right words everywhere, and the public address in an article's PDF."""

from __future__ import annotations

import pytest

from tests.roots import Builder, Result

HERE = "https://example.org/articles/second_article.html"
THERE = r"https://example.org/articles/second\_article.html"


def test_no_warnings(latex: Result) -> None:
    assert latex.warnings == ""


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (r"\#fig-second", r"{\DUrole{std}{\DUrole{std-numref}{Fig.\@ 1}} of \sphinxstyleemphasis{Second Article}}"),
        (r"\#tab-second", r"{\DUrole{std}{\DUrole{std-numref}{Table 1}} of \sphinxstyleemphasis{Second Article}}"),
        (r"\#equation-eq-second", r"{(1) of \sphinxstyleemphasis{Second Article}}"),
        (r"\#sec-breaks", r"{\DUrole{std}{\DUrole{std-ref}{Where it breaks}} in \sphinxstyleemphasis{Second Article}}"),
        ("", r"{\DUrole{doc}{Second Article}}"),
        (r"\#where-it-breaks", r"{\DUrole{std}{\DUrole{std-ref}{the second article}}}"),
    ],
)
def test_an_article_leads_to_the_site(latex: Result, target: str, words: str) -> None:
    text = latex.text("first_article.tex").replace(r"Fig. 1", r"Fig.\@ 1")
    assert rf"\sphinxhref{{{THERE}{target}}}{words}" in text


def test_a_term_leads_to_the_glossary_on_the_site(latex: Result) -> None:
    assert r"\sphinxhref{https://example.org/glossary.html\#term-KV-cache}" in latex.text("first_article.tex")


def test_references_inside_an_article_stay_inside(latex: Result) -> None:
    text = latex.text("first_article.tex")
    assert r"\hyperref[\detokenize{articles/first_article:fig-first}]{Fig.\@ \ref{" in text
    assert r"\eqref{equation:articles/first_article:eq-cache}" in text
    assert "sphinxupquote{fig" not in text


def test_in_the_book_they_lead_to_the_chapter(latex: Result) -> None:
    book = latex.text("llm-papers-and-articles.tex")
    title = r"\sphinxstyleemphasis{Second Article}"
    figure = r"\detokenize{articles/second_article:fig-second}"
    assert rf"\hyperref[{figure}]{{Fig.\@ \ref{{{figure}}}}} of {title}" in book
    assert rf"\eqref{{equation:articles/second_article:eq-second}} of {title}" in book
    assert rf"\label{{{figure}}}" in book
    assert r"\hyperref[\detokenize{glossary:term-KV-cache}]" in book
    for line in book.splitlines():  # the public address stands in the chapter's opening alone
        assert THERE not in line or line.startswith(r"\lpachapteropening") or "lpachapteropening" in line


def test_in_html_they_name_the_other_document_too(html: Result) -> None:
    links = {a["href"]: a.get_text() for a in html.html("articles/first_article").select("a.reference.internal")}
    assert links["second_article.html#fig-second"] == "Fig. 1 of Second Article"
    assert links["second_article.html#equation-eq-second"] == "(1) of Second Article"
    assert links["second_article.html#sec-breaks"] == "Where it breaks in Second Article"
    assert links["#fig-first"] == "Fig. 1"


def test_the_authors_own_words_stand(build: Builder) -> None:
    files = {
        "articles/a.md": "# A\n\n{numref}`Table {number} <tab-b>` and {ref}`there <sec-b>`.\n",
        "articles/b.md": "# B\n\n(sec-b)=\n## S\n\n:::{table} T\n:name: tab-b\n\n| A |\n|---|\n| 1 |\n:::\n",
    }
    result = build(files, extensions=["_ext.latex"], html_baseurl="https://example.org/")
    assert result.warnings == ""
    assert [a.get_text() for a in result.html("articles/a").select("p a.internal")] == ["Table 1", "there"]


def test_a_reference_to_nothing_still_warns(build: Builder) -> None:
    result = build({"articles/a.md": "# A\n\n{numref}`fig-none` and {eq}`eq-none`.\n"}, extensions=["_ext.latex"])
    assert "articles/a.md:3: WARNING: Failed to create a cross reference" in result.warnings or (
        "undefined label: 'fig-none'" in result.warnings
    )
    assert "equation not found: eq-none" in result.warnings
