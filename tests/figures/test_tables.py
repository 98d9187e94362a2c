"""Tables as Markdown, without Sphinx."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from figures.data import Datum
from figures.results import Assumed
from figures.tables import Column, Table, TableError, Value, cite


def datum(value: float, unit: str = "1", source: str = "a2024", locator: str = "p. 1") -> Datum:
    return Datum("x.y.z", value, unit, "q", source, locator, datetime.date(2026, 1, 2), "Y", Path("x.toml"))


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(TableError, match=r"row 'a' has 2 cells; the table has 1 columns"):
        Table(("A",), (("a", "b"),))


def test_numbers_are_printed_with_their_own_the_columns_or_the_cells_unit() -> None:
    table = Table(
        ("Own", Column("Column", unit="GB"), Column("Digits", unit="TB/s", digits=2)),
        ((datum(80, "GB"), datum(80, "GB"), datum(3350, "GB/s")), (datum(1.5), Value(datum(2, "TB"), "TB"), "none")),
    )
    assert table.heads() == ["Own", "Column (GB)", "Digits (TB/s)"]
    assert table.cells() == [["80 GB", "80", "3.4"], ["1.5", "2 TB", "none"]]
    assert [table.numeric(column) for column in range(3)] == [True, True, False]


def test_an_assumed_number_is_printed_as_typed() -> None:
    assert Table(("A",), ((Assumed(0.125, "s", "why"),),)).cells() == [["0.125 s"]]


def test_markdown_is_padded_and_escaped() -> None:
    assert Table(("A", "B"), (("x|y", datum(10)),)).markdown() == "| A    |   B |\n| ---- | --: |\n| x\\|y |  10 |\n"


def test_one_citation_joins_locators_of_one_source() -> None:
    data = [datum(1), datum(2, locator="p. 2"), datum(3), None, datum(4, source="b2025")]
    assert cite(data) == " {cite:p}`a2024{p. 1; p. 2}, b2025{p. 1}`"
    assert cite([None, Assumed(1, "1", "why")]) == ""


def test_a_column_with_a_dash_can_be_set_flush_right() -> None:
    rows = ((datum(80),), ("–",))
    assert not Table(("A",), rows).numeric(0)
    assert Table((Column("A", right=True),), rows).numeric(0)
