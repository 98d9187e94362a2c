"""The appendix's part on numbers: each of the text in its order, and tables row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes

from _ext.evidence import library
from _ext.evidence.ledger import Application, Cell, Entry, Key
from _ext.evidence.ledger_nodes import ledger_group, ledger_item, ledger_lead, ledger_link
from _ext.evidence.nodes import evidence_symbol
from _ext.evidence.wording import Part, Words, inline, item, joined, link, precise, unbroken, whole
from figures import formatting
from figures.results import Computed, Measured, Source


@dataclass(frozen=True)
class Printed:
    """A table of the document: its name for references, else its caption; heads of its columns, names of its rows."""

    name: str
    caption: str
    heads: Sequence[str]
    rows: Sequence[str]


def numbers(words: Words, tables: Sequence[Printed], docname: str) -> Iterator[nodes.Node]:
    """All entries, under the headings of the text and of its tables."""
    section, table = "", -1
    for entry in words.ledger.entries:
        here = entry.cell.table if entry.cell else -1
        if here >= 0 and here != table:
            rows = Rows(words, tables[here], words.ledger.cells[here])
            yield from rows.head(docname)
        elif entry.section != section or here != table:
            yield ledger_group("", "", nodes.Text(entry.section))
        section, table = entry.section, here
        yield rows.row(entry) if entry.cell else _number(words, entry)


def _number(words: Words, entry: Entry) -> ledger_item:
    (source,) = entry.sources
    number = words.ledger.number(source)
    shown = unbroken(precise(source.value, source.unit))
    if not entry.literals:
        assert isinstance(source, Computed)  # all that serves others and has an entry is computed
        return item(number, [shown, " = ", *words.how(source), "."])
    literals: nodes.Node = nodes.Text(", ".join(unbroken(literal) for literal in entry.literals))
    if entry.anchor:
        literals = ledger_link("", "", literals, target=entry.anchor)
    parts: list[Part] = [evidence_symbol(kind=library.kind(source)), " ", nodes.strong("", "", literals)]
    parts += _told(words, source)
    exactly = "exactly " if whole(source.value) else ""
    same = any(float(formatting.parse(literal)[0]) == source.value for literal in entry.literals)
    parts.append("." if same else f": {exactly}{shown}.")
    return item(number, parts, entry.bodies)


def _told(words: Words, source: Computed | Measured) -> list[Part]:
    if isinstance(source, Computed):
        return [" = ", *words.how(source)]
    return [f", {source.what} (", link(words.ledger.of_measurement(source.measurement)), ")"]


class Rows:
    """The rows of a table: what its columns share is told at its head, what the cells of a row share once per row."""

    def __init__(self, words: Words, table: Printed, cells: Mapping[Cell, Computed | Measured]) -> None:
        self.words = words
        self.table = table
        self.cells = cells
        self.columns: dict[int, dict[Cell, Computed]] = defaultdict(dict)
        for cell, source in cells.items():
            if isinstance(source, Computed):
                self.columns[cell.column][cell] = source
        self.shared = {column: self._shared(list(found.values())) for column, found in self.columns.items()}

    def _shared(self, results: Sequence[Computed]) -> dict[Key, Application]:
        """Inputs of all rows of a column, where there are several rows and one formula."""
        if len(results) < 2 or len({one.formula.name for one in results}) > 1:
            return {}
        every = [{one.key: one for one in self.words.ledger.unusual(result)} for result in results]
        return {key: one for key, one in every[0].items() if all(key in other for other in every)}

    def _one_formula(self, column: int) -> bool:
        return len({one.formula.name for one in self.columns[column].values()}) == 1

    def head(self, docname: str) -> Iterator[nodes.Node]:
        """Name the table, then formula and common inputs of each column."""
        title: nodes.Node = nodes.Text(self.table.caption)
        if self.table.name:
            title = addnodes.pending_xref(
                "",
                nodes.inline("", self.table.name),
                refdomain="std",
                reftype="numref",
                reftarget=self.table.name,
                refdoc=docname,
                refexplicit=False,
                refwarn=True,
            )
        yield ledger_group("", "", title)
        groups: list[list[Part]] = []
        for column in sorted(self.columns):
            if self._one_formula(column):
                formula = next(iter(self.columns[column].values())).formula
                told = self.words.with_inputs(
                    [link(self.words.ledger.of_formula(formula))], list(self.shared[column].values())
                )
                groups.append([nodes.emphasis("", self.table.heads[column]), " = ", *told])
        if groups:
            yield ledger_lead("", "", *inline([*joined(groups, "; "), ". Row by row:"]))

    def row(self, entry: Entry) -> ledger_item:
        """``Llama 3.1 70B: L = 80 (D14) …: 327,680 B/token; 2,684,354,560 B``."""
        assert entry.cell
        mine = {cell: source for cell, source in self.cells.items() if cell.row == entry.cell.row}
        inputs = self._inputs(mine, entry)
        numbered = sorted({cell.column for cell in self.cells})
        found = {cell.column: self._cell(cell, source, entry) for cell, source in mine.items()}
        results = [found.get(column, ["–"]) for column in numbered]
        parts: list[Part] = [nodes.strong("", self.table.rows[entry.cell.row]), ": ", *joined(inputs)]
        parts += [*([" → "] if inputs else []), *joined(results, "; "), "."]
        return item(self.words.ledger.number(entry.sources[0]), parts, entry.bodies)

    def _inputs(self, cells: Mapping[Cell, Computed | Measured], entry: Entry) -> list[list[Part]]:
        """Inputs of the row's cells, each once; where a symbol has several values, each with its column."""
        found: dict[Key, Application] = {}
        columns: defaultdict[Key, list[int]] = defaultdict(list)
        values: defaultdict[str, set[Key]] = defaultdict(set)
        for cell, source in sorted(cells.items()):
            if not isinstance(source, Computed) or source not in entry.sources:
                continue
            for one in self.words.ledger.unusual(source):
                if one.key not in self.shared[cell.column]:
                    found[one.key] = one
                    columns[one.key].append(cell.column)
                    values[one.argument.symbol].add(one.key)
        lines = []
        for key, one in found.items():
            line = self.words.put(one)
            if len(values[one.argument.symbol]) > 1:
                heads = ", ".join(self.table.heads[column] for column in columns[key])
                line += [f" for {heads}"]
            lines.append(line)
        return lines

    def _cell(self, cell: Cell, source: Source, entry: Entry) -> list[Part]:
        shown = unbroken(precise(source.value, source.unit))
        if source not in entry.sources:  # printed in the text before
            return [shown, " (", link(self.words.ledger.number(source)), ")"]
        if isinstance(source, Measured):
            return [shown, *_told(self.words, source)]
        if isinstance(source, Computed) and not self._one_formula(cell.column):
            return [shown, " by ", link(self.words.ledger.of_formula(source.formula))]
        return [shown]
