"""Numbers are counted per document, alike in HTML and LaTeX."""

from __future__ import annotations

import re

from tests.roots import Builder, Result


def test_every_page_starts_at_one(html: Result) -> None:
    assert html.warnings == ""
    for stem in ("first", "second"):
        page = html.html(f"articles/{stem}_article")
        captions = [span.get_text().strip() for span in page.select(".caption-number")]
        tables = {"first": ["Table 1", "Table 2", "Table 3"], "second": ["Table 1"]}[stem]
        assert [text for text in captions if text.startswith("Table")] == tables
        assert [text for text in captions if text.startswith("Fig.")] == ["Fig. 1"]
        assert page.select_one(".eqno").get_text().startswith("(1)")  # type: ignore[union-attr]


def test_only_documents_whose_numbers_changed_are_written_again(build: Builder) -> None:
    table = ":::{table} One\n:name: tab-%s\n\n| A |\n|---|\n| 1 |\n:::\n\n"
    files = {"articles/a.md": "# A\n\n" + table % "a", "articles/b.md": "# B\n\n" + table % "b"}
    build(files, extensions=["_ext.latex"])
    result = build({"articles/a.md": "# A\n\n" + table % "a" + table % "c"}, extensions=["_ext.latex"])
    assert result.warnings == ""
    written = re.findall(r"writing output\.\.\. .*?\[\s*\d+%\].*? (\S+)", result.app.status.getvalue())
    assert "articles/b" not in written
    assert result.html("articles/b").select_one(".caption-number").get_text() == "Table 1 "  # type: ignore[union-attr]


def test_the_book_counts_per_chapter_and_gives_links_different_names(latex: Result) -> None:
    style = latex.text("lpa-book.sty")
    for counter in ("figure", "table", "equation", "literalblock"):
        assert rf"\counterwithin*{{{counter}}}{{chapter}}" in style
        assert rf"\def\theH{counter}{{\thechapter." in style
    assert r"nonumfigreset" in latex.text("first_article.tex")
