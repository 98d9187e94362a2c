"""Descriptions at the end of a document: popovers in HTML, the appendix "Where the numbers come from" in LaTeX."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from _ext.evidence.nodes import evidence_appendix, evidence_body
from _ext.evidence.roles import page

TITLE = "Where the numbers come from"
PARTS = {
    ("computed", "measured"): (
        "Every computed and every measured number of this article in the order of the text, each followed by those "
        "that only serve to compute it, with formula, inputs and sources. Files are paths in the repository."
    ),
    ("cited",): "Data in tables, each with its source:",
    ("assumed",): "Assumed, as inputs that a reader may change:",
}


class CollectBodies(SphinxTransform):
    """Append the descriptions of the document's marks to its top section."""

    default_priority = 220  # after parsing, before anything that looks for maths, references or sections

    def apply(self, **kwargs: Any) -> None:
        """Append them, in the order in which the text uses them."""
        bodies = list(page(self.env).bodies.values())
        if bodies:
            sections = [node for node in self.document.children if isinstance(node, nodes.section)]
            (sections[0] if sections else self.document).append(evidence_appendix("", *bodies))


class AppendixSection(SphinxPostTransform):
    """Turn the descriptions into the last section of each article in the PDF."""

    formats = ("latex",)
    default_priority = 5  # before references are resolved, so that the citations in the appendix are

    def run(self, **kwargs: Any) -> None:
        """One section per document; the book has many."""
        for found in list(self.document.findall(evidence_appendix)):
            section = nodes.section("", nodes.title("", TITLE), ids=["lpa-where-the-numbers-come-from"])
            section["classes"].append("lpa-appendix")
            for kinds, intro in PARTS.items():
                bodies = [node for node in found.children if isinstance(node, evidence_body) and node["kind"] in kinds]
                if bodies:
                    section += [nodes.paragraph("", intro), *bodies]
            found.replace_self(section)
