"""The LaTeX documents: every article is one, and all of them together are the book.

What a title block says comes from the article's front matter; nobody writes `latex_documents` by hand.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sphinx.environment import BuildEnvironment
from sphinx.util import texescape
from sphinx.util.nodes import clean_astext

from _ext.source_tree import PREFIX

BOOK = "llm-papers-and-articles"
"""Name of the book's files, without suffix."""


@dataclass(frozen=True)
class Article:
    """What the title block of an article, or the opening of its chapter, says."""

    docname: str
    title: str
    description: str
    reviewed: datetime.date | None
    keywords: tuple[str, ...]

    @property
    def stem(self) -> str:
        """The one name of everything that belongs to this article."""
        return self.docname.removeprefix(PREFIX)

    @property
    def date(self) -> str:
        """The date of the last review as it is printed, "" where the front matter has none."""
        return f"{self.reviewed.day} {self.reviewed:%B %Y}" if self.reviewed else ""


def in_preparation(env: BuildEnvironment) -> set[str]:
    """Return the documents with `orphan: true` on top: no PDF yet, and no chapter of the book."""
    return {docname for docname, matter in env.metadata.items() if "orphan" in matter}


def article_docnames(env: BuildEnvironment) -> list[str]:
    """Return the articles of the project but for those in preparation."""
    articles = {docname for docname in env.all_docs if docname.startswith(PREFIX)}
    return sorted(articles - in_preparation(env))


def article(env: BuildEnvironment, docname: str) -> Article:
    """Read an article's front matter as MyST stored it. Its completeness is checked elsewhere, for every builder."""
    matter: Mapping[str, Any] = env.metadata.get(docname, {})
    return Article(
        docname,
        clean_astext(env.titles[docname]),
        str(matter.get("description", "")),
        _date(matter.get("reviewed")),
        _strings(matter.get("keywords")),
    )


def latex_documents(env: BuildEnvironment) -> list[tuple[str, str, str, str, str, bool]]:
    """Return the value of Sphinx's `latex_documents`. Titles are raw TeX there: "" makes Sphinx take the heading."""
    author = escape(env.config.author)
    articles = article_docnames(env)
    documents = [(name, name.removeprefix(PREFIX) + ".tex", "", author, "howto", False) for name in articles]
    return [*documents, (env.config.root_doc, BOOK + ".tex", escape(env.config.project), author, "manual", True)]


def escape(text: str) -> str:
    """Make plain text fit for XeLaTeX."""
    return texescape.escape(text, "xelatex").replace(r"\sphinxhyphen{}", "-")  # PDF metadata know no macros


def _date(value: object) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        return None


def _strings(value: object) -> tuple[str, ...]:
    try:
        items = json.loads(str(value))  # MyST stores a list of the front matter as JSON
    except ValueError:
        return ()
    return tuple(str(item) for item in items) if isinstance(items, list) else ()
