"""How the PDF's appendix words what it tells: numbers with their units, links between items, citations, files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import isclose

from docutils import nodes

from _ext.evidence.describe import exact
from _ext.evidence.ledger import Application, Ledger
from _ext.evidence.ledger_nodes import ledger_item, ledger_link, ledger_math
from figures import formatting, units
from figures.results import Computed, Measured, Source

Part = nodes.Node | str
LONG = 1e15  # from here on nobody counts the digits
DIGITS = 7  # enough to check a printed number, few enough to read


def whole(value: float) -> bool:
    """Whether ``value`` is printed exactly."""
    return abs(value) < LONG and value == int(value)


def precise(value: float, unit: str) -> str:
    """``value`` without prefix: exactly where that can be read, else with seven digits at most."""
    if whole(value):
        return exact(value, unit)
    if abs(value) >= LONG:
        return _trimmed(formatting.show(value, unit, DIGITS))
    scale = formatting.scale(unit)
    suffix = next(suffix for suffix, size in scale.steps if size == 1)
    rounded = formatting.number(value, DIGITS) + suffix
    return _trimmed(rounded) if _equal(_trimmed(rounded), value, unit) else rounded


def short(value: float, unit: str) -> str:
    """The shortest way to print ``value`` precisely: ``320 KiB/token``, ``2.039 TB/s``, ``140 GB``."""
    ways = [formatting.show(value, unit, DIGITS)]
    if unit == "B":
        ways.append(f"{formatting.number(value / 1e9, DIGITS)} GB")
    trimmed = [_trimmed(way) for way in ways]
    return min([precise(value, unit), *(way for way in trimmed if _equal(way, value, unit))], key=len)


def _trimmed(text: str) -> str:
    """Without zeros at the end of decimals."""
    return re.sub(r"(\.\d*?)0+(?= |$)", r"\1", text).replace(". ", " ").removesuffix(".")


def _equal(text: str, value: float, unit: str) -> bool:
    number, _, printed = formatting.parse(text)
    return isclose(units.convert(float(number), printed, unit), value, rel_tol=1e-12)


def anchor(number: str) -> str:
    """The id of an item."""
    return f"lpa-{number}"


def link(number: str) -> ledger_link:
    """A link to an item."""
    return ledger_link("", "", nodes.Text(number), target=anchor(number))


def inline(parts: Iterable[Part]) -> list[nodes.Node]:
    """Strings made nodes."""
    return [nodes.Text(part) if isinstance(part, str) else part for part in parts]


def item(number: str, parts: Iterable[Part], bodies: Sequence[str] = ()) -> ledger_item:
    """An item; marks in the text lead to ``bodies``."""
    return ledger_item("", "", *inline(parts), number=number, ids=[anchor(number), *bodies])


def maths(latex: str, display: bool = False) -> ledger_math:
    """Maths in the line or on its own."""
    return ledger_math("", latex=latex, display=display)


def joined(groups: Sequence[Sequence[Part]], separator: str = ", ") -> list[Part]:
    """Groups of parts with a separator between them."""
    return [part for n, group in enumerate(groups) for part in ([separator] if n else []) + list(group)]


def unbroken(text: str) -> str:
    """``text`` in one line."""
    return text.replace(" ", "\u00a0")


@dataclass(frozen=True)
class Words:
    """Phrases about the items of one ledger. ``cite`` turns ``key{locator}`` into a citation."""

    ledger: Ledger
    cite: Callable[[str], nodes.Node]
    repository: str

    def file(self, path: str, line: int = 0) -> nodes.reference:
        """A link to a file in the repository."""
        uri = f"{self.repository}/{path}" + (f"#L{line}" if line else "")
        return nodes.reference("", "", nodes.literal("", path), refuri=uri, internal=False)

    def files(self, paths: Sequence[str]) -> list[Part]:
        """Links to several files."""
        return joined([[self.file(path)] for path in paths])

    def how(self, result: Computed) -> list[Part]:
        """``F3 with S = 8,192 tokens (A2), L = 80 (D14)``: what is not told with the formula."""
        return self.with_inputs([link(self.ledger.of_formula(result.formula))], self.ledger.unusual(result))

    def with_inputs(self, formula: list[Part], inputs: Sequence[Application]) -> list[Part]:
        """A formula and what is put into it."""
        return formula + ([" with ", *joined([self.put(one) for one in inputs])] if inputs else [])

    def put(self, one: Application) -> list[Part]:
        """``L = 80 (D14)``; the values of a list as ``L = [10 (D3); 52 (D4)]``."""
        values = joined([self.value(source) for source in one.distinct], "; ")
        if len(one.distinct) > 1:
            values = ["[", *values, "]"]
        elif len(one.values) > 1:
            values.append("\u00a0each")
        return [maths(one.argument.symbol), "\u00a0=\u00a0", *values]

    def value(self, source: Source) -> list[Part]:
        """A value with the item that tells about it, or with what there is to tell."""
        shown = f"{unbroken(short(source.value, source.unit))} "
        number = self.ledger.number(source)
        if number:
            return [shown, "(", link(number), ")"]
        if isinstance(source, Computed):
            return [shown, "(", *self.how(source), ")"]
        assert isinstance(source, Measured)  # all else has a number
        return [shown, f"({source.what}, ", link(self.ledger.of_measurement(source.measurement)), ")"]
