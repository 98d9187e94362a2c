"""The header of an article's page and the files beside it."""

from __future__ import annotations

import io

import pytest
from pybtex.database.input.bibtex import Parser

from tests.roots import REPOSITORY, Builder, Result

ARTICLE = """---
title: Caches & more
description: What a cache <costs>.
reviewed: 2026-11-03
prerequisites: [basics]
keywords: [cache]
---

# Caches & more

One two three four five.

## Part

Six.
"""
BASICS = ARTICLE.replace("Caches & more", "Basics").replace("[basics]", "[]")
FILES: dict[str, str | bytes | None] = {
    "articles/caches.md": ARTICLE,
    "articles/basics.md": BASICS,
    "articles/caches.pdf": b"%PDF-",
    "docs/notes.md": "# Notes\n",
}


def made(build: Builder, files: dict[str, str | bytes | None]) -> Result:
    return build(
        files,
        extensions=["_ext.article_page"],
        templates_path=[str(REPOSITORY / "docs/_templates")],
        html_theme="furo",
        html_theme_options={"source_repository": "https://github.com/o/r", "source_branch": "main"},
        html_baseurl="https://example.org/site/",
        author="the A & B contributors",
        version="2026.11",
    )


def test_header_stands_below_the_heading_and_has_what_the_front_matter_says(build: Builder) -> None:
    result = made(build, FILES)
    assert result.warnings == ""
    header = result.html("articles/caches").select_one("h1 + .lpa-article-header")
    assert header is not None
    lead, words, reviewed = header.select_one(".lpa-lead"), header.select_one("li"), header.select_one("time")
    assert lead is not None and lead.text == "What a cache <costs>."
    assert words is not None and words.text == "1 min (9 words)"
    assert reviewed is not None and (reviewed["datetime"], reviewed.text) == ("2026-11-03", "3 November 2026")
    assert {a.text: a["href"] for a in header.select("a")} == {
        "Basics": "basics.html",
        "PDF": "caches.pdf",
        "Markdown": "caches.md",
        "Edit": "https://github.com/o/r/edit/main/articles/caches.md",
    }


def test_linked_files_are_there(build: Builder) -> None:
    result = made(build, FILES)
    assert result.text("articles/caches.md") == ARTICLE
    assert result.text("articles/caches.pdf") == "%PDF-"


def test_an_article_without_a_published_pdf_links_none(build: Builder) -> None:
    result = made(build, FILES)
    assert "PDF" not in {a.text for a in result.html("articles/basics").select(".lpa-article-header a")}
    assert not (result.outdir / "articles/basics.pdf").exists()


def test_other_pages_have_no_header(build: Builder) -> None:
    assert "lpa-article-header" not in made(build, FILES).text("notes.html")


def test_cite_this_is_bibtex_with_one_corporate_author(build: Builder) -> None:
    code = made(build, FILES).html("articles/caches").select_one(".lpa-cite pre")
    assert code is not None
    entry = Parser().parse_stream(io.StringIO(code.text)).entries["llmpa_caches"]
    assert [str(person) for person in entry.persons["author"]] == [r"{the A \& B contributors}"]
    assert entry.fields["title"] == r"{Caches \& more}"
    assert entry.fields["year"] == "2026"
    assert entry.fields["url"] == "https://example.org/site/articles/caches.html"


@pytest.mark.parametrize("wrong", ["basic", "caches.md"])
def test_unknown_prerequisite_is_named_with_what_there_is(build: Builder, wrong: str) -> None:
    result = made(build, FILES | {"articles/caches.md": ARTICLE.replace("[basics]", f"[{wrong}]")})
    assert result.warnings.startswith("articles/caches.md:1: WARNING: ")
    assert f"prerequisites names '{wrong}', and there is no articles/{wrong}.md" in result.warnings
    assert "expected one of: basics, caches. Correct or remove it. [article.prerequisite]" in result.warnings
