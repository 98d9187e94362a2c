"""For the methods page: ``{evidence-legend}`` shows the marks, ``{assumed-list}`` every assumed number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from _ext.evidence.nodes import evidence_symbol
from _ext.evidence.roles import choices, merge, purge

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

LEGEND = {
    "computed": "A tested formula applied to sourced data. The build fails when text and formula disagree.",
    "measured": "Read from a committed file that a committed script wrote, with machine, date and command.",
    "cited": "Taken from a source, in a table made from data. In the text the citation stands beside the number.",
    "assumed": "Chosen by the author as an input. Put your own number in its place.",
}


class assumed_list(nodes.General, nodes.Element):
    """Stands for the table of assumed numbers until all documents are read."""


class AssumedList(SphinxDirective):
    """All assumed numbers of all articles: article, number, why."""

    def run(self) -> list[nodes.Node]:
        """Leave the placeholder."""
        lists: set[str] = _lists(self.env)
        lists.add(self.env.docname)
        return [assumed_list()]


class EvidenceLegend(SphinxDirective):
    """The marks with their meaning."""

    def run(self) -> list[nodes.Node]:
        """A definition list, one item per kind."""
        legend = nodes.definition_list(classes=["lpa-legend"])
        for kind, text in LEGEND.items():
            term = nodes.term("", "", evidence_symbol(kind=kind), nodes.Text(f" {kind.capitalize()}"))
            legend += nodes.definition_list_item("", term, nodes.definition("", nodes.paragraph("", text)))
        return [legend]


def _lists(env: BuildEnvironment) -> set[str]:
    if not hasattr(env, "evidence_lists"):
        env.evidence_lists = set()  # type: ignore[attr-defined]  # extensions keep their data on the environment
    found: set[str] = env.evidence_lists  # type: ignore[attr-defined]  # extensions keep their data on the environment
    return found


class FillAssumedList(SphinxPostTransform):
    """Replace the placeholder by a table."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Fill every placeholder of the document."""
        for placeholder in list(self.document.findall(assumed_list)):
            placeholder.replace_self(self._table())

    def _table(self) -> nodes.Node:
        found = choices(self.env)
        rows = [(docname, choice) for docname in sorted(found) for choice in found[docname]]
        if not rows:
            return nodes.paragraph("", "No article assumes a number.")
        group = nodes.tgroup("", cols=3)
        group += [nodes.colspec(colwidth=width) for width in (34, 16, 50)]
        group += nodes.thead("", _row(*(nodes.Text(head) for head in ("Article", "Number", "Why"))))
        body = nodes.tbody()
        for docname, choice in rows:
            title = self.env.titles[docname].astext()
            article = addnodes.pending_xref(
                "",
                nodes.inline("", title),
                reftype="doc",
                refdomain="std",
                reftarget=f"/{docname}",
                refexplicit=True,
                refwarn=True,
                refdoc=self.env.docname,
            )
            body += _row(article, nodes.Text(choice.literal), nodes.Text(choice.why))
        group += body
        return nodes.table("", group, classes=["lpa-assumed", "colwidths-given"])


def _row(*cells: nodes.Node) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    purge(app, env, docname)
    _lists(env).discard(docname)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    merge(app, env, docnames, other)
    _lists(env).update(_lists(other) & set(docnames))


def _rewrite_lists(app: Sphinx, env: BuildEnvironment) -> list[str]:
    return sorted(_lists(env))  # an article read in this build may have changed what they list


def register(app: Sphinx) -> None:
    """Add the directives and what keeps their data."""
    app.add_node(assumed_list)
    app.add_directive("assumed-list", AssumedList)
    app.add_directive("evidence-legend", EvidenceLegend)
    app.add_post_transform(FillAssumedList)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _rewrite_lists)
