"""Figures, tables, equations and listings are counted per document.

Sphinx counts through the whole site in HTML, per section in an article's PDF and per chapter in a book: three numbers
for one figure. Here every document starts at 1; the LaTeX side is `\\counterwithin*` in docs/_latex/lpa-book.sty.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector

Numbers = dict[str, dict[str, tuple[int, ...]]]


def from_one(numbers: Numbers) -> Numbers:
    """Renumber what one document holds: the order stays, the first of each kind is 1.

    >>> from_one({"figure": {"b": (7,), "c": (9,)}, "table": {"t": (4,)}})
    {'figure': {'b': (1,), 'c': (2,)}, 'table': {'t': (1,)}}
    """
    return {
        kind: {node_id: (rank,) for rank, node_id in enumerate(sorted(ids, key=ids.__getitem__), start=1)}
        for kind, ids in numbers.items()
    }


class PerDocumentCollector(TocTreeCollector):
    """Sphinx's collector of numbers, counting per document."""

    def assign_figure_numbers(self, env: BuildEnvironment) -> list[str]:
        """Number everything, and name the documents whose numbers changed."""
        before = env.toc_fignumbers
        super().assign_figure_numbers(env)
        env.toc_fignumbers = {docname: from_one(numbers) for docname, numbers in env.toc_fignumbers.items()}
        return [docname for docname, numbers in env.toc_fignumbers.items() if numbers != before.get(docname)]


def count_per_document(app: Sphinx) -> None:
    """Put our collector in the place of Sphinx's."""
    for listener in list(app.events.listeners["env-get-updated"]):
        collector = getattr(listener.handler, "__self__", None)
        if type(collector) is TocTreeCollector:
            collector.disable(app)
    app.add_env_collector(PerDocumentCollector)
