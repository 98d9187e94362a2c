"""Tables made from data: ``{datatable} name`` around a GFM table that equals ``figures/<stem>/tables.py``.

The body is committed, so that the raw Markdown is readable; ``nox -s figures`` rewrites it. Here it is compared cell by
cell, and each number gets its mark: computed, measured, assumed, or cited for a datum. With ``:interactive:`` the
page's script adds a filter and makes the heads sort; print, PDF and a page without scripts have the plain table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from _ext import incomplete
from _ext.evidence import library
from _ext.evidence.roles import Target, attach, first_failure
from figures.data import Datum
from figures.tables import Table

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)
COMMAND = "run 'nox -s figures', which rewrites the table"


class DatatableDirective(SphinxDirective):
    """``{datatable} name`` with ``:name: tab-…`` and ``:caption:``; ``:interactive:`` lets readers filter and sort."""

    required_arguments = 1
    has_content = True
    option_spec = {"name": str, "caption": str, "interactive": directives.flag}  # noqa: RUF012 (as in docutils)

    def run(self) -> list[nodes.Node]:
        """The table with caption and marks; a body that disagrees is shown without marks."""
        for option, example in (("name", ":name: tab-…"), ("caption", ":caption: What the table shows.")):
            if not self.options.get(option):
                self._complain("option", f"table {self.arguments[0]!r} has no {option}; add '{example}'")
        stem = self.env.docname.rpartition("/")[2]
        found = library.table(stem, self.arguments[0])
        for file in sorted(found.files):
            self.env.note_dependency(str(file))
        if found.failure and first_failure(self.env, found.failure):
            self._complain("unknown", f"table {self.arguments[0]!r} cannot be had: {found.failure}")
        content = self.parse_content_to_nodes()
        table = next((node for node in content if isinstance(node, nodes.table)), None)
        if table is None:
            self._complain("body", f"table {self.arguments[0]!r} has no body; {COMMAND}")
            return content
        table["classes"].append("lpa-datatable")
        if "interactive" in self.options:
            table["classes"].append("lpa-datatable-interactive")
        self._add_caption(table)
        if found.table and self._agrees(found.table):
            self._mark(table, found.table, stem)
            spec = "".join("R" if found.table.numeric(n) else "L" for n in range(len(found.table.columns)))
            return [addnodes.tabular_col_spec(spec=spec), table]
        return [table]

    def _add_caption(self, table: nodes.table) -> None:
        text, messages = self.state.inline_text(self.options.get("caption", ""), self.lineno)
        table.insert(0, nodes.title(self.options.get("caption", ""), "", *text))
        table.extend(messages)
        self.set_source_info(table)
        self.add_name(table)

    def _agrees(self, table: Table) -> bool:
        expected = [table.heads(), *table.cells()]
        first = self.lineno + self.content_offset + 1  # MyST counts the offset from the directive's own line
        lines = [(first + n, line) for n, line in enumerate(self.content) if line.startswith("|")]
        printed = [(number, _cells(line)) for number, line in lines if not re.fullmatch(r"[|\s:-]+", line)]
        if len(printed) != len(expected):
            self._complain("rows", f"the table has {len(printed) - 1} rows, expected {len(expected) - 1}; {COMMAND}")
            return False
        good = True
        for (line, cells), wanted in zip(printed, expected, strict=True):
            if len(cells) != len(wanted):
                self._complain("columns", f"{len(cells)} cells in this row, expected {len(wanted)}; {COMMAND}", line)
                good = False
                continue
            for head, cell, want in zip(expected[0], cells, wanted, strict=True):
                if cell != want:
                    where = f"row {wanted[0]!r}, column {head!r}" if wanted is not expected[0] else "head"
                    self._complain("cell", f"{where}: printed {cell!r}, expected {want!r}; {COMMAND}", line)
                    good = False
        return good

    def _mark(self, node: nodes.table, table: Table, stem: str) -> None:
        names = {library.key(result): name for name, result in library.get(stem).results.items()}
        body = next(iter(node.findall(nodes.tbody)))
        for row, line in enumerate(body.findall(nodes.row)):
            for column, entry in enumerate(line.findall(nodes.entry)):
                source = table.source(row, column)
                if source is None or (isinstance(source, Datum) and table.sources != "mark"):
                    continue
                name = names.get(library.key(source)) or (
                    source.path if isinstance(source, Datum) else f"{self.arguments[0]}-{row + 1}-{column + 1}"
                )
                literal = table.literal(row, column)
                mark = attach(self.env, Target(stem, name, source), literal, self.state.inliner, self.lineno)
                text = next(iter(entry.findall(nodes.Text)))
                text.parent.replace(text, [mark, nodes.Text(str(text).removeprefix(literal))])

    def _complain(self, subtype: str, message: str, line: int = 0) -> None:
        incomplete.note(self.env)
        location = (self.env.docname, line or self.lineno)
        logger.warning("%s", message, type="datatable", subtype=subtype, location=location)


def _cells(line: str) -> list[str]:
    """The cells of a line of a GFM table."""
    inner = re.sub(r"\|\s*$", "", line.strip().removeprefix("|"))
    return [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.setup_extension("_ext.evidence")
    app.add_directive("datatable", DatatableDirective)
    app.add_css_file("datatable.css")
    app.add_js_file("datatable.js", loading_method="defer")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
