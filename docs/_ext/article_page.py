"""The header of an article's page: what it takes to read it, how fresh it is, how to get and cite it.

All of it comes from the front matter, from MyST's count of the words and from ``[project.urls]``. The Markdown
source and the published PDF are copied beside the page: there offline, and of the same version as the page.
"""

from __future__ import annotations

import datetime
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from _ext.source_tree import PREFIX, ArticlesProject

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Article:
    """An article as its front matter describes it. ``stem`` names its page, PDF, figures and tests."""

    docname: str
    stem: str
    title: str
    description: str
    reviewed: datetime.date
    prerequisites: Sequence[str]
    words: int
    minutes: int

    @property
    def reviewed_text(self) -> str:
        """The date of the last review as one says it: ``24 November 2026``."""
        return f"{self.reviewed.day} {self.reviewed:%B %Y}"


def article(env: BuildEnvironment, docname: str) -> Article | None:
    """The article ``docname``; None for other pages, and where the front matter is not whole (its check says so)."""
    meta = env.metadata.get(docname, {})
    if not docname.startswith(PREFIX):
        return None
    try:
        return Article(
            docname,
            docname.removeprefix(PREFIX),
            env.titles[docname].astext(),
            meta["description"],
            datetime.date.fromisoformat(meta["reviewed"]),
            json.loads(meta["prerequisites"]),
            meta["wordcount"]["words"],
            max(1, meta["wordcount"]["minutes"]),
        )
    except (KeyError, ValueError):
        return None


def bibtex(article: Article, author: str, project: str, version: str, url: str) -> str:
    """The entry with which to cite ``article``; the year is that of the version cited."""
    fields = {
        "author": tex(f"{{{author}}}"),
        "title": tex(f"{{{article.title}}}"),
        "howpublished": tex(project),
        "year": version.partition(".")[0],
        "url": url,
        "note": f"Version {version}, reviewed {article.reviewed}, CC BY-SA 4.0",
    }
    lines = [f"  {name:<12} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{llmpa_{article.stem},", *lines, "}"])


def tex(text: str) -> str:
    """``text`` with the characters escaped that BibTeX hands on to TeX."""
    return re.sub(r"([&%$#_])", r"\\\1", text)


def add_header(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put the header below the first heading of an article's page."""
    found = article(app.env, pagename) if doctree is not None else None
    if found is None or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    repository = f"{app.config.html_theme_options['source_repository']}"
    url = app.config.html_baseurl + app.builder.get_target_uri(pagename)
    header = app.builder.templates.render(
        "article_header.html",
        {
            "article": found,
            "prerequisites": list(prerequisites(app, found)),
            "pdf": f"{found.stem}.pdf" if source(app.env, found.stem, ".pdf").is_file() else None,
            "markdown": f"{found.stem}.md",
            "edit": f"{repository}/edit/{app.config.html_theme_options['source_branch']}/{pagename}.md",
            "bibtex": bibtex(found, app.config.author, app.config.project, app.config.version, url),
        },
    )
    heading, end, rest = context["body"].partition("</h1>")
    context["body"] = heading + end + header + rest


def prerequisites(app: Sphinx, found: Article) -> list[tuple[str, str]]:
    """Title and relative address of each article that ``found`` builds on."""
    links = []
    for stem in found.prerequisites:
        if PREFIX + stem not in app.env.titles:
            stems = sorted(name.removeprefix(PREFIX) for name in app.env.found_docs if name.startswith(PREFIX))
            logger.warning(
                "prerequisites names %r, and there is no articles/%s.md; expected one of: %s. Correct or remove it.",
                stem,
                stem,
                ", ".join(stems),
                location=(found.docname, 1),
                type="article",
                subtype="prerequisite",
            )
            continue
        uri = app.builder.get_relative_uri(found.docname, PREFIX + stem)
        links.append((app.env.titles[PREFIX + stem].astext(), uri))
    return links


def source(env: BuildEnvironment, stem: str, suffix: str) -> Path:
    """The file ``<stem><suffix>`` in the folder of the articles."""
    assert isinstance(env.project, ArticlesProject)
    return env.project.articles / f"{stem}{suffix}"


def copy_sources(app: Sphinx, exception: Exception | None) -> None:
    """Copy each article's Markdown and PDF beside its page."""
    if exception is not None or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    for docname in app.env.found_docs:
        if docname.startswith(PREFIX):
            for suffix in (".md", ".pdf"):
                file = source(app.env, docname.removeprefix(PREFIX), suffix)
                if file.is_file():
                    shutil.copyfile(file, Path(app.outdir, "articles", file.name))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.connect("html-page-context", add_header)
    app.connect("build-finished", copy_sources)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
