"""Measured data files: a commented header that says how, then plain CSV.

The header is ``# key: value`` lines; ``HEADER`` lists the required keys. Scripts in
``figures/measurements`` write these files; nothing in them is typed by hand.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HEADER = (
    "command",
    "commit",
    "date",
    "machine",
    "processor",
    "memory",
    "libraries",
    "repetitions",
    "warm-up",
    "statistic",
)


class MeasurementError(ValueError):
    """A data file that lacks what makes its numbers worth anything."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """A measured table: ``header`` says how it was made, ``rows`` are column → number."""

    path: Path
    header: Mapping[str, str]
    rows: tuple[Mapping[str, float], ...]

    def cell(self, column: str, **where: float) -> float:
        """The one value of ``column`` in the row where every named column has the given value.

        Raises:
            MeasurementError: no such column, no such row, or more than one.
        """
        found = [row for row in self.rows if all(row.get(k) == v for k, v in where.items())]
        if len(found) != 1 or column not in found[0]:
            raise MeasurementError(
                f"{self.path}: {len(found)} rows with {where}; columns are {', '.join(self.rows[0])}; expected one row"
            )
        return found[0][column]


@cache
def read(path: Path) -> Measurement:
    """Read and check a measured data file.

    Raises:
        MeasurementError: no such file, a header key is missing or empty, a cell is not a number, there is no row.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise MeasurementError(f"{path} does not exist; a script in figures/measurements writes it") from None
    comments = [line.removeprefix("#").strip() for line in lines if line.startswith("#")]
    header = {k.strip(): v.strip() for k, _, v in (line.partition(":") for line in comments)}
    missing = [key for key in HEADER if not header.get(key)]
    if missing:
        raise MeasurementError(f"{path}: the header lacks {', '.join(missing)}; write it with figures/measurements")
    table = csv.DictReader(line for line in lines if not line.startswith("#"))
    try:
        rows = tuple({k: float(v) for k, v in row.items()} for row in table)
    except (TypeError, ValueError) as error:
        raise MeasurementError(f"{path}: {error}; every cell must be a number") from None
    if not all(math.isfinite(cell) for row in rows for cell in row.values()):
        raise MeasurementError(f"{path}: infinity or 'nan'; every cell must be a number")
    if not rows:
        raise MeasurementError(f"{path}: no rows")
    return Measurement(path, header, rows)
