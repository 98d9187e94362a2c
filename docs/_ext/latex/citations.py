"""Reference lists stay where they stand: at the end of each article, also of each article in the book.

Sphinx gathers all citations of a LaTeX document at its end: in the book one list of everything, with the labels of a
work repeated for every article that cites it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.latex.nodes import thebibliography
from sphinx.builders.latex.transforms import BibliographyTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.bibtex.directives import BibliographyKey
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.nodes import bibliography
from sphinxcontrib.bibtex.transforms import BibliographyTransform as BibtexTransform


class FreshCitations(SphinxPostTransform):
    """Empty the entries before they are filled: an article's were filled for its PDF, and the book has them too.

    Without this every entry of the book's lists is printed twice (sphinxcontrib-bibtex keeps one node per entry).
    """

    default_priority = BibtexTransform.default_priority - 1
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Empty the entries of all lists in this document."""
        domain = cast("BibtexDomain", self.env.domains["cite"])
        for placeholder in self.document.findall(bibliography):
            key = BibliographyKey(docname=placeholder["docname"], id_=placeholder["ids"][0])
            for entry in domain.bibliographies[key].citation_nodes.values():
                entry.clear()


class ReferenceListsStay(SphinxPostTransform):
    """Make a LaTeX bibliography of each run of citations, in its place, after all figures of the text."""

    default_priority = BibliographyTransform.default_priority
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Wrap citations that follow each other."""
        for citation in list(self.document.findall(nodes.citation)):
            parent = citation.parent
            index = parent.index(citation)
            before = parent[index - 1] if index else None
            parent.remove(citation)
            if isinstance(before, thebibliography):
                before += citation
            else:
                parent.insert(index, thebibliography("", citation))
                section = next(node for node in _above(parent) if isinstance(node, nodes.section))
                section.parent.insert(section.parent.index(section), nodes.raw("", r"\FloatBarrier", format="latex"))


def _above(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield a node and all around it."""
    while node is not None:
        yield node
        node = node.parent


def drop_gathering(app: Sphinx) -> None:
    """Take Sphinx's own transform out."""
    app.registry.post_transforms.remove(BibliographyTransform)
