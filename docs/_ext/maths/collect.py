"""The formulas of each document, kept with the build environment so that all are rendered in one go."""

from __future__ import annotations

from dataclasses import dataclass

from docutils import nodes
from docutils.utils import get_source_line
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Formula:
    """What KaTeX is given."""

    tex: str
    display: bool

    @classmethod
    def of(cls, node: nodes.TextElement) -> Formula:
        """Make the formula of a node; a displayed one may have several lines, as in Sphinx's LaTeX."""
        text = node.astext().strip()
        if not isinstance(node, nodes.math_block):
            return cls(text, display=False)
        parts = [
            rf"\begin{{split}}{part}\end{{split}}" if r"\\" in part else part
            for part in (part.strip() for part in text.split("\n\n"))
            if part
        ]
        if len(parts) > 1:
            return cls(r"\begin{aligned}" + r"\\".join(parts) + r"\end{aligned}", display=True)
        return cls("".join(parts), display=True)


def formulas(env: BuildEnvironment) -> dict[str, list[tuple[Formula, int]]]:
    """The formulas of each document with their lines."""
    if not hasattr(env, "lpa_formulas"):
        env.lpa_formulas = {}  # type: ignore[attr-defined]  # extensions keep their data on the environment
    found: dict[str, list[tuple[Formula, int]]] = env.lpa_formulas  # type: ignore[attr-defined]  # extensions keep their data on the environment
    return found


def note(app: Sphinx, doctree: nodes.document) -> None:
    r"""Note the formulas of a document, and report a ``\label`` in one: KaTeX and the PDF would number apart."""
    found: list[tuple[Formula, int]] = []
    for kind in (nodes.math, nodes.math_block):
        for node in doctree.findall(kind):
            formula, line = Formula.of(node), get_source_line(node)[1] or 0
            if r"\label" in formula.tex:
                logger.warning(
                    r"`\label` inside a formula: expected the label after it; write `$$ … $$ (eq-name)` "
                    "and refer to it with {eq}`eq-name`",
                    location=(app.env.docname, line),
                    type="maths",
                    subtype="label",
                )
            else:
                found.append((formula, line))
    formulas(app.env)[app.env.docname] = found


def purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget a document that is read again or gone."""
    formulas(env).pop(docname, None)


def merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    """Take what a worker found."""
    for docname in docnames:
        formulas(env)[docname] = formulas(other).get(docname, [])
