"""The mapping of articles/ into the documents of docs/."""

from __future__ import annotations

import os
import time
from typing import Any

import pytest

from tests.roots import Builder, Result

PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
FILES: dict[str, str | bytes | None] = {
    "docs/index.md": "# Index\n\n[To A](../articles/a.md)\n\n```{toctree}\narticles/a\narticles/b\nglossary\n```\n",
    "docs/glossary.md": "# Glossary\n\n## Some term\n\nText.\n",
    "articles/a.md": "# A\n\n[to B](b.md#second-part) [to the glossary](../docs/glossary.md#some-term)\n\n"
    "![a pixel](../figures/a/pixel.svg)\n",
    "articles/b.md": "# B\n\n## Second part\n\n[to A](a.md)\n",
    "articles/a.pdf": b"%PDF-1.5",
    "articles/notes.txt": "no document",
    "articles/.#a.md": "an editor's lock file",
    "figures/a/pixel.svg": PIXEL,
}
EDIT: dict[str, Any] = {
    "html_theme": "furo",
    "html_theme_options": {
        "source_repository": "https://github.com/x/y",
        "source_branch": "main",
        "source_directory": "docs/",
    },
}


def hrefs(result: Result, docname: str) -> list[str]:
    return [str(a["href"]) for a in result.html(docname).select("[role=main] p a")]


@pytest.mark.parametrize("parallel", [1, 2])
def test_articles_are_documents_and_links_between_them_resolve(build: Builder, parallel: int) -> None:
    result = build(FILES, parallel=parallel)
    assert result.warnings == ""
    assert result.app.project.docnames == {"index", "glossary", "articles/a", "articles/b"}
    assert hrefs(result, "articles/a") == ["b.html#second-part", "../glossary.html#some-term"]
    assert hrefs(result, "articles/b") == ["a.html"]
    assert hrefs(result, "index") == ["articles/a.html"]


def test_images_beside_the_articles_are_found(build: Builder) -> None:
    result = build(FILES)
    image = result.html("articles/a").select_one("img")
    assert image is not None and image["src"] == "../_images/pixel.svg"
    assert result.text("_images/pixel.svg") == PIXEL


def test_edit_links_point_to_the_real_files(build: Builder) -> None:
    result = build(FILES, **EDIT)
    assert result.warnings == ""
    for docname, path in {"articles/a": "articles/a.md", "glossary": "docs/glossary.md"}.items():
        link = result.html(docname).select_one(".edit-this-page a")
        assert link is not None and link["href"] == f"https://github.com/x/y/edit/main/{path}"


def touch(path: os.PathLike[str]) -> None:
    time.sleep(0.01)
    os.utime(path)


def test_only_what_changed_is_read_again(build: Builder) -> None:
    assert len(build(FILES).updated) == 4
    assert build({}).updated == ()
    touch(build.root / "figures/a/pixel.svg")
    assert build({}).updated == ("articles/a",)
    touch(build.root / "articles/b.md")
    assert build({}).updated == ("articles/b",)


def test_added_and_removed_articles_are_noticed(build: Builder) -> None:
    build(FILES)
    index = "# Index\n\n```{toctree}\narticles/a\narticles/b\narticles/c\nglossary\n```\n"
    added = build({"docs/index.md": index, "articles/c.md": "# C\n\n[to A](a.md)\n"})
    assert added.warnings == ""
    assert hrefs(added, "articles/c") == ["a.html"]
    removed = build({"docs/index.md": FILES["docs/index.md"], "articles/c.md": None})
    assert removed.warnings == ""
    assert "articles/c" not in removed.app.project.docnames


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("c.md", "articles/a.md:3: WARNING: 'myst' cross-reference target not found: 'c.md'"),
        ("b.md#third", "articles/a.md:3: WARNING: local id not found in doc 'articles/b': 'third'"),
        ("../docs/nothing.md", "articles/a.md:3: WARNING: 'myst' cross-reference target not found"),
    ],
)
def test_a_broken_link_is_reported_with_file_and_line(build: Builder, link: str, message: str) -> None:
    result = build(FILES | {"articles/a.md": f"# A\n\nSee [there]({link}).\n"})
    assert message in result.warnings


def test_a_link_to_a_removed_article_breaks_on_the_next_build(build: Builder) -> None:
    build(FILES)
    index = "# Index\n\n```{toctree}\narticles/a\nglossary\n```\n"
    result = build({"docs/index.md": index, "articles/b.md": None})
    assert "articles/a.md:3: WARNING: 'myst' cross-reference target not found: 'b.md#second-part'" in result.warnings


def test_without_the_folder_of_articles_it_is_plain_sphinx(build: Builder) -> None:
    result = build({"docs/a.md": "# A\n"})
    assert result.warnings == ""
    assert result.app.project.docnames == {"index", "a"}


def test_latex_builds_from_articles(build: Builder) -> None:
    result = build(FILES, builder="latex", latex_documents=[("articles/a", "a.tex", "", "x", "howto")])
    assert "to the glossary" in result.text("a.tex")
