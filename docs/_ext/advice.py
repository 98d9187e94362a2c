"""Say what to do: add one sentence of advice to the warnings of Sphinx and its extensions that an author can cause.

Messages of our own extensions say it themselves. The check that finds the fault stays the stock one; this only appends
to its text, so that no message is lost when a dependency words it anew (the tests then tell that the advice is gone).
"""

from __future__ import annotations

import logging
import re

from sphinx.application import Sphinx
from sphinx.util.logging import NAMESPACE
from sphinx.util.typing import ExtensionMetadata

ADVICE = (  # the words of the message, what to do
    (
        r"'myst' cross-reference target not found: '[^']*\.md",
        "no such file; give the path from this file's folder (another article: other_article.md, the glossary: "
        "../docs/glossary.md)",
    ),
    (r"'myst' cross-reference target not found", "define the label, or correct its name"),
    (
        r"local id not found in doc",
        "no heading or label with that name there; use the heading in lower case with hyphens for spaces",
    ),
    (
        r"could not find bibtex key",
        "correct the key, or add the work to the file of its kind in references/ with a record in "
        "references/verified.toml; the article needs a {bibliography}",
    ),
    (r"duplicate label|Duplicate explicit target name", "rename one (both places are named in another message)"),
    (r"term not in glossary", "add the term to docs/glossary.md, or correct its spelling"),
    (r"equation not found|undefined label", "define the label, or correct its name"),
)


class Adviser(logging.Filter):
    """Append the advice to a record's message; let every record pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Complete the message."""
        message = record.getMessage()
        for pattern, advice in ADVICE:
            if re.search(pattern, message):
                record.msg = f"{message.rstrip('.')}: {advice}"
                record.args = ()
                break
        return True


def advise(app: Sphinx) -> None:
    """Put the adviser before Sphinx's own filters, which add the type of the warning at the end."""
    for handler in logging.getLogger(NAMESPACE).handlers:
        if handler.level == logging.WARNING:
            handler.filters.insert(0, Adviser())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.connect("builder-inited", advise)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
