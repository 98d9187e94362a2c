"""A block of inline nodes as plain text, with one placeholder per thing that is not text."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from _ext.evidence.nodes import evidence_mark, failed_mark

EVIDENCE = "\ue000"  # a mark, even one that failed and has said so, or a citation with a locator
OPAQUE = "\ue001"  # code, maths, a reference by number, a citation without a locator
NUMBERED = frozenset({"numref", "ref", "eq"})


def flatten(node: nodes.Node) -> str:
    """The text of ``node``; newlines are kept, so that a position tells its line."""
    if isinstance(node, nodes.Text):
        return str(node)
    if isinstance(node, (evidence_mark, failed_mark)):
        return EVIDENCE
    if isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "cite":
        return EVIDENCE if has_locator(node["reftarget"]) else OPAQUE
    if isinstance(node, addnodes.pending_xref) and node.get("reftype") in NUMBERED:
        return OPAQUE
    if isinstance(node, (nodes.literal, nodes.math, nodes.image, nodes.footnote_reference, nodes.raw)):
        return OPAQUE
    return "".join(flatten(child) for child in node.children) if isinstance(node, nodes.Element) else ""


def has_locator(target: str) -> bool:
    """Whether every work of a citation comes with a place in it: ``a2024{p. 3}, b2025{§2}``."""
    try:
        return all(found.post for found in parse_citation_targets(target))
    except ValueError:
        return False
