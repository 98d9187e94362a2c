"""Tables made from data: what ``{datatable}`` compares the article's body with, and what rewrites that body.

``figures/<stem>/tables.py`` assigns :class:`Table` objects at module level. The article holds the generated GFM table,
so that it reads well on GitHub; ``figures.rewrite`` (part of ``nox -s figures``) rewrites it.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from figures import formatting, units
from figures.data import Datum
from figures.results import Assumed, Source


class TableError(ValueError):
    """A table that cannot be made or cannot be found."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. With ``unit`` the head names it and cells are bare numbers; else every cell has its own unit.

    ``digits`` are significant digits; without it a datum is printed as it stands and a result with three.
    ``right`` sets the column flush right even where some cells are words, such as a dash.
    """

    head: str
    unit: str = ""
    digits: int | None = None
    right: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A cell that is printed otherwise than its column says."""

    source: Source
    unit: str = ""
    digits: int | None = None


Cell = str | Source | Value


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text and sourced numbers. A plain string as column is its head; text cells may hold MyST.

    Data carry a mark that leads to source and locator (``sources="mark"``); where locators are short they can be
    cited at the head of their row instead (``"row"``) or in each cell (``"cell"``).
    """

    columns: Sequence[Column | str]
    rows: Sequence[Sequence[Cell]]
    sources: Literal["mark", "row", "cell"] = "mark"

    def __post_init__(self) -> None:
        """Refuse a row that does not fit the columns.

        Raises:
            TableError: too few or too many cells.
        """
        for row in self.rows:
            if len(row) != len(self.columns):
                raise TableError(f"row {row[0]!r} has {len(row)} cells; the table has {len(self.columns)} columns")

    def column(self, index: int) -> Column:
        """The column, also where only its head was given."""
        column = self.columns[index]
        return Column(column) if isinstance(column, str) else column

    def source(self, row: int, column: int) -> Source | None:
        """The number behind a cell; none behind text."""
        cell = self.rows[row][column]
        return None if isinstance(cell, str) else cell.source if isinstance(cell, Value) else cell

    def literal(self, row: int, column: int) -> str:
        """What a cell prints, without citation."""
        cell = self.rows[row][column]
        if isinstance(cell, str):
            return cell
        where = self.column(column)
        value = cell if isinstance(cell, Value) else Value(cell)
        return _literal(value.source, value.unit, where.unit, value.digits or where.digits)

    def heads(self) -> list[str]:
        """The head line's cells."""
        columns = [self.column(index) for index in range(len(self.columns))]
        return [f"{column.head} ({column.unit})" if column.unit else column.head for column in columns]

    def numeric(self, column: int) -> bool:
        """Whether the column holds numbers, and is therefore set flush right."""
        return self.column(column).right or (
            bool(self.rows) and all(self.source(row, column) is not None for row in range(len(self.rows)))
        )

    def cells(self) -> list[list[str]]:
        """The body as Markdown, citations included."""
        lines = []
        for row in range(len(self.rows)):
            line = [self.literal(row, column) for column in range(len(self.columns))]
            data = [self.source(row, column) for column in range(len(self.columns))]
            if self.sources == "row":
                line[0] += cite(data)
            if self.sources == "cell":
                line = [text + cite([source]) for text, source in zip(line, data, strict=True)]
            lines.append(line)
        return lines

    def markdown(self) -> str:
        """The table as GFM, its columns padded so that the source is a table too."""
        lines = [[text.replace("|", r"\|") for text in line] for line in [self.heads(), *self.cells()]]
        right = [self.numeric(column) for column in range(len(self.columns))]
        widths = [max(3, *(len(line[column]) for line in lines)) for column in range(len(right))]
        rule = ["-" * (width - 1) + ":" if flush else "-" * width for width, flush in zip(widths, right, strict=True)]
        padded = [
            [text.rjust(w) if r else text.ljust(w) for text, w, r in zip(line, widths, right, strict=True)]
            for line in [lines[0], rule, *lines[1:]]
        ]
        return "".join(f"| {' | '.join(line)} |\n" for line in padded)


def _literal(source: Source, own_unit: str, column_unit: str, digits: int | None) -> str:
    unit = own_unit or column_unit
    value = units.convert(source.value, source.unit, unit) if unit else source.value
    if digits is None and isinstance(source, (Datum, Assumed)):
        number = formatting.entry(value)
    elif unit:
        number = formatting.number(value, digits or 3)
    else:
        return formatting.show(value, source.unit, digits or 3)
    shown = unit or source.unit
    return number if (column_unit and not own_unit) or shown == "1" else f"{number} {shown}"


def cite(sources: Sequence[Source | None]) -> str:
    """One citation of all data among ``sources``, with their locators, or nothing."""
    locators: dict[str, list[str]] = {}
    for source in sources:
        if isinstance(source, Datum):
            known = locators.setdefault(source.source, [])
            if source.locator not in known:
                known.append(source.locator)
    text = ", ".join(f"{key}{{{'; '.join(known)}}}" for key, known in locators.items())
    return f" {{cite:p}}`{text}`" if text else ""


def load(stem: str, name: str) -> Table:
    """The table ``name`` of ``figures/<stem>/tables.py``.

    Raises:
        TableError: there is no such module or table.
    """
    module_name = f"figures.{stem}.tables"
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name not in (module_name, f"figures.{stem}"):
            raise
        raise TableError(f"figures/{stem}/tables.py does not exist; the article's tables belong there") from None
    tables = {key: value for key, value in vars(module).items() if isinstance(value, Table)}
    if name not in tables:
        raise TableError(
            f"figures/{stem}/tables.py has no table {name!r}; it has {', '.join(sorted(tables)) or 'none'}"
        )
    return tables[name]
