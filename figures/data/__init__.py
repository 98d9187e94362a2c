"""Hardware and models: every value with unit, qualifier, source, locator and date.

``load("models")["llama3_70b"]["layers"]`` is a :class:`Datum`; plain strings (names, makers) stay strings.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Never

from figures import paths, tomlfile, units

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
    file = _File(folder / f"{name}.toml", name)
    try:
        raw = tomlfile.read(file.path)
    except FileNotFoundError:
        raise DataError(
            f"{paths.repository_path(file.path)} does not exist; data files stand in figures/data"
        ) from None
    except tomlfile.MalformedTomlError as error:
        raise DataError(f"{paths.repository_path(file.path)}:{error.line}: {error}") from None
    return {key: _entry(table, key, file) for key, table in raw.items()}


@dataclass(frozen=True, slots=True)
class _File:
    """A data file; ``name`` is how paths of its values begin."""

    path: Path
    name: str

    def refuse(self, problem: str, *keys: str) -> Never:
        """Say what is wrong with the value ``keys``, at its line."""
        line = tomlfile.line_of(self.path, *keys)
        raise DataError(f"{paths.repository_path(self.path)}:{line}: {'.'.join((self.name, *keys))} {problem}")


def _entry(raw: object, key: str, file: _File) -> Entry:
    if not isinstance(raw, dict):
        file.refuse("is a bare value; values stand in tables, one table per model or device: move it into one", key)
    label = raw.get("name", key)
    return {field: _value(value, (key, field), label, file) for field, value in raw.items()}


def _value(raw: object, keys: tuple[str, str], label: str, file: _File) -> Datum | str:
    every = f"every value has {', '.join(FIELDS)}"
    if isinstance(raw, str):
        return raw
    if not isinstance(raw, dict):
        file.refuse(f"is a bare value; a number needs a table with {', '.join(FIELDS)}: write one", *keys)
    if missing := [field for field in FIELDS if raw.get(field) in (None, "")]:
        file.refuse(f"lacks {', '.join(missing)}: {every}; add what is missing, as the source has it", *keys)
    if unknown := [field for field in raw if field not in FIELDS]:
        file.refuse(f"has unknown fields {', '.join(unknown)}: {every}; remove or rename them", *keys)
    if isinstance(raw["value"], bool) or not isinstance(raw["value"], (int, float)):
        file.refuse(f"is {raw['value']!r}; expected a number, unquoted", *keys, "value")
    if not isinstance(raw["date"], datetime.date):
        file.refuse(f"is {raw['date']!r}; expected a date such as 2026-11-24, unquoted", *keys, "date")
    try:
        units.parse(raw["unit"])
    except units.UnitError as error:
        file.refuse(f"is wrong: {error}", *keys, "unit")
    path = ".".join((file.name, *keys))
    return Datum(path, **{field: raw[field] for field in FIELDS}, label=label, file=file.path)


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
        file = paths.repository_path(folder / f"{name}.toml")
        raise DataError(
            f"{file} has no entry {entry!r}; it has {', '.join(sorted(table))}: correct the name, or add it"
        )
    found = table[entry].get(field)
    if not isinstance(found, Datum):
        raise DataError(f"{name}.{entry} has no value {field!r}; it has {', '.join(sorted(table[entry]))}: choose one")
    return found
