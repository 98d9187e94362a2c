"""A label is used once in the whole collection: report each label used twice, with both places.

Sphinx names the second place and at most the file of the first; within one file it names one; and labels in files that
different workers read are never compared. A wrong number or link in print would be the result.
"""

from __future__ import annotations

from docutils import nodes
from docutils.utils import get_source_line
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)
Places = dict[tuple[str, str], list[int]]  # ("label" or "equation", its name): the lines


def labels(env: BuildEnvironment) -> dict[str, Places]:
    """The labels of each document, kept with the environment."""
    if not hasattr(env, "lpa_labels"):
        env.lpa_labels = {}  # type: ignore[attr-defined]  # extensions keep their data on the environment
    found: dict[str, Places] = env.lpa_labels  # type: ignore[attr-defined]  # extensions keep their data on the environment
    return found


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Note the labels that the author wrote in a document."""
    kept: Places = {}
    lost: Places = {}  # docutils takes a name from all its nodes when it is used twice
    for node in doctree.findall(nodes.Element):
        if isinstance(node, nodes.footnote | nodes.citation | addnodes.desc_signature) or "refuri" in node:
            continue  # names that belong to their page
        line = get_source_line(node)[1] or 0
        if isinstance(node, nodes.math_block) and node.get("label"):
            kept.setdefault(("equation", node["label"]), []).append(line)
        for places, attribute in ((kept, "names"), (lost, "dupnames")):
            found: list[str] = node.get(attribute, [])
            for name in found:
                if doctree.nametypes.get(name):  # explicit: not the name of a heading
                    places.setdefault(("label", name), []).append(line)
    labels(app.env)[app.env.docname] = lost | kept


def purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget a document that is read again or gone."""
    labels(env).pop(docname, None)


def merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    """Take what a worker found."""
    for docname in docnames:
        if docname in labels(other):
            labels(env)[docname] = labels(other)[docname]


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Report every label but its first use."""
    first: dict[tuple[str, str], str] = {}
    for docname, places in sorted(labels(env).items()):
        for (kind, name), lines in places.items():
            for line in sorted(lines):
                here = f"{env.doc2path(docname)}:{line}"
                there = first.setdefault((kind, name), here)
                if there != here:
                    logger.warning(
                        f"{kind} `{name}` is used twice: here and at {there}; expected a name that is unique in the "
                        "whole collection; rename one, and what refers to it",
                        location=(docname, line),
                        type="unique_labels",
                        subtype=kind,
                    )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.connect("doctree-read", collect)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    app.connect("env-check-consistency", check)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
