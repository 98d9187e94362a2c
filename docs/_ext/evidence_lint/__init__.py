"""The evidence linter: no number with a unit, multiplier or percentage without evidence in its sentence or cell.

Evidence is a citation with a locator (``{cite:p}`key{§4.2}` ``) or a number marked ``{computed}``, ``{measured}`` or
``{assumed}``, in the same sentence; in a table in the same cell, in the first cell of its row or in the head of its
column. A bare number in a cell whose row or column head names a unit counts as a number with a unit.

It looks at prose, lists, captions, footnotes and tables of the documents in ``evidence_lint_documents``, as a rule all
of them. It does not look at headings, code, maths, alt texts, front matter, the reference list, and tables made from
data and calculators, whose numbers are checked where they are made.

What it cannot see, so that reviewers must:

- which of several numbers a citation or mark in the sentence covers: one satisfies the whole sentence;
- whether the cited source says so;
- a claim in what it does not look at: a heading ("80 GB are enough"), code, maths (``$8\\,\\text{GB}$``), an alt text,
  a picture, the description in the front matter, a page built by a template;
- numbers in words ("doubled", "twice the memory", "half", "a third", "eighty layers");
- counts of things that are not in its list, bare numbers ("a batch of 32", "a score between 60 and 70"), comparisons
  without a number ("much faster"), a factor that stands before what it multiplies ("×3 in speed"), dates and years;
- names: "A100 80GB", "Llama 3 70B", "4-bit" and "a 128k model" are names, even where one of them states a fact.

One module per step: ``text`` turns nodes into text with placeholders, ``sentences`` splits it, ``claims`` finds the
numbers, ``tree`` walks a document.
"""

from __future__ import annotations

from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from _ext.evidence_lint import tree

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


def check(app: Sphinx, document: nodes.document) -> None:
    """Warn about every sentence and cell of a document that makes a claim without evidence."""
    docname = app.env.docname
    if not any(fnmatch(docname, pattern) for pattern in app.config.evidence_lint_documents):
        return
    for finding in tree.findings(document):
        app.env.note_reread()  # a warning must not vanish with a second build
        logger.warning(
            "%s without evidence in %s: '%s'. Cite a source with its locator ({cite:p}`key{§2}`), mark the number "
            "{computed}, {measured} or {assumed}, or leave it out",
            ", ".join(f"'{claim}'" for claim in finding.claims),
            finding.place,
            finding.text,
            type="evidence",
            subtype="unsupported",
            location=(docname, finding.line),
        )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the check."""
    app.add_config_value("evidence_lint_documents", ("*",), "env", types=frozenset({tuple, list}))
    app.connect("doctree-read", check)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
