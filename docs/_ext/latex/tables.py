"""Tables fit the measure: columns aligned as the author wrote them, as wide as their words, turned when too many.

Sphinx drops the alignment of Markdown columns and lets LaTeX squeeze a column below its longest word. Widths are
estimated here from the letters' widths: the .tex then depends on nothing but the source.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from _ext.evidence.nodes import evidence_mark
from _ext.latex.breaks import MAY_BREAK

logger = logging.getLogger(__name__)

MEASURE, TURNED_MEASURE = 375.0, 640.0  # points: 132 mm, and the height of the text less a caption
COLUMN_GAP = 11.0
SIZES = {"small": 10.0, "footnotesize": 9.0}  # \documentclass[11pt]
MOST_COLUMNS = 5
LONG = 32  # lines of print: a longer table may break across pages
SPARE = 1.07  # the estimate may be that much too small

# Widths of TeX Gyre Pagella's letters in em, by group; what is in no group is as wide as a digit.
GROUPS = {
    0.27: "ijl.,;:'|!()[]/ ",
    0.36: "ftr-·–",
    0.62: "CFJLPS=+×≈−<>≥≤",
    0.78: "ABDEGHKNOQRTUVXYZw&→",
    0.92: "mMW—%",
}
WIDTHS = {letter: width for width, letters in GROUPS.items() for letter in letters}
WIDTHS[MAY_BREAK] = 0.0
OTHER, CODE, MARK = 0.53, 0.5, 0.75


@dataclass
class Column:
    """What a column needs, in em."""

    align: str = "left"
    widest: float = 0.0  # all of the widest cell on one line
    word: float = 0.0  # the widest thing that does not break


def text_width(text: str, each: float = 0.0) -> float:
    """Estimate the width of a text in em; `each` is the width of a letter of a monospaced font."""
    return sum(each or WIDTHS.get(letter, OTHER) for letter in text)


def measure(node: nodes.Node) -> tuple[float, float]:
    """Return the width of an inline text on one line, and of its widest word."""
    pieces: list[tuple[str, float]] = []
    for leaf in node.findall(nodes.Text):
        parents = (leaf.parent, leaf.parent.parent)
        mono = any(isinstance(parent, nodes.literal) for parent in parents)
        maths = isinstance(leaf.parent, nodes.math)
        text = (
            re.sub(r"\\[a-zA-Z]+|[{}^_\s\\]", lambda match: "x" * (len(match[0]) > 1), leaf.astext())
            if maths
            else leaf.astext()
        )
        pieces.append((text, CODE if mono else 0.0))
    total = sum(text_width(text, each) for text, each in pieces)
    parts = [(part, each) for text, each in pieces for part in re.sub(f"-|{MAY_BREAK}", r"\g<0> ", text).split()]
    words = [text_width(part, each) for part, each in parts]
    marks = sum(MARK for _ in node.findall(evidence_mark))
    return total + marks, max(words, default=0.0) + min(marks, MARK)


def columns_of(table: nodes.table) -> list[Column]:
    """Measure the columns of a table; cells that span columns do not count."""
    columns = [Column() for _ in table.findall(nodes.colspec)]
    for row in table.findall(nodes.row):
        at = 0
        for entry in row.findall(nodes.entry):
            span = entry.get("morecols", 0) + 1
            if span == 1 and at < len(columns):
                column = columns[at]
                for side in ("left", "center", "right"):
                    if f"text-{side}" in entry["classes"]:
                        column.align = side
                for block in entry.findall(nodes.TextElement):
                    if not isinstance(block, nodes.Inline):
                        total, word = measure(block)
                        bold = 1.06 if isinstance(row.parent, nodes.thead) else 1.0
                        column.widest = max(column.widest, total * bold)
                        column.word = max(column.word, word * bold)
            at += span
    return columns


def widths(columns: list[Column], size: float, available: float) -> list[float] | None:
    """Share the width among the columns, in points; None when even single words do not fit.

    A column that needs less than its share gets what it needs, one whose longest word needs more gets that; the others
    divide what is left, those that have more to say getting more.
    """
    free = available - COLUMN_GAP * len(columns)
    natural = [column.widest * size * SPARE for column in columns]
    least = [column.word * size * SPARE for column in columns]
    if sum(least) > free:
        return None
    settled: dict[int, float] = {}
    while len(settled) < len(columns):
        unsettled = [index for index in range(len(columns)) if index not in settled]
        left = free - sum(settled.values())
        weight = sum(math.sqrt(natural[index]) for index in unsettled) or 1.0
        share = {index: left * math.sqrt(natural[index]) / weight for index in unsettled}
        cramped = {index: least[index] for index in unsettled if least[index] > share[index]}
        content = {index: natural[index] for index in unsettled if natural[index] <= share[index]}
        settled |= cramped or content or share
    return [settled[index] for index in range(len(columns))]


def column_spec(columns: list[Column], shares: list[float], available: float) -> str:
    """Return LaTeX's column specification; the column types are defined in docs/_latex/lpa-tables.sty."""
    return "".join(
        rf"\lpa{column.align}{{{(share + COLUMN_GAP) / available:.4f}}}"
        for column, share in zip(columns, shares, strict=True)
    )


