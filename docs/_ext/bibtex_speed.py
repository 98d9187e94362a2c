"""Make citations and numbered references fast without changing a byte of the output.

Stock sphinxcontrib-bibtex 2.7 and Sphinx 9 need four times the time on sixteen articles of forty citations each. One
function per patch, each with its reason; `tests/ext/test_bibtex_speed.py` compares patched with stock output and checks
that every patch takes effect. When a dependency's version changes what is patched here, those tests tell.
"""

from __future__ import annotations

import ast
import gc
import importlib.metadata
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

import pybtex.plugin
from docutils import nodes
from pybtex.database import Entry
from pybtex.richtext import BaseText
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.directives import BibliographyKey
from sphinxcontrib.bibtex.domain import BibtexDomain

STOCK_NUMREF = StandardDomain._resolve_numref_xref
STOCK_FILTER = BibtexDomain.get_filtered_entries
STOCK_FORMAT = BaseStyle.format_entry


def cache_plugin_lookup() -> None:
    """Look each pybtex plugin up once: stock reads the metadata of all installed packages for every citation."""
    pybtex.plugin.entry_points = cache(importlib.metadata.entry_points)


@lru_cache(maxsize=8)
def _doctree(env: BuildEnvironment, docname: str) -> nodes.document:
    return env.get_doctree(docname)


class _EnvironmentWithDoctreeCache:
    """The build environment, for a reader who only looks at doctrees."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env

    def get_doctree(self, docname: str) -> nodes.document:
        return _doctree(self._env, docname)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._env, name)


def keep_doctrees_for_numref() -> None:
    """Keep the last eight doctrees: `numref` unpickles the whole target document for each reference to a figure."""

    def resolve(self: StandardDomain, env: BuildEnvironment, *args: Any) -> Any:
        return STOCK_NUMREF(self, _EnvironmentWithDoctreeCache(env), *args)  # type: ignore[arg-type]  # stands in for the environment

    StandardDomain._resolve_numref_xref = resolve  # type: ignore[method-assign,assignment]  # the patch itself


def index_citations_for_filter() -> None:
    """Find the documents that cite a work in an index: stock scans all citations of the site per work and list.

    Only the two filters in use are answered from the index; any other expression goes to the stock code.
    """

    def filtered(self: BibtexDomain, bibliography_key: BibliographyKey) -> Iterable[tuple[str, Entry]]:
        bibliography = self.bibliographies[bibliography_key]
        expression = ast.unparse(bibliography.filter_)
        if expression not in ("docname in docnames", "cited"):
            yield from STOCK_FILTER(self, bibliography_key)
            return
        citing: defaultdict[str, set[str]] = defaultdict(set)
        for reference in self.citation_refs:
            for target in reference.targets:
                citing[target.key].add(reference.docname)
        for entry in self.get_entries(bibliography.bibfiles):
            key = bibliography.keyprefix + entry.key
            docnames = citing.get(key, set())
            wanted = bool(docnames) if expression == "cited" else bibliography_key.docname in docnames
            if wanted or entry.key in bibliography.keys:
                yield key, entry

    BibtexDomain.get_filtered_entries = filtered  # type: ignore[method-assign]  # the patch itself


_texts: dict[tuple[type[BaseStyle], int], tuple[Entry, BaseText]] = {}  # the entry is kept so that its id stays its own


def format_each_work_once() -> None:
    """Format a work once: stock does it for each list it is in, and again for the tooltip of its citations."""

    def format_entry(self: BaseStyle, label: str, entry: Entry, bib_data: Any = None) -> FormattedEntry:
        known = _texts.get((type(self), id(entry)))
        if known is None:
            formatted = STOCK_FORMAT(self, label, entry, bib_data)
            known = _texts[type(self), id(entry)] = (entry, formatted.text)
        return FormattedEntry(entry.key, known[1], label)

    BaseStyle.format_entry = format_entry


def forget(app: Sphinx, exception: Exception | None = None) -> None:
    """Drop what was kept for one build."""
    _doctree.cache_clear()
    _texts.clear()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Apply the patches."""
    cache_plugin_lookup()
    keep_doctrees_for_numref()
    index_citations_for_filter()
    format_each_work_once()
    gc.set_threshold(50_000, 20, 20)  # a build makes millions of small objects and few cycles: collect less often
    app.connect("builder-inited", forget)
    app.connect("build-finished", forget)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
