"""Labels used twice are named with both places."""

from __future__ import annotations

import pytest

from tests.roots import Builder

EXTENSIONS = ["_ext.unique_labels"]
REST = "expected a name that is unique in the whole collection; rename one, and what refers to it"
ARTICLE = """# {0}

Text[^1].

(sec-x)=
## Part {0}

$$ a $$ (eq-x)

:::{{table}} Caption
:name: tab-x

| a | b |
|---|---|
| 1 | 2 |
:::

:::{{figure-md}} fig-x

![alt](../figures/x.svg)

Caption
:::

[^1]: A note.
"""
FIGURE: dict[str, str | bytes | None] = {"figures/x.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'}
EXPECTED = (
    "articles/b.md:6: WARNING: label `sec-x` is used twice: here and at articles/a.md:6; ",
    "articles/b.md:8: WARNING: equation `eq-x` is used twice: here and at articles/a.md:8; ",
    "articles/b.md:13: WARNING: label `tab-x` is used twice: here and at articles/a.md:13; ",
    "articles/b.md:18: WARNING: label `fig-x` is used twice: here and at articles/a.md:18; ",
)


@pytest.mark.parametrize("parallel", [1, 2])
def test_a_label_in_two_articles(build: Builder, parallel: int) -> None:
    # Enough files for two workers: Sphinx reads fewer than six in one.
    files = {f"articles/z{n}.md": f"# Z{n}\n" for n in range(8)}
    files |= {"articles/a.md": ARTICLE.format("A"), "articles/b.md": ARTICLE.format("B")}
    result = build(FIGURE | files, extensions=EXTENSIONS, parallel=parallel)
    for message in EXPECTED:
        assert message + REST in result.warnings
    assert result.warnings.count("is used twice") == len(EXPECTED)


def test_a_label_twice_in_one_article(build: Builder) -> None:
    article = "# A\n\n(x)=\n## B\n\n(x)=\n## C\n\n$$ a $$ (e)\n\n$$ b $$ (e)\n"
    result = build({"articles/a.md": article}, extensions=EXTENSIONS)
    assert f"articles/a.md:6: WARNING: label `x` is used twice: here and at articles/a.md:3; {REST}" in result.warnings
    assert f"articles/a.md:11: WARNING: equation `e` is used twice: here and at articles/a.md:9; {REST}" in (
        result.warnings
    )


def test_headings_and_notes_may_repeat(build: Builder) -> None:
    article = "# {0}\n\nText[^1].\n\n(summary)=\n## In brief\n\n### Summary\n\n### Summary\n\n[^1]: A note.\n"
    other = article.replace("(summary)=\n", "")
    result = build({"articles/a.md": article.format("A"), "articles/b.md": other.format("B")}, extensions=EXTENSIONS)
    assert result.warnings == ""


def test_the_label_may_be_used_again_when_it_is_gone(build: Builder) -> None:
    build({"articles/a.md": "# A\n\n(x)=\n## B\n", "articles/b.md": "# B\n"}, extensions=EXTENSIONS)
    both = build({"articles/b.md": "# B\n\n(x)=\n## C\n"}, extensions=EXTENSIONS)
    assert "articles/b.md:4: WARNING: label `x` is used twice" in both.warnings
    moved = build({"articles/a.md": "# A\n"}, extensions=EXTENSIONS)
    assert moved.warnings == ""
