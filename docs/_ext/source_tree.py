"""Articles live beside docs/, in articles/: make `../articles/x.md` the source of the document `articles/x`.

Symlinks and copies were tried and break links between articles or the edit link. With this mapping a plain Markdown
link (`[text](other_article.md#anchor)`, `![alt](../figures/…)`, `[text](../docs/glossary.md)`) works on the site, in
the PDF and on GitHub alike. Only `*.md` directly in articles/ are documents; PDFs and other files there are not.

It fills two private dictionaries of `sphinx.project.Project`: hence the bound on Sphinx in pyproject.toml and the
tests in tests/ext/test_source_tree.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.project import Project
from sphinx.util._pathlib import _StrPath
from sphinx.util.typing import ExtensionMetadata

PREFIX = "articles/"
SUFFIX = ".md"


class ArticlesProject(Project):
    """The documents of the source directory, and those of the folder `articles` beside it."""

    @property
    def articles(self) -> Path:
        """The folder of the articles; it need not exist (a test root may have none)."""
        return Path(self.srcdir).parent / "articles"

    def discover(self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)) -> set[str]:
        """Find the documents of docs/ as Sphinx does, then add the articles."""
        super().discover(exclude_paths, include_paths)
        for file in sorted(self.articles.glob("*" + SUFFIX)):
            if file.name.startswith("."):  # an editor's lock or backup file
                continue
            docname = PREFIX + file.stem
            path = Path("..", "articles", file.name)
            self.docnames.add(docname)
            self._path_to_docname[path] = docname
            self._docname_to_path[docname] = path
        return self.docnames

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        """Return the docname of a file given by an absolute path or one relative to the source directory."""
        path = Path(os.path.normpath(Path(self.srcdir, filename)))
        if path.parent == self.articles:
            return PREFIX + path.stem if path.suffix == SUFFIX else None
        return super().path2doc(filename)

    def doc2path(self, docname: str, absolute: bool) -> _StrPath:
        """Return the file of a document (also of an article that has just been removed), readable in messages."""
        if docname.startswith(PREFIX):
            name = docname.removeprefix(PREFIX) + SUFFIX
            return _StrPath(self.articles / name if absolute else Path("..", "articles", name))
        return super().doc2path(docname, absolute)


def use_articles_project(app: Sphinx) -> None:
    """Replace Sphinx's idea of where documents are, keeping what the last build knew."""
    project = ArticlesProject(app.srcdir, app.config.source_suffix)
    project.restore(app.project)
    app.project = app.env.project = project


def correct_edit_link(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Make Furo's edit and view links point to articles/x.md: Sphinx cuts the suffix off the wrong path."""
    if doctree is not None and pagename.startswith(PREFIX):
        context["page_source_suffix"] = SUFFIX
        context["theme_source_directory"] = ""  # the docname is the path from the repository's root


def reread_when_articles_come_or_go(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> set[str]:
    """Read everything again when the set of documents changed: any page may link to the one that came or went."""
    return env.found_docs if added or removed else set()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.connect("builder-inited", use_articles_project, priority=0)  # before anything asks for a path
    app.connect("env-get-outdated", reread_when_articles_come_or_go)
    app.connect("html-page-context", correct_edit_link)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
