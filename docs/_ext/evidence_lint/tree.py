"""Walk a document: which text stands in which context, and what of it lacks evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docutils import nodes

from _ext.evidence.nodes import evidence_appendix
from _ext.evidence_lint import claims, sentences
from _ext.evidence_lint.text import EVIDENCE, OPAQUE, flatten

BLOCKS = (nodes.paragraph, nodes.caption, nodes.term, nodes.attribution, nodes.line)
SKIPPED = (evidence_appendix, nodes.citation, nodes.comment, nodes.literal_block, nodes.docinfo)
SKIPPED_TAGS = frozenset({"bibliography", "meta", "toctree", "problematic", "system_message"})

MADE_FROM_DATA = frozenset({"lpa-datatable", "lpa-calculator-table"})


class Finding(NamedTuple):
    """A sentence or cell with claims and no evidence."""

    line: int
    place: str
    text: str
    claims: Sequence[str]


def findings(node: nodes.Node) -> Iterator[Finding]:
    """Everything in and below ``node`` that claims without evidence."""
    if isinstance(node, SKIPPED) or getattr(node, "tagname", "") in SKIPPED_TAGS:
        return
    if isinstance(node, nodes.table):
        yield from _table(node)
    elif isinstance(node, BLOCKS):
        yield from _block(node)
    elif isinstance(node, nodes.Element):
        for child in node.children:
            yield from findings(child)


def _block(node: nodes.Element) -> Iterator[Finding]:
    text = flatten(node)
    for start, sentence in sentences.split(text):
        found = list(claims.find(sentence))
        if found and EVIDENCE not in sentence:
            skipped = len(sentence) - len(sentence.lstrip())
            line = _line(node) + text[: start + skipped].count("\n")
            yield Finding(line, "its sentence", _readable(sentence), found)


def _table(table: nodes.table) -> Iterator[Finding]:
    for title in table.findall(nodes.title):
        yield from _block(title)
    if MADE_FROM_DATA.intersection(table["classes"]):
        return  # marked or checked where they are made
    heads = [flatten(entry) for row in _rows(table, nodes.thead) for entry in row]
    for row in _rows(table, nodes.thead):
        for entry in row:
            yield from _cell(entry, [])
    for number, row in enumerate(_rows(table, nodes.tbody)):
        first = flatten(row[0])
        # MyST gives all rows of a GFM table the line of its first; a rule stands between head and body.
        below = number + 2 if heads and _line(row[0]) == _line(table) else 0
        for column, entry in enumerate(row):
            head = heads[column] if column < len(heads) else ""
            for finding in _cell(entry, [first, head] if column else [head]):
                yield finding._replace(line=finding.line + below)


def _rows(table: nodes.table, part: type[nodes.Element]) -> Iterator[list[nodes.entry]]:
    for group in table.findall(part):
        for row in group.findall(nodes.row):
            yield [entry for entry in row.children if isinstance(entry, nodes.entry)]


def _cell(entry: nodes.entry, heads: Sequence[str]) -> Iterator[Finding]:
    text = flatten(entry)
    found = list(claims.find(text))
    if not found and claims.bare(text) and any(claims.names_unit(head) for head in heads):
        found = [text.strip()]
    if found and not any(EVIDENCE in context for context in (text, *heads)):
        yield Finding(_line(entry), "its cell and the heads of its row and column", _readable(text), found)


def _line(node: nodes.Element) -> int:
    """The line of ``node``, or of the first thing in it or nearest around it that knows its own."""
    around: list[nodes.Element] = [node]
    while around[-1].parent is not None:
        around.append(around[-1].parent)
    lines = (found.line for found in [*node.findall(nodes.Element), *around] if found.line)
    return next(lines, 0)


def _readable(text: str) -> str:
    short = " ".join(text.replace(EVIDENCE, "[…]").replace(OPAQUE, "[…]").split())
    return short if len(short) <= 140 else short[:139] + "…"
