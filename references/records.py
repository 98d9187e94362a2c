"""references/verified.toml: how, where and when each work was seen."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from figures import tomlfile

from .library import MalformedError, Problem, Work

SEEN = ("full text", "abstract", "repository file", "listing")
FIELDS = ("address", "seen", "means", "date")
CHECKED = "checked"  # the result of `nox -s refs`


def read(path: Path) -> dict[str, dict[str, Any]]:
    """Read the records; raise MalformedError when the file is missing or not TOML."""
    try:
        data = tomlfile.read(path)
    except FileNotFoundError as error:
        message = "the file does not exist; write a table per entry of the bibliography (see CONTRIBUTING.md)"
        raise MalformedError(Problem(path, 1, message)) from error
    except tomlfile.MalformedTomlError as error:
        raise MalformedError(Problem(path, error.line, str(error))) from error
    return {key: value if isinstance(value, dict) else {} for key, value in data.items()}


def check(path: Path, works: Sequence[Work]) -> Iterator[Problem]:
    """Every entry has a record, every record an entry, and each says what it must."""
    records = read(path)
    keys = {work.key for work in works}
    for work in works:
        if work.key not in records:
            yield work.problem(
                f"no record in {path.name}: look at the source, then write [{work.key}] with {', '.join(FIELDS)}"
            )
    for key, record in records.items():
        if key not in keys:
            yield Problem(
                path, tomlfile.line_of(path, key), f"[{key}] is the record of no entry: remove it, or add the entry"
            )
        for field, message in _faults(record):
            yield Problem(path, tomlfile.line_of(path, key, field), f"[{key}] {message}")


def _faults(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in FIELDS:
        if field not in record:
            yield field, f"has no `{field}`: a record has {', '.join(FIELDS)}; add it"
    if not re.fullmatch(r"https://\S+", str(record.get("address", "https://a"))):
        yield "address", f"address is {record['address']!r}: expected the https address where the work was seen"
    if record.get("seen", SEEN[0]) not in SEEN:
        yield "seen", f"seen is {record['seen']!r}: expected one of {', '.join(repr(word) for word in SEEN)}"
    means = record.get("means", "x")
    if not isinstance(means, str) or not means.strip():
        yield "means", "means is empty: say by what id, title, first author and year were seen together"
    if type(record.get("date", datetime.date.min)) is not datetime.date:
        yield "date", f"date is {record['date']!r}: expected a date like 2026-11-24, without quotes"
    for field in sorted(record.keys() - {*FIELDS, CHECKED}):
        yield field, f"has the unknown field `{field}`: a record has {', '.join(FIELDS)}; remove or rename it"
