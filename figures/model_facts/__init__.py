"""What sources say of models in words: licences, days of release, what was released, each with source and date."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from figures import data, paths, tomlfile
from figures.data import DataError

HERE = Path(__file__).parent
KINDS = ("licence", "released", "openness")


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement of a source; ``scope`` is what a licence covers by that source."""

    value: str
    source: str
    locator: str
    date: datetime.date
    scope: str = ""

    def cite(self) -> str:
        """The citation, for a cell of a table."""
        return f"{{cite:p}}`{self.source}{{{self.locator}}}`"


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: commercial use, what it requires beyond keeping the notice, the clause and where it stands."""

    name: str
    commercial: str
    requires: str
    quote: str
    source: str
    locator: str
    date: datetime.date

    def cite(self) -> str:
        """The clause, quoted, with its citation."""
        return f"“{self.quote}” {{cite:p}}`{self.source}{{{self.locator}}}`"


@cache
def licences() -> Mapping[str, Licence]:
    """All licences, in the order of the file: from fewest conditions to most."""
    return {key: Licence(**table) for key, table in _read("licences").items()}


@cache
def facts() -> Mapping[str, Mapping[str, Fact]]:
    """Facts by model and kind."""
    return {
        model: {kind: Fact(**table[kind]) for kind in KINDS if kind in table} for model, table in _read("facts").items()
    }


def fact(model: str, kind: str) -> Fact | None:
    """The fact of that kind about a model, if a source was seen."""
    return facts().get(model, {}).get(kind)


def licence(model: str) -> Licence | None:
    """The licence of a model, if a source was seen."""
    found = fact(model, "licence")
    return licences()[found.value] if found else None


@cache
def hashes() -> Mapping[str, tuple[str, str]]:
    """Repository that a copy of a configuration is named after, and the SHA-256 of the copy, by model."""
    return {
        model: (str(table["file"]).removesuffix("_config.json").replace("--", "/"), str(table["sha256"]))
        for model, table in _read("hashes").items()
    }


def name(model: str) -> str:
    """How a model is called: by the data on models, or here if they have no shape of it."""
    entry: Mapping[str, Any] = data.load("models").get(model) or _read("facts")[model]
    return str(entry["name"])


def _read(stem: str) -> dict[str, Any]:
    path = HERE / f"{stem}.toml"
    try:
        return tomlfile.read(path)
    except tomlfile.MalformedTomlError as error:
        raise DataError(f"{paths.repository_path(path)}:{error.line}: {error}") from None
