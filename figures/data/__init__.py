"""Hardware and models: every value with unit, qualifier, source, locator and date.

``load("models")["llama3_70b"]["layers"]`` is a :class:`Datum`; plain strings (names, makers) stay strings.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from figures import paths, units

FIELDS = ("value", "unit", "qualifier", "source", "locator", "date")


class DataError(ValueError):
    """A data file that is malformed or a value without its provenance."""


@dataclass(frozen=True, slots=True)
class Datum:
    """One cited value. ``path`` is its address, such as ``models.llama3_70b.layers``; ``label`` names its entry."""

    path: str
    value: float
    unit: str
    qualifier: str
    source: str
    locator: str
    date: datetime.date
    label: str
    file: Path


Entry = Mapping[str, "Datum | str"]


@cache
def load(name: str, folder: Path = paths.DATA) -> Mapping[str, Entry]:
    """Read ``figures/data/<name>.toml``, checked.

    Raises:
        DataError: malformed TOML, a missing field, an unknown unit: with file, key and what to do.
    """
    file = folder / f"{name}.toml"
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(f"{file} does not exist; data files stand in figures/data") from None
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{file}: not valid TOML: {error}. Mend the file at that line.") from None
    return {key: _entry(table, f"{name}.{key}", file) for key, table in raw.items()}


def _entry(raw: object, path: str, file: Path) -> Entry:
    if not isinstance(raw, dict):
        raise DataError(f"{file}: {path} is a bare value; values stand in tables, one table per model or device")
    label = raw.get("name", path.rpartition(".")[2])
    return {key: _value(value, f"{path}.{key}", label, file) for key, value in raw.items()}


def _value(raw: object, path: str, label: str, file: Path) -> Datum | str:
    if isinstance(raw, str):
        return raw
    if not isinstance(raw, dict):
        raise DataError(f"{file}: {path} is a bare value; a number needs a table with {', '.join(FIELDS)}")
    missing = [field for field in FIELDS if raw.get(field) in (None, "")]
    unknown = [field for field in raw if field not in FIELDS]
    if missing or unknown:
        problem = f"lacks {', '.join(missing)}" if missing else f"has unknown fields {', '.join(unknown)}"
        raise DataError(f"{file}: {path} {problem}; every value needs {', '.join(FIELDS)}")
    if isinstance(raw["value"], bool) or not isinstance(raw["value"], (int, float)):
        raise DataError(f"{file}: {path}.value is {raw['value']!r}; expected a number")
    if not isinstance(raw["date"], datetime.date):
        raise DataError(f"{file}: {path}.date is {raw['date']!r}; expected a date such as 2026-11-24, unquoted")
    try:
        units.parse(raw["unit"])
    except units.UnitError as error:
        raise DataError(f"{file}: {path}: {error}") from None
    return Datum(path, **{field: raw[field] for field in FIELDS}, label=label, file=file)


def conflicts(table: Mapping[str, Entry]) -> list[str]:
    """Pairs of values that a reader could take for one another: one entry, one dimension, one qualifier."""
    found = []
    for entry, fields in table.items():
        seen: dict[object, str] = {}
        for field, datum in fields.items():
            if isinstance(datum, Datum):
                key = (units.parse(datum.unit).dimension, " ".join(datum.qualifier.lower().split()))
                if key in seen:
                    found.append(f"{entry}: {seen[key]} and {field} have one dimension and one qualifier")
                seen.setdefault(key, field)
    return found


def value(name: str, entry: str, field: str, folder: Path = paths.DATA) -> Datum:
    """The datum ``<name>.<entry>.<field>``.

    Raises:
        DataError: there is no such value; the message lists what there is.
    """
    table = load(name, folder)
    if entry not in table:
        raise DataError(f"{folder / name}.toml has no entry {entry!r}; it has {', '.join(sorted(table))}")
    found = table[entry].get(field)
    if not isinstance(found, Datum):
        raise DataError(f"{name}.{entry} has no value {field!r}; it has {', '.join(sorted(table[entry]))}")
    return found
