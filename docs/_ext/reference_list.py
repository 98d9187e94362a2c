"""The reference list of an article: sorted by author, labelled as its citations read, one per article.

A citation reads "Kwon et al., 2023" and so does the label of the work in the list. Works of one list that would read
the same get letters ("NVIDIA, 2026a"), per list, so that a new entry for one article changes no other. The list stands
under `## References` at the end of the article, in the stock directive:

    ```{bibliography}
    :filter: docname in docnames
    ```
"""

from __future__ import annotations

import ast
import itertools
import unicodedata
from collections import Counter
from collections.abc import Iterable
from string import ascii_lowercase
from typing import Any, cast

from docutils import nodes
from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.richtext import Text
from pybtex.style.formatting.unsrt import Style as UnsrtStyle
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.domain import BibtexDomain

FILTER = "docname in docnames"
STYLE = "lpa"
BACK_LINKS = 10
logger = logging.getLogger(__name__)


class AuthorYearLabels(BaseLabelStyle):  # type: ignore[misc]  # pybtex ships no types
    """Labels that read as the author–year citations do, with letters where two would be the same."""

    def format_labels(self, sorted_entries: Iterable[Entry]) -> list[str]:
        """Make the label of each entry."""
        labels = [f"{author(entry)}, {entry.fields.get('year', 'n.d.')}" for entry in sorted_entries]
        letters = {label: itertools.count() for label, number in Counter(labels).items() if number > 1}
        return [label + letter(next(letters[label])) if label in letters else label for label in labels]


class AuthorYearSorting(BaseSortingStyle):  # type: ignore[misc]  # pybtex ships no types
    """By the names of all authors, then year, then title; accents, case and braces do not count."""

    def sorting_key(self, entry: Entry) -> tuple[str, str, str]:
        """Make the key of an entry."""
        names = " ".join(family_names(entry)) or str(entry.fields.get("title", entry.key))
        plain = unicodedata.normalize("NFKD", names).encode("ascii", "ignore").decode().casefold()
        return plain, entry.fields.get("year", ""), entry.fields.get("title", "")


class ListStyle(UnsrtStyle):  # type: ignore[misc]  # pybtex ships no types
    """Entries as plain as pybtex makes them, sorted and labelled by author and year."""

    default_sorting_style = STYLE
    default_label_style = STYLE


def letter(number: int) -> str:
    """Count in letters: a … z, aa, ab …"""
    return (letter(number // 26 - 1) if number >= 26 else "") + ascii_lowercase[number % 26]


def family_names(entry: Entry) -> list[str]:
    """Give the family names of the authors, or of the editors if there is no author."""
    return [
        str(Text("\N{NO-BREAK SPACE}").join([*person.rich_prelast_names, *person.rich_last_names]))
        for person in entry.persons.get("author") or entry.persons.get("editor") or []
    ]


def author(entry: Entry) -> str:
    """Name the author or authors of a work as a citation does."""
    names = family_names(entry)
    if not names:
        return str(entry.fields.get("title", entry.key))
    return f"{names[0]} et al." if len(names) > 2 else " and ".join(names)


def set_defaults(app: Sphinx, config: Config) -> None:
    """Set what sphinxcontrib-bibtex leaves to the project: the style, and ids that one can link to."""
    config.bibtex_default_style = STYLE
    config.bibtex_cite_id = "cite-{key}"


def cite_with_letter(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give citations the letter of the label: they read the year of the entry, so each list gets its own copy."""
    domain = cast(BibtexDomain, env.get_domain("cite"))
    for index, citation in enumerate(domain.citations):
        year = str(citation.formatted_entry.label).rsplit(", ", 1)[1]
        if "year" in citation.entry.fields and citation.entry.fields["year"] != year:
            entry = Entry(citation.entry.type, {**citation.entry.fields, "year": year}, citation.entry.persons)
            entry.key = citation.entry.key
            domain.citations[index] = citation._replace(entry=entry)
    return []


def check_lists(app: Sphinx, env: BuildEnvironment) -> None:
    """Report a document that cites without a list of its own: its citations would lead to another document."""
    domain = cast(BibtexDomain, env.get_domain("cite"))
    lists: dict[str, list[tuple[int, str]]] = {}
    for key, value in domain.bibliographies.items():
        lists.setdefault(key.docname, []).append((value.line, ast.unparse(value.filter_)))
    first_citations = {ref.docname: ref.line for ref in reversed(domain.citation_refs)}
    for docname, line in sorted(first_citations.items()):
        if docname not in lists:
            logger.warning(
                "the document cites but has no reference list; end it with the heading `## References` and the "
                f"directive {{bibliography}} with the option `:filter: {FILTER}`",
                location=(docname, line),
                type="reference_list",
                subtype="missing",
            )
    for docname, found in sorted(lists.items()):
        for number, (line, expression) in enumerate(found):
            if number or expression != FILTER:
                logger.warning(
                    f"the reference list has the filter `{expression}`"
                    + (" and is not the only one" if number else "")
                    + f": expected one list per document; write {{bibliography}} once, with `:filter: {FILTER}`",
                    location=(docname, line),
                    type="reference_list",
                    subtype="form",
                )


class FewBackLinks(SphinxPostTransform):
    """Keep the first links back to the text: a source of a whole table is cited by each of its cells."""

    default_priority = 6  # after BibliographyTransform has made the entries

    def run(self, **kwargs: Any) -> None:
        """Perform the transform."""
        for entry in self.document.findall(nodes.citation):
            entry["backrefs"] = list(dict.fromkeys(entry["backrefs"]))[:BACK_LINKS]


def add_style_sheet(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load the style sheet on pages with a list."""
    if doctree is not None and next(doctree.findall(nodes.citation), None) is not None:
        app.add_css_file("reference_list.css")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("sphinxcontrib.bibtex")
    register_plugin("pybtex.style.labels", STYLE, AuthorYearLabels)
    register_plugin("pybtex.style.sorting", STYLE, AuthorYearSorting)
    register_plugin("pybtex.style.formatting", STYLE, ListStyle)
    app.connect("config-inited", set_defaults)
    app.connect("env-updated", cite_with_letter, priority=600)  # after sphinxcontrib-bibtex has made the labels
    app.add_post_transform(FewBackLinks)
    app.connect("env-check-consistency", check_lists)
    app.connect("html-page-context", add_style_sheet)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
