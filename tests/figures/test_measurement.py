"""A measured file is complete or refused; a cell is one number."""

from __future__ import annotations

from pathlib import Path

import pytest

from figures.measurement import HEADER, MeasurementError, read

GOOD = "".join(f"# {key}: some: {key}\n" for key in HEADER) + "n,ms\n1,2.5\n2,3.5\n2,4.5\n"


def made(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "times.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_header_and_rows(tmp_path: Path) -> None:
    found = read(made(tmp_path, GOOD))
    assert found.header["machine"] == "some: machine"
    assert found.rows == ({"n": 1, "ms": 2.5}, {"n": 2, "ms": 3.5}, {"n": 2, "ms": 4.5})
    assert found.cell("ms", n=1) == 2.5


@pytest.mark.parametrize("key", HEADER)
def test_an_incomplete_header_is_refused(tmp_path: Path, key: str) -> None:
    for text in (GOOD.replace(f"# {key}: some: {key}\n", ""), GOOD.replace(f"# {key}: some: {key}", f"# {key}:")):
        with pytest.raises(MeasurementError, match=f"the header lacks {key}; write it with figures/measurements"):
            path = made(tmp_path, text)
            read.cache_clear()
            read(path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("1,2.5", "1,fast", "every cell must be a number"),
        ("1,2.5", "1", "every cell must be a number"),
        ("1,2.5", "1,2,3", "every cell must be a number"),
        ("1,2.5", "1,nan", "infinity or 'nan'; every cell must be a number"),
        ("1,2.5\n2,3.5\n2,4.5\n", "", "no rows"),
    ],
)
def test_a_bad_table_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(MeasurementError, match=message):
        read(made(tmp_path, GOOD.replace(old, new)))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(MeasurementError, match=r"gone.csv does not exist; a script in figures/measurements writes it"):
        read(tmp_path / "gone.csv")


@pytest.mark.parametrize(("column", "where"), [("ms", {"n": 3}), ("ms", {"n": 2}), ("s", {"n": 1})])
def test_a_cell_is_exactly_one(tmp_path: Path, column: str, where: dict[str, float]) -> None:
    with pytest.raises(MeasurementError, match="columns are n, ms; expected one row"):
        read(made(tmp_path, GOOD)).cell(column, **where)
