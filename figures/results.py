"""Named results: what the ``{computed}``, ``{measured}`` and ``{assumed}`` marks of an article point to.

``figures/<stem>/results.py`` assigns them at module level; ``load`` collects them by name.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from figures import units
from figures.data import Datum
from figures.formula import Formula
from figures.measurement import Measurement


@dataclass(frozen=True, slots=True)
class Assumed:
    """A number the author merely chooses: ``why`` says as what."""

    value: float
    unit: str
    why: str


@dataclass(frozen=True, slots=True)
class Computed:
    """A formula applied to data, assumptions and other results."""

    formula: Formula[...]
    inputs: Mapping[str, Source | tuple[Source, ...]]
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Measured:
    """One number out of a committed measurement; ``what`` says which in words."""

    measurement: Measurement
    what: str
    value: float
    unit: str


Result = Computed | Measured | Assumed
Source = Datum | Assumed | Computed | Measured


class ResultError(ValueError):
    """A result that cannot be had: unknown name, wrong input, wrong unit."""


def computed(formula: Formula[...], **inputs: Source | Sequence[Source]) -> Computed:
    """Apply ``formula`` to inputs that each know where they come from.

    Inputs are converted to the unit that the formula declares; bare numbers are refused.

    Raises:
        ResultError: an input is missing, unknown, a bare number, or of another dimension.
    """
    wanted = {argument.name: argument for argument in formula.arguments}
    if set(inputs) != set(wanted):
        raise ResultError(
            f"{formula.name} takes {', '.join(wanted)}; missing: {', '.join(wanted.keys() - inputs.keys()) or 'none'}, "
            f"unknown: {', '.join(inputs.keys() - wanted.keys()) or 'none'}"
        )
    frozen: dict[str, Source | tuple[Source, ...]] = {}
    values: dict[str, Any] = {}
    for name, given in inputs.items():
        argument = wanted[name]
        if argument.kind == "list":
            if not isinstance(given, Sequence):
                raise ResultError(f"{formula.name}: {name} takes a list of values")
            frozen[name] = tuple(given)
            values[name] = tuple(_convert(one, argument.unit, f"{formula.name}: {name}") for one in given)
        else:
            if isinstance(given, Sequence):
                raise ResultError(f"{formula.name}: {name} takes one value, not a list")
            frozen[name] = given
            number = _convert(given, argument.unit, f"{formula.name}: {name}")
            if argument.kind == "int" and number != int(number):
                raise ResultError(f"{formula.name}: {name} is {number}; expected a whole number")
            values[name] = {"int": int, "bool": bool}.get(argument.kind, float)(number)
    value = formula.function(**values)
    if not math.isfinite(value):
        raise ResultError(f"{formula.name} gives {value} for {values}; only finite numbers can be printed")
    return Computed(formula, frozen, value, formula.unit)


def _convert(source: object, unit: str, where: str) -> float:
    if not isinstance(source, (Datum, Assumed, Computed, Measured)):
        raise ResultError(f"{where} is {source!r}; wrap a chosen number in Assumed(value, unit, why)")
    try:
        return units.convert(source.value, source.unit, unit)
    except units.UnitError as error:
        raise ResultError(f"{where}: {error}") from None


@cache
def load(stem: str) -> Mapping[str, Result]:
    """All named results of ``figures/<stem>/results.py``.

    Raises:
        ResultError: the article has no such module.
    """
    name = f"figures.{stem}.results"
    try:
        module: ModuleType = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name not in (name, f"figures.{stem}"):
            raise
        raise ResultError(f"figures/{stem}/results.py does not exist; the article's results belong there") from None
    return {k: v for k, v in vars(module).items() if isinstance(v, (Computed, Measured, Assumed)) and k[0] != "_"}
