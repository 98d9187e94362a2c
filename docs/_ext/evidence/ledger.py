"""What stands behind the numbers of a document, each thing once and numbered: what the PDF's appendix prints.

Formulas are F1, F2 …, numbers N1 …, data D1 …, assumptions A1 …, measurements M1 … A number that only serves one other
is told inside it; one that serves several has an entry of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from _ext.evidence import library
from figures.data import Datum
from figures.formula import Argument, Formula
from figures.measurement import Measurement
from figures.results import Assumed, Computed, Measured, Source

Key = tuple[object, ...]
SEPARATOR = ", "  # between the parts of a locator: file, key, cell
USUAL = 3  # times that an assumption must serve a formula to be told with it, and in most of its uses


class Cell(NamedTuple):
    """A place in a table: the table's number among those of the document, row, column."""

    table: int
    row: int
    column: int


@dataclass(frozen=True)
class Mark:
    """A mark in the text; a plain choice has no source. ``anchor`` is its id where a link can lead back to it."""

    body: str
    literal: str
    source: Source | None
    section: str
    cell: Cell | None = None
    anchor: str = ""


@dataclass
class Entry:
    """A number of the text, or the numbers of one row of a table, or (without literals) one that serves others."""

    sources: list[Computed | Measured]
    section: str
    cell: Cell | None = None
    literals: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    anchor: str = ""


class Application(NamedTuple):
    """One argument of a formula with what is put in; several values for a list."""

    argument: Argument
    values: tuple[Source, ...]

    @property
    def key(self) -> Key:
        """Equal where one symbol stands for the same numbers."""
        return (self.argument.symbol, *(library.key(one) for one in self.distinct))

    @property
    def distinct(self) -> tuple[Source, ...]:
        """The values, or the one that all are."""
        alike = len({library.key(one) for one in self.values}) == 1
        return self.values[:1] if alike else self.values


def applied(result: Computed) -> list[Application]:
    """The arguments of a result's formula with their values."""
    given = result.inputs
    pairs = ((one, given[one.name]) for one in result.formula.arguments)
    return [Application(one, value if isinstance(value, tuple) else (value,)) for one, value in pairs]


def place(datum: Datum) -> Key:
    """Where a datum was seen: source, file or table in it, day."""
    return (datum.source, datum.locator.split(SEPARATOR)[0], datum.date)