class FitTables(SphinxPostTransform):
    """Give every table its column specification, and turn those that do not fit upright."""

    default_priority = 500  # references are resolved: their words count
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Fit the tables one by one."""
        for table in list(self.document.findall(nodes.table)):
            self.fit(table)

    def fit(self, table: nodes.table) -> None:
        """Choose size, widths and direction of a table."""
        columns = columns_of(table)
        for size, points in SIZES.items():
            shares = widths(columns, points, MEASURE)
            natural = shares is not None and sum(shares) + COLUMN_GAP * len(columns) < MEASURE - 0.5
            if shares and (natural or len(columns) <= MOST_COLUMNS):
                frame = "" if self.is_long(table, shares, points) else "lpawhole"
                return self.place(table, size, column_spec(columns, shares, MEASURE), frame)
        for size, points in SIZES.items():
            if shares := widths(columns, points, TURNED_MEASURE):
                frame = "lpaturnedpages" if self.is_long(table, shares, points) else "lpaturned"
                return self.place(table, size, column_spec(columns, shares, TURNED_MEASURE), frame)
        logger.warning(
            "this table is too wide for a page, even turned: its longest words do not fit beside each other. "
            "Split it, or shorten words.",
            location=table,
            type="latex",
            subtype="table_too_wide",
            once=True,  # the book has the same table
        )

    def is_long(self, table: nodes.table, shares: list[float], size: float) -> bool:
        """Tell whether a table is so long that it may break across pages, and let Sphinx know."""
        lines = 0.0
        for row in table.findall(nodes.row):
            cells = zip(row.findall(nodes.entry), shares, strict=False)
            lines += (
                max((math.ceil(measure(cell)[0] * size / share) for cell, share in cells if share), default=1) + 0.3
            )
        if lines > LONG:
            table["classes"].append("longtable")
        return lines > LONG

    def place(self, table: nodes.table, size: str, spec: str, frame: str) -> None:
        """Put column specification, size, and what keeps it together or turns it, around a table."""
        captioned = any(isinstance(part, nodes.title) for part in table.children)
        uncounted = "lpauncounted" if "longtable" in table["classes"] and not captioned else ""
        frames = [name for name in (frame, uncounted) if name]
        begin = "".join(rf"\begin{{{name}}}" for name in frames)
        end = "".join(rf"\end{{{name}}}" for name in reversed(frames))
        around: list[nodes.Node] = [nodes.raw("", rf"{begin}\lpatablesize{{{size}}}", format="latex")]
        around += [addnodes.tabular_col_spec(spec=spec), table, nodes.raw("", end, format="latex")]
        table.replace_self(around)
