"""Every article opens with complete front matter, and its one level-one heading is its title.

Fields: title, description, reviewed (a date), prerequisites (stems of other articles; `_ext.article_page` looks them
up), keywords. Other pages have none.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from _ext.source_tree import PREFIX

BLOCK = re.compile(r"---[ ]*\n(?P<yaml>.*?)^---[ ]*$", re.DOTALL | re.MULTILINE)
logger = logging.getLogger(__name__)


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _sentence(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"\S.*[.?!]", value))


def _date(value: object) -> bool:
    return type(value) is datetime.date


def _list(value: object) -> bool:
    return isinstance(value, list) and all(_text(item) for item in value)


def _nonempty_list(value: object) -> bool:
    return _list(value) and bool(value)


# field: what holds for it, in words, and an example that an author can copy
FIELDS: Mapping[str, tuple[Callable[[object], bool], str, str]] = {
    "title": (_text, "the article's title", "title: KV Cache Optimization"),
    "description": (_sentence, "one sentence on one line, with its full stop", "description: What the cache costs."),
    "reviewed": (_date, "the date of the last review", "reviewed: 2026-11-24"),
    "prerequisites": (_list, "a list of articles to read first, possibly empty", "prerequisites: [tokenization]"),
    "keywords": (_nonempty_list, "a list of keywords", "keywords: [inference, memory]"),
}


class FrontMatter:
    """The front matter of one source: the values and the line of each field."""

    def __init__(self, source: str) -> None:
        """Parse the block at the beginning; raise yaml.YAMLError when it is not YAML."""
        self.values: dict[str, Any] = {}
        self.lines: dict[str, int] = {}
        match = BLOCK.match(source)
        self.present = match is not None
        node = yaml.compose(match["yaml"], Loader=yaml.SafeLoader) if match else None
        if isinstance(node, yaml.MappingNode):
            constructor = yaml.SafeLoader("")
            for key, value in node.value:
                self.values[key.value] = constructor.construct_object(value, deep=True)
                self.lines[key.value] = key.start_mark.line + 2  # counted from 0, after the opening `---`


def check_fields(app: Sphinx, docname: str, content: list[str]) -> None:
    """Report missing and invalid fields of an article."""
    if not docname.startswith(PREFIX):
        return

    def report(line: int, subtype: str, message: str) -> None:
        logger.warning(message, location=(docname, line), type="front_matter", subtype=subtype)

    try:
        matter = FrontMatter(content[0])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or error
        report(
            mark.line + 2 if mark else 1,
            "malformed",
            f"front matter is not valid YAML ({problem}); put a value with a colon or a bracket in quotes",
        )
        return
    for name, (valid, expected, example) in FIELDS.items():
        if name not in matter.values:
            report(
                1,
                "missing",
                f"front matter has no field `{name}`: expected {expected}; "
                f"add a line like `{example}` between the `---` lines at the top of the file",
            )
        elif not valid(matter.values[name]):
            report(
                matter.lines[name],
                "invalid",
                f"front matter field `{name}` is {matter.values[name]!r}: expected {expected}; "
                f"write it like `{example}`",
            )


def check_heading(app: Sphinx, doctree: nodes.document) -> None:
    """Report an article whose level-one heading is missing, repeated, or differs from its title."""
    docname = app.env.docname
    title = app.env.metadata[docname].get("title")
    if not docname.startswith(PREFIX) or not _text(title):
        return
    headings = [title for title in doctree.findall(nodes.title) if title.parent.parent is doctree]
    if not headings:
        logger.warning(
            f"the article has no level-one heading; add the line `# {title}` below the front matter",
            location=docname,
            type="front_matter",
            subtype="heading",
        )
        return
    if (text := headings[0].astext()) != title:
        logger.warning(
            f"the heading `{text}` differs from the front matter's title `{title}`; make them equal",
            location=headings[0],
            type="front_matter",
            subtype="heading",
        )
    for heading in headings[1:]:
        logger.warning(
            f"second level-one heading `{heading.astext()}`: an article has one, its title; start this line with `##`",
            location=heading,
            type="front_matter",
            subtype="heading",
        )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.connect("source-read", check_fields)
    app.connect("doctree-read", check_heading)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
