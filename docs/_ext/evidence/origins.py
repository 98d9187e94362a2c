"""The appendix's parts on formulas, data, assumptions and measurements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from docutils import nodes

from _ext.evidence import library
from _ext.evidence.ledger import SEPARATOR
from _ext.evidence.ledger_nodes import ledger_group, ledger_item, ledger_lead
from _ext.evidence.roles import CHOICE_ID
from _ext.evidence.wording import Part, Words, item, joined, maths, short, unbroken
from figures.data import Datum
from figures.formula import Argument, Formula

ABBREVIATED = {"kv": "key/value", "dim": "dimension", "mla": "MLA", "bf16": "BF16"}  # in the names of data


def formulas(words: Words) -> Iterator[ledger_item]:
    """Each formula once."""
    return (_formula(words, one) for one in words.ledger.formulas.values())


def _formula(words: Words, formula: Formula[...]) -> ledger_item:
    code = formula.function.__code__
    usual = list(words.ledger.usual.get(formula.name, {}).values())
    parts: list[Part] = [nodes.strong("", formula.quantity), f"{_unit(formula.unit)}.", maths(formula.latex, True)]
    parts += [*joined([_argument(one) for one in formula.arguments], "; "), ". "]
    if usual:
        parts += ["Unless told otherwise ", *joined([words.put(one) for one in usual]), ". "]
    if formula.assumptions:
        parts.append(f"Assumes: {formula.assumptions.rstrip('.')}. ")
    origin: list[Part] = [words.cite(", ".join(formula.sources))] if formula.sources else ["Derived in the article"]
    file = words.file(library.repository_path(Path(code.co_filename)), code.co_firstlineno)
    return item(words.ledger.of_formula(formula), [*parts, *origin, "; ", file, "."])


def _argument(argument: Argument) -> list[Part]:
    return [maths(argument.symbol), f" {argument.meaning}{_unit(argument.unit)}"]


def _unit(unit: str) -> str:
    return "" if unit == "1" else f" ({unit})"


def data(words: Words) -> Iterator[nodes.Node]:
    """Each datum once, by the entry that it belongs to, and there by the place where it was seen."""
    dated = len({one.date for one in every(words)}) > 1
    for label, places in words.ledger.data.items():
        yield ledger_group("", "", nodes.Text(label))
        for found in places.values():
            yield from _place(words, list(found.values()), dated)


def kept(words: Words) -> list[Part]:
    """A sentence on the files that hold the data, one on the day when all were seen."""
    files = sorted({library.repository_path(one.file) for one in every(words)})
    dates = {one.date for one in every(words)}
    seen = f" All were seen on {dates.pop():%-d %B %Y}." if len(dates) == 1 else ""
    return ["Kept in ", *words.files(files), f".{seen}"]


def every(words: Words) -> list[Datum]:
    """All data in the order of their numbers."""
    return [one for places in words.ledger.data.values() for found in places.values() for one in found.values()]


def _place(words: Words, found: Sequence[Datum], dated: bool) -> Iterator[nodes.Node]:
    """Data from one file or table of one source: what their locators share, then each with the rest of its own."""
    locators = [datum.locator.split(SEPARATOR) for datum in found]
    shared = 0
    while all(len(one) > shared and one[shared] == locators[0][shared] for one in locators):
        shared += 1
    first = found[0]
    prefix = SEPARATOR.join(locators[0][:shared])
    day = f", seen {first.date:%-d %B %Y}" if dated else ""
    yield ledger_lead("", "", words.cite(f"{first.source}{{{prefix}}}"), nodes.Text(f"{day}:"))
    for datum, locator in zip(found, locators, strict=True):
        rest = SEPARATOR.join(locator[shared:])
        parts: list[Part] = [nodes.strong("", unbroken(short(datum.value, datum.unit))), f" {_what(datum)}"]
        parts.append(f" [{rest}]." if rest else ".")
        yield item(words.ledger.number(datum), parts, words.ledger.bodies[library.key(datum)])


def _what(datum: Datum) -> str:
    """Name and qualifier of a datum, in one where one says it all."""
    name = " ".join(ABBREVIATED.get(word, word) for word in datum.path.rpartition(".")[2].split("_"))
    said, named = (set(re.findall(r"\w+", text.lower())) for text in (datum.qualifier, name))
    return datum.qualifier if said >= named else f"{name}, {datum.qualifier}"


def assumed(words: Words) -> Iterator[ledger_item]:
    """Each assumption once, with its reason; at last the numbers that were chosen in the text."""
    for key, one in words.ledger.assumed.items():
        value = nodes.strong("", unbroken(short(one.value, one.unit)))
        yield item(words.ledger.number(one), [value, f", {one.why.rstrip('.')}."], words.ledger.bodies[key])
    if words.ledger.choices:
        value = nodes.strong("", ", ".join(unbroken(literal) for literal in words.ledger.choices))
        yield item(f"A{len(words.ledger.assumed) + 1}", [value, ", chosen in the text."], [CHOICE_ID])


def measurements(words: Words) -> Iterator[ledger_item]:
    """Each file of measurements once: how and where it was made."""
    for one in words.ledger.measurements.values():
        header: Mapping[str, str] = one.header
        facts = [header["machine"], header["processor"], f"commit {header['commit']}", header["date"]]
        facts += [f"statistic: {header['statistic']}", f"repetitions: {header['repetitions']}"]
        parts: list[Part] = [words.file(library.repository_path(one.path)), ", written by "]
        parts += [nodes.literal("", header["command"]), f". {'; '.join(facts)}."]
        yield item(words.ledger.of_measurement(one), parts)