class Ledger:
    """Everything behind the marks of one document."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.entries: list[Entry] = []
        self.bodies: defaultdict[Key, list[str]] = defaultdict(list)  # ids that marks point to, of data and assumptions
        self.choices: list[str] = []  # literals of plain choices
        self.formulas: dict[str, Formula[...]] = {}
        self.data: dict[str, dict[Key, dict[Key, Datum]]] = {}  # by the entry that they belong to, by ``place``
        self.assumed: dict[Key, Assumed] = {}
        self.measurements: dict[str, Measurement] = {}
        self.cells: defaultdict[int, dict[Cell, Computed | Measured]] = defaultdict(dict)
        self.usual: dict[str, dict[Key, Application]] = {}
        self._home: dict[Key, Entry] = {}
        self._inside: set[Key] = set()  # computed inside the entry of the one number that they serve
        for mark in marks:
            self._add(mark)
        self._place_intermediates()
        self._collect(mark.source for mark in marks if isinstance(mark.source, (Datum, Assumed)))
        for entry in self.entries:
            for source in entry.sources:
                self._collect(library.walk(source))
        self._find_usual()
        self._numbers = dict(self._numbered())

    def number(self, source: Source) -> str:
        """The number of the item that tells about ``source``; "" where it is told in place."""
        return self._numbers.get(library.key(source), "")

    def of_formula(self, formula: Formula[...]) -> str:
        """The number of a formula."""
        return self._numbers[("formula", formula.name)]

    def of_measurement(self, measurement: Measurement) -> str:
        """The number of a measurement."""
        return self._numbers[("measurement", str(measurement.path))]

    def unusual(self, result: Computed) -> list[Application]:
        """The arguments that are not told with the formula."""
        usual = self.usual.get(result.formula.name, {})
        return [one for one in applied(result) if one.key not in usual]

    def _add(self, mark: Mark) -> None:
        source = mark.source
        if source is None:
            if mark.literal not in self.choices:
                self.choices.append(mark.literal)
            return
        key = library.key(source)
        if not isinstance(source, (Computed, Measured)):
            if mark.body not in self.bodies[key]:
                self.bodies[key].append(mark.body)
            return
        if mark.cell:
            self.cells[mark.cell.table][mark.cell] = source
        entry = self._home.get(key)
        if entry is None:
            entry = self.entries[-1] if self.entries and _same_row(self.entries[-1], mark) else None
            if entry is None:
                entry = Entry([], mark.section, mark.cell, anchor=mark.anchor)
                self.entries.append(entry)
            entry.sources.append(source)
            self._home[key] = entry
        if mark.literal not in entry.literals:
            entry.literals.append(mark.literal)
        if mark.body not in entry.bodies:
            entry.bodies.append(mark.body)

    def _place_intermediates(self) -> None:
        """Give numbers that the text does not print an entry where several need them."""
        parents: defaultdict[Key, list[Key]] = defaultdict(list)
        order: list[Computed] = []
        seen: set[Key] = set()

        def visit(result: Computed) -> None:
            key = library.key(result)
            if key in seen:
                return
            seen.add(key)
            for one in _inputs(result):
                if isinstance(one, Computed):
                    parents[library.key(one)].append(key)
                    visit(one)
            order.append(result)

        for entry in self.entries:
            for source in entry.sources:
                if isinstance(source, Computed):
                    visit(source)
        after: defaultdict[int, list[Entry]] = defaultdict(list)
        for result in reversed(order):  # each after all that it serves
            key = library.key(result)
            if key in self._home:
                continue
            served = {id(self._home[parent]): self._home[parent] for parent in parents[key]}
            first = next(iter(served.values()))
            if len(served) == 1:
                self._home[key] = first
                self._inside.add(key)
            else:
                self._home[key] = Entry([result], first.section)
                after[id(first)].append(self._home[key])
        self.entries = list(_arranged(self.entries, after))

    def _collect(self, sources: Iterable[Source]) -> None:
        for source in sources:
            key = library.key(source)
            if isinstance(source, Computed):
                self.formulas.setdefault(source.formula.name, source.formula)
            elif isinstance(source, Datum):
                self.data.setdefault(source.label, {}).setdefault(place(source), {}).setdefault(key, source)
            elif isinstance(source, Assumed):
                self.assumed.setdefault(key, source)
            else:
                self.measurements.setdefault(str(source.measurement.path), source.measurement)

    def _find_usual(self) -> None:
        """Assumptions that go into most uses of a formula."""
        results = {
            library.key(one): one
            for entry in self.entries
            for source in entry.sources
            for one in library.walk(source)
            if isinstance(one, Computed)
        }
        uses = Counter(one.formula.name for one in results.values())
        found: Counter[tuple[str, Key]] = Counter()
        known: dict[Key, Application] = {}
        for result in results.values():
            for one in applied(result):
                if len(one.distinct) == 1 and isinstance(one.values[0], Assumed):
                    known[one.key] = Application(one.argument, one.distinct)
                    found[result.formula.name, one.key] += 1
        for (formula, key), times in found.items():
            if times >= USUAL and 2 * times > uses[formula]:
                self.usual.setdefault(formula, {})[key] = known[key]

    def _numbered(self) -> Iterator[tuple[Key, str]]:
        yield from ((("formula", name), f"F{n}") for n, name in enumerate(self.formulas, 1))
        for n, entry in enumerate(self.entries, 1):
            yield from ((library.key(source), f"N{n}") for source in entry.sources)
        data = (key for places in self.data.values() for group in places.values() for key in group)
        yield from ((key, f"D{n}") for n, key in enumerate(data, 1))
        yield from ((key, f"A{n}") for n, key in enumerate(self.assumed, 1))
        yield from ((("measurement", path), f"M{n}") for n, path in enumerate(self.measurements, 1))


def _inputs(result: Computed) -> Iterator[Source]:
    return (value for one in applied(result) for value in one.values)


def _same_row(entry: Entry, mark: Mark) -> bool:
    return bool(entry.cell and mark.cell and entry.cell[:2] == mark.cell[:2])


def _arranged(entries: Iterable[Entry], after: Mapping[int, Sequence[Entry]]) -> Iterator[Entry]:
    """Entries, each followed by those that serve it; those that serve rows of a table follow the table."""
    waiting: list[Entry] = []
    table: int | None = None
    for entry in entries:
        here = entry.cell.table if entry.cell else None
        if here != table and waiting:
            yield from _arranged(waiting, after)
            waiting = []
        table = here
        yield entry
        mine = after.get(id(entry), ())
        if entry.cell:
            waiting += mine
        else:
            yield from _arranged(mine, after)
    if waiting:
        yield from _arranged(waiting, after)
