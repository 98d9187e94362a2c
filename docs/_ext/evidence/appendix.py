"""Descriptions at the end of a document: popovers in HTML, the appendix "Where the numbers come from" in LaTeX."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from _ext.evidence import origins
from _ext.evidence.ledger import Ledger
from _ext.evidence.ledger_nodes import ledger_items, ledger_part, ledger_whole
from _ext.evidence.nodes import evidence_appendix
from _ext.evidence.numbers import numbers
from _ext.evidence.reading import read
from _ext.evidence.roles import page
from _ext.evidence.wording import Words, inline

TITLE = "Where the numbers come from"
INTRO = (
    "Everything once: formulas (F), the numbers of the text in its order with the formula and the values that give "
    "them (N), then what goes in: data from sources (D), what is assumed (A), what was measured (M). Numbers of the "
    "text are bold and lead back to it; the others only serve them. Names of files are paths in the repository."
)
ASSUMED = "Inputs that the author chose, not facts about the world. Put your own numbers in their place."


class CollectBodies(SphinxTransform):
    """Append to the document's top section the descriptions of its marks, for HTML, and all of it once, for LaTeX."""

    default_priority = 220  # after parsing, before anything that looks for maths, references or sections

    def apply(self, **kwargs: Any) -> None:
        """Append them, in the order in which the text uses them."""
        bodies = page(self.env).bodies.values()
        if bodies:
            sections = [node for node in self.document.children if isinstance(node, nodes.section)]
            whole = ledger_whole("", *self._parts())
            (sections[0] if sections else self.document).append(evidence_appendix("", *bodies, whole))

    def _parts(self) -> Iterator[nodes.Node]:
        """Each part of the ledger that has items: heading, a sentence, items."""
        marks, tables = read(self.document, page(self.env).sources)
        ledger = Ledger(marks)
        repository = f"{self.config.repository_url}/blob/{self.config.repository_branch}"
        words = Words(ledger, self._cite, repository)
        homes = sorted({f"figures/{stem}/results.py" for stem in page(self.env).stems})
        yield nodes.paragraph("", INTRO)
        for title, sentence, items in (
            ("Formulas", [], origins.formulas(words)),
            ("Numbers", ["Defined in ", *words.files(homes), "."], numbers(words, tables, self.env.docname)),
            ("Data", origins.kept(words), origins.data(words)),
            ("Assumed", [ASSUMED], origins.assumed(words)),
            ("Measured", [], origins.measurements(words)),
        ):
            found = list(items)
            if found:
                yield ledger_part("", "", nodes.Text(title))
                if sentence:
                    yield nodes.paragraph("", "", *inline(sentence))
                yield ledger_items("", *found)

    def _cite(self, text: str) -> nodes.Node:
        """A citation; that the document cites the work is noted where the popover is made."""
        return addnodes.pending_xref(
            "",
            nodes.inline("", text),
            refdomain="cite",
            reftype="p",
            reftarget=text,
            refdoc=self.env.docname,
            refexplicit=False,
            refwarn=True,
        )


class AppendixSection(SphinxPostTransform):
    """In LaTeX, put the appendix in the place of the popovers: the last section of each article."""

    formats = ("latex",)
    default_priority = 5  # before references are resolved, so that the citations in the appendix are

    def run(self, **kwargs: Any) -> None:
        """One section per document; the book has many."""
        for found in list(self.document.findall(evidence_appendix)):
            whole = next(found.findall(ledger_whole))
            section = nodes.section(
                "", nodes.title("", TITLE), *whole.children, ids=["lpa-where-the-numbers-come-from"]
            )
            begin, end = (nodes.raw("", rf"\lpaLedger{word}", format="latex") for word in ("Begin", "End"))
            found.replace_self([begin, section, end])


class PopoversOnly(SphinxPostTransform):
    """In all other formats, drop the appendix."""

    default_priority = AppendixSection.default_priority + 1

    def run(self, **kwargs: Any) -> None:
        """Before its references are resolved, which nobody would see."""
        for whole in list(self.document.findall(ledger_whole)):
            whole.parent.remove(whole)
