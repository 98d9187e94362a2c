"""The cards of the title page: ``{articles}`` below the heading of a theme, one stem per line, in reading order.

The directive is a hidden table of contents whose caption is that heading, so that the navigation, the order of the
book and the cards have one source. What a card says comes from the article's front matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.directives.other import TocTree
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from _ext.article_page import article, source
from _ext.source_tree import PREFIX


class article_cards(nodes.General, nodes.Element):
    """Stands where the cards of ``docnames`` come; only HTML has them."""


class Articles(TocTree):
    """``:::{articles}`` below the heading of a theme, with stems as its lines."""

    option_spec = {}  # noqa: RUF012 - as docutils has it

    def run(self) -> list[nodes.Node]:
        """A hidden table of contents, followed by the place of the cards."""
        for index, line in enumerate(self.content):
            self.content[index] = PREFIX + line.strip() if line.strip() else ""
        self.options = {"hidden": True}
        cards = article_cards(docnames=[line for line in self.content if line])
        self.set_source_info(cards)
        return [*super().run(), cards]


class HeadingAsCaption(SphinxTransform):
    """Give each hidden table of contents the heading above it as caption; a directive cannot see it in MyST."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        """Set the captions."""
        for cards in self.document.findall(article_cards):
            section = cards.parent
            toctree = section[section.index(cards) - 1].next_node(addnodes.toctree)
            if isinstance(section, nodes.section) and toctree is not None:
                toctree["caption"] = toctree["rawcaption"] = section[0].astext()


def visit_html(self: HTML5Translator, node: article_cards) -> None:
    """Render the cards; an article that does not exist has been reported by the table of contents."""
    assert isinstance(self.builder, StandaloneHTMLBuilder)
    cards = []
    for docname in node["docnames"]:
        if found := article(self.builder.env, docname):
            pdf = source(self.builder.env, found.stem, ".pdf").is_file()
            cards.append((found, self.builder.get_relative_uri(self.builder.current_docname, docname), pdf))
    self.body.append(self.builder.templates.render("article_cards.html", {"cards": cards}))
    raise nodes.SkipNode


def skip(self: Any, node: article_cards) -> None:
    """Nothing: the table of contents has the articles."""
    raise nodes.SkipNode


def pages_with_cards(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Write the root page in every build: its cards repeat what the articles' front matter says."""
    return [app.config.root_doc]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_node(article_cards, html=(visit_html, None), latex=(skip, None), text=(skip, None))
    app.add_directive("articles", Articles)
    app.add_transform(HeadingAsCaption)
    app.connect("env-updated", pages_with_cards)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
