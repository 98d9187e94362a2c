"""A reference to something in another document says so: "Fig. 1 of *RLHF and Alignment*".

Every document counts from 1, so "Fig. 1" alone would mislead. In an article's PDF the words link to the page on the
site (Sphinx prints "fig-x" and "(??)" there, without a warning), in the book to the figure itself.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.latex.nodes import math_reference
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import clean_astext

BETWEEN = {"numref": " of ", "eq": " of ", "ref": " in "}


class NameOtherDocuments(SphinxPostTransform):
    """Resolve `numref`, `eq` and `ref` to another document, with that document's title."""

    default_priority = 4  # LaTeX's MathReferenceTransform (5) would print "(??)"

    def run(self, **kwargs: Any) -> None:
        """Replace the references whose target is elsewhere; the others are left to Sphinx."""
        for node in list(self.document.findall(addnodes.pending_xref)):
            docname = self.target_document(node)
            if docname and docname != node.get("refdoc"):
                self.replace(node, docname)

    def target_document(self, node: addnodes.pending_xref) -> str:
        """Return the document that a reference by number or name points into, "" if it is none of ours."""
        if node["reftype"] not in BETWEEN or node.get("refexplicit") or "reftarget" not in node:
            return ""  # the author's own words stand as they are
        target = node["reftarget"]
        if node.get("refdomain") == "math":
            return str(self.env.domains.math_domain.equations.get(target, ("",))[0])
        standard = self.env.domains.standard_domain
        if node.get("refdomain") != "std":
            return ""
        docname = standard.labels.get(target, standard.anonlabels.get(target, ("",)))[0]
        title = standard.labels.get(target, ("", "", ""))[2]
        is_title = node["reftype"] == "ref" and docname and title == self.title(docname)
        return "" if is_title else str(docname)

    def title(self, docname: str) -> str:
        """Return the title of a document as plain text."""
        return clean_astext(self.env.titles[docname])

    def replace(self, node: addnodes.pending_xref, docname: str) -> None:
        """Replace a reference by itself, resolved, and the title of the document it leads to."""
        builder = self.env._app.builder
        domain = self.env.domains[node["refdomain"]]
        resolved = domain.resolve_xref(
            self.env, node["refdoc"], builder, node["reftype"], node["reftarget"], node, node[0].deepcopy()
        )
        if not isinstance(resolved, nodes.reference):
            return  # nothing there that has a number: Sphinx has warned, or will
        title = self.title(docname)
        where: list[nodes.Node] = [nodes.Text(BETWEEN[node["reftype"]]), nodes.emphasis(title, title)]
        if resolved.get("refuri", "").startswith("%"):  # in the book: LaTeX prints number and link itself
            if node["reftype"] == "eq":
                resolved = math_reference("", docname=docname, target=node["reftarget"])
            node.replace_self([resolved, *where])
        else:
            plain = nodes.reference("", "", *resolved.children, *where, internal=True, refuri=resolved["refuri"])
            node.replace_self(plain)
