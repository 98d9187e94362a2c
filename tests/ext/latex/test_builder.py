"""The LaTeX documents and their words; images; what is beside the pages of the site."""

from __future__ import annotations

from pathlib import Path

from _ext.latex.digest import read_sources

from tests.ext.latex import sample
from tests.roots import Builder, Result


def test_every_article_is_a_document_and_all_are_the_book(latex: Result) -> None:
    assert latex.warnings == ""
    sources = {source.name: source for source in read_sources(latex.outdir)}
    assert list(sources) == ["demo", "first_article", "second_article", "llm-papers-and-articles"]
    assert sources["first_article"].reviewed == "2026-11-24"
    assert sources["llm-papers-and-articles"].reviewed == "2026-11-24"  # the latest
    assert sources["second_article"].images == ("figures-second_article-line.pdf",)
    assert (latex.outdir / "figures-second_article-line.pdf").is_file()


def test_an_article_in_preparation_has_no_document_and_no_chapter(build: Builder) -> None:
    files = {"articles/a.md": "# A\n", "articles/b.md": "---\norphan: true\n---\n\n# B\n"}
    result = build(files, extensions=["_ext.latex"], builder="latex")
    assert {source.name for source in read_sources(result.outdir)} == {"a", "llm-papers-and-articles"}
    assert not (result.outdir / "b.tex").exists()
    book = result.text("llm-papers-and-articles.tex")
    assert r"\chapter{A}" in book and r"\chapter{B}" not in book


def test_the_title_block_comes_from_the_front_matter(latex: Result) -> None:
    text = latex.text("first_article.tex")
    assert r"\newcommand*\lpatitle{First Article \& Its Cache}" in text
    assert r"\newcommand*\lpaabstract{How large the key–value cache is, what" in text
    assert r"\newcommand*\lpadate{24 November 2026}" in text
    assert r"\newcommand*\lpakeywords{KV cache, attention, inference}" in text
    assert r"\newcommand*\lpaaddress{https://example.org/articles/first\_article.html}" in text
    assert r"\newcommand*\lpalicenceaddress{https://creativecommons.org/licenses/by-sa/4.0/}" in text
    assert r"\usepackage{lpa-article}" in text and "fncychap" not in text and r"\printindex" not in text


def test_a_chapter_opens_with_the_same_words(latex: Result) -> None:
    book = latex.text("llm-papers-and-articles.tex")
    assert r"\lpachapteropening{What follows from the first.}{1 October 2026}" in book
    assert r"\contentsname" not in book  # "Contents", not the first caption of the index
    assert book.count(r"\chapter{") == 4 and r"\chapter{First Article \& Its Cache}" in book
    assert book.count(r"\lpachapteropening") == 3  # the glossary is no article
    assert r"\newcommand*\lpatitle{LLM Papers \& Articles}" in book


def test_macros_of_other_extensions_are_kept(build: Builder) -> None:
    result = build(
        {"articles/a.md": "# A\n"}, extensions=["_ext.latex"], builder="latex", latex_elements={"preamble": r"\def\x{}"}
    )
    text = result.text("a.tex")
    assert text.index(r"\usepackage{lpa-article}") < text.index(r"\def\x{}")


def test_images_of_one_name_keep_their_own_names_whatever_is_read_first(build: Builder, tmp_path: Path) -> None:
    files = sample.files(tmp_path)
    del files["articles/demo.md"]
    files["docs/index.md"] = "# I\n\n```{toctree}\n:glob:\n\narticles/*\nglossary\n```\n"
    one = build(files, extensions=sample.EXTENSIONS, builder="latex", **sample.CONFIG).text("second_article.tex")
    text = (sample.SOURCE / "articles" / "second_article.md").read_text(encoding="utf-8")
    files["articles/first_article.md"] = None
    files["articles/second_article.md"] = text.replace(
        "{numref}`fig-first` and {eq}`eq-cache`", "[nothing](#second-article)"
    )
    other = build(files, extensions=sample.EXTENSIONS, builder="latex", **sample.CONFIG).text("second_article.tex")
    assert "{{figures-second_article-line}.pdf}" in one and "{{figures-second_article-line}.pdf}" in other


def test_published_pdfs_are_copied_beside_the_pages(build: Builder) -> None:
    files: dict[str, str | bytes | None] = {
        "articles/a.md": "# A\n",
        "articles/b.md": "# B\n",
        "articles/a.pdf": b"%PDF-a",
    }
    result = build(files, extensions=["_ext.latex"])
    assert result.warnings == ""
    assert (result.outdir / "articles" / "a.pdf").read_bytes() == b"%PDF-a"
    assert not (result.outdir / "articles" / "b.pdf").exists()
    result = build({"articles/a.pdf": b"%PDF-new"}, extensions=["_ext.latex"])
    assert (result.outdir / "articles" / "a.pdf").read_bytes() == b"%PDF-new"


def test_the_rule_above_footnotes_is_not_printed(latex: Result) -> None:
    text = latex.text("first_article.tex")
    assert r"\begin{footnote}" in text and r"\hrule\bigskip" not in text
