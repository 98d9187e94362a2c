"""A result as document nodes: what a popover shows and what the PDF's appendix prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes

from _ext.evidence import library
from _ext.evidence.nodes import evidence_body, evidence_link
from figures import formatting
from figures.data import Datum
from figures.formula import Argument
from figures.results import Assumed, Computed, Measured, Source

Inline = list[nodes.Node]


def exact(value: float, unit: str) -> str:
    """``value`` with every digit it has."""
    number = formatting.entry(value) if abs(value) < 1e15 else repr(value)
    scale = formatting.scale(unit)
    return number + (scale.one if number == "1" else next(suffix for suffix, size in scale.steps if size == 1))


def _shown(source: Source) -> str:
    return exact(source.value, source.unit).replace(" ", "\u00a0")


def _lower(result: Computed) -> str:
    """The quantity in the middle of a sentence; abbreviations keep their capitals."""
    quantity = result.formula.quantity
    return quantity if quantity[1:2].isupper() or quantity[1:2] == "-" else quantity[0].lower() + quantity[1:]


def plain_choice(body_id: str) -> evidence_body:
    """The description that all plain choices of a document share."""
    why = "Chosen by the author as an input, not a fact about the world. Put your own number in its place."
    return evidence_body("", nodes.paragraph("", why), kind="assumed", title="an input", literals=[], ids=[body_id])


@dataclass(frozen=True)
class Describer:
    """Describes results of one document.

    ``cite`` turns ``key{locator}`` into a citation of that document; ``describe`` makes sure that a computed input has
    its own description and gives its id: said once, however many results are computed from it.
    """

    cite: Callable[[str], Sequence[nodes.Node]]
    describe: Callable[[Computed], str]
    repository: str
    docname: str

    def fill(self, body: evidence_body, result: Source, home: str) -> None:
        """Write the description of ``result``, which ``home`` defines, into ``body``."""
        blocks: list[nodes.Node]
        if isinstance(result, Computed):
            title, blocks = result.formula.quantity, self._formula(result)
            blocks.append(_paragraph("Result: ", nodes.strong("", _shown(result)), "."))
        elif isinstance(result, Measured):
            title, blocks = result.what, self._measured(result)
        elif isinstance(result, Datum):
            title, home = result.label, library.repository_path(result.file)
            value = nodes.strong("", _shown(result))
            seen = f", seen {result.date:%-d %B %Y}."
            blocks = [_paragraph(value, f", {result.qualifier}: ", *self._cite_datum(result), seen)]
        else:
            title, blocks = "an input", [_paragraph(_sentence(result.why))]
        if not isinstance(result, Assumed):
            blocks.append(_paragraph("Defined in ", self._file(home), "."))
        body["title"] = title
        body += blocks

    def _formula(self, result: Computed) -> list[nodes.Node]:
        formula = result.formula
        inputs = nodes.bullet_list(classes=["lpa-inputs"], bullet="-")
        for argument in formula.arguments:
            inputs += self._input(argument, result.inputs[argument.name])
        code = Path(formula.function.__code__.co_filename)
        where = self._file(library.repository_path(code), formula.function.__code__.co_firstlineno)
        origin = [*self._cite(", ".join(formula.sources)), ", "] if formula.sources else ["derived in the article, "]
        blocks: list[nodes.Node] = [
            _equation(formula.latex, self.docname),
            inputs,
            _paragraph("Formula: ", *origin, "tested code in ", where, "."),
        ]
        if formula.assumptions:
            blocks.insert(2, _paragraph("Assumptions: ", _sentence(formula.assumptions)))
        return blocks

    def _input(self, argument: Argument, given: Source | tuple[Source, ...]) -> nodes.list_item:
        symbol = nodes.math(argument.symbol, argument.symbol)
        values = given if isinstance(given, tuple) else (given,)
        origins = {self._key(one): one for one in values}
        shown = "; ".join(_shown(one) for one in values)
        line: list[nodes.Node | str] = [symbol, f" = {shown if len(values) == 1 else f'({shown})'}, {argument.meaning}"]
        if len(origins) == 1:
            (only,) = origins.values()
            return nodes.list_item("", _paragraph(*line, ": ", *self._origin(only)))
        parts = nodes.bullet_list(bullet="-")
        for one in origins.values():
            parts += nodes.list_item("", _paragraph(_shown(one), ": ", *self._origin(one)))
        return nodes.list_item("", _paragraph(*line, ":"), parts)

    def _key(self, source: Source) -> tuple[object, ...]:
        """Equal for inputs that one line can explain."""
        if isinstance(source, Datum):
            return (source.source, source.locator, source.date, source.qualifier)
        return (source.why,) if isinstance(source, Assumed) else (id(source),)

    def _origin(self, source: Source) -> list[nodes.Node | str]:
        if isinstance(source, Datum):
            return [
                f"{source.label}, {source.qualifier} ",
                *self._cite_datum(source),
                f", seen {source.date:%-d %B %Y}",
            ]
        if isinstance(source, Assumed):
            return [f"assumed, {source.why}"]
        if isinstance(source, Measured):
            path = library.repository_path(source.measurement.path)
            return [f"measured, {source.what}, in ", self._file(path)]
        name = _lower(source)
        return ["computed, ", evidence_link(name, "", nodes.Text(name), body=self.describe(source))]

    def _measured(self, result: Measured) -> list[nodes.Node]:
        header = result.measurement.header
        facts = nodes.bullet_list(classes=["lpa-inputs"], bullet="-")
        facts += nodes.list_item("", _paragraph("Command: ", nodes.literal("", header["command"])))
        facts += nodes.list_item("", _paragraph(f"Commit {header['commit']}, {header['date']}"))
        facts += nodes.list_item("", _paragraph(f"Machine: {header['machine']}; processor: {header['processor']}"))
        repeated = f"Statistic: {header['statistic']}; repetitions: {header['repetitions']}"
        facts += nodes.list_item("", _paragraph(repeated))
        path = library.repository_path(result.measurement.path)
        value = nodes.strong("", _shown(result))
        return [facts, _paragraph("Recorded: ", value, " in ", self._file(path), ".")]

    def _cite_datum(self, datum: Datum) -> Inline:
        return self._cite(f"{datum.source}{{{datum.locator}}}")

    def _cite(self, text: str) -> Inline:
        return list(self.cite(text))

    def _file(self, path: str, line: int = 0) -> nodes.reference:
        uri = f"{self.repository}/{path}" + (f"#L{line}" if line else "")
        return nodes.reference("", "", nodes.literal("", path), refuri=uri, internal=False)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else text + "."


def _paragraph(*parts: nodes.Node | str) -> nodes.paragraph:
    return nodes.paragraph("", "", *(nodes.Text(part) if isinstance(part, str) else part for part in parts))


def _equation(latex: str, docname: str) -> nodes.math_block:
    return nodes.math_block(latex, latex, nowrap=False, number=None, label=None, docname=docname)
