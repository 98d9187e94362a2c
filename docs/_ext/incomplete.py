"""Pages of which an error left something out: what is missing on the whole site because of them is no second error.

A calculator that cannot be made cites none of its sources; that "no page cites" them would hide the one real message.
"""

from __future__ import annotations

from collections.abc import Iterable

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata


def pages(env: BuildEnvironment) -> set[str]:
    """The documents, kept with the environment."""
    if not hasattr(env, "lpa_incomplete"):
        env.lpa_incomplete = set()  # type: ignore[attr-defined]  # extensions keep their data on the environment
    found: set[str] = env.lpa_incomplete  # type: ignore[attr-defined]  # extensions keep their data on the environment
    return found


def note(env: BuildEnvironment) -> None:
    """An error of the document being read left something out; read it again in the next build, to say so again."""
    pages(env).add(env.docname)
    env.note_reread()


def purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget a document that is read again or gone."""
    pages(env).discard(docname)


def merge(app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """Take what a worker found."""
    pages(env).update(pages(other).intersection(docnames))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
