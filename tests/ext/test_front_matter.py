"""Front matter of articles: complete, valid, and agreeing with the heading."""

from __future__ import annotations

import pytest

from tests.roots import Builder

GOOD = """---
title: On A
description: What A is.
reviewed: 2026-11-24
prerequisites: [b]
keywords: [letters]
---

# On A

Text.
"""
B = GOOD.replace("On A", "On B").replace("[b]", "[]")


def warnings(build: Builder, article: str) -> str:
    return build({"articles/a.md": article, "articles/b.md": B}, extensions=["_ext.front_matter"]).warnings


def test_a_complete_article_and_pages_without_front_matter_pass(build: Builder) -> None:
    assert warnings(build, GOOD) == ""


@pytest.mark.parametrize("field", ["title", "description", "reviewed", "prerequisites", "keywords"])
def test_a_missing_field_is_reported(build: Builder, field: str) -> None:
    article = "\n".join(line for line in GOOD.split("\n") if not line.startswith(field))
    text = warnings(build, article)
    assert f"articles/a.md:1: WARNING: front matter has no field `{field}`: expected " in text
    assert f"; add a line like `{field}: " in text
    assert "[front_matter.missing]" in text


def test_an_article_without_front_matter_is_reported(build: Builder) -> None:
    assert warnings(build, "# On A\n\nText.\n").count("front matter has no field") == 5


@pytest.mark.parametrize(
    ("good", "bad", "line", "message"),
    [
        ("reviewed: 2026-11-24", "reviewed: last week", 4, "`reviewed` is 'last week': expected the date of the last"),
        ("reviewed: 2026-11-24", "reviewed: 2026-11-24 10:00:00", 4, "`reviewed` is datetime.datetime(2026, 11, 24"),
        ("What A is.", "What A is", 3, "`description` is 'What A is': expected one sentence"),
        ("[letters]", "[]", 6, "`keywords` is []: expected a list of keywords"),
        ("[letters]", "letters", 6, "`keywords` is 'letters': expected a list"),
        ("[b]", "b", 5, "`prerequisites` is 'b': expected a list"),
        ("[b]", "[b, 3]", 5, "`prerequisites` is ['b', 3]: expected a list"),
        ("title: On A", "title: ''", 2, "`title` is '': expected the article's title"),
    ],
)
def test_an_invalid_field_is_reported_on_its_line(build: Builder, good: str, bad: str, line: int, message: str) -> None:
    text = warnings(build, GOOD.replace(good, bad, 1))
    assert f"articles/a.md:{line}: WARNING: front matter field {message}" in text
    assert "; write it like `" in text


def test_malformed_yaml_is_reported_on_its_line(build: Builder) -> None:
    text = warnings(build, GOOD.replace("What A is.", "A: what it is."))
    assert "articles/a.md:3: WARNING: front matter is not valid YAML (mapping values are not allowed here)" in text
    assert "put a value with a colon or a bracket in quotes" in text


@pytest.mark.parametrize(
    ("good", "bad", "line", "message"),
    [
        ("# On A", "# About A", 9, "heading `About A` differs from the front matter's title `On A`; make them equal"),
        ("Text.", "# More", 11, "second level-one heading `More`: an article has one, its title; start this line with"),
        ("# On A", "On A", None, "has no level-one heading; add the line `# On A` below the front matter"),
    ],
)
def test_the_heading_is_the_title(build: Builder, good: str, bad: str, line: int | None, message: str) -> None:
    text = warnings(build, GOOD.replace(good, bad, 1))
    assert message in text
    assert f"articles/a.md{f':{line}' if line else ''}: WARNING: " in text
