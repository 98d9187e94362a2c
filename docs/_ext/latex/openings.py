"""What a reader sees first: the title block of an article, the opening of a chapter, the title page of the book.

The layout is in docs/_latex/; here it gets its words and the PDF its metadata.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from _ext.latex.documents import Article, article, article_docnames, escape

if TYPE_CHECKING:
    from _ext.latex.builder import ArticlesLaTeXBuilder

LICENCE = "CC BY-SA 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by-sa/4.0/"


def title_block(this: Article, builder: ArticlesLaTeXBuilder) -> dict[str, Any]:
    """Return the template's values for an article."""
    return {
        "date": escape(this.date),
        "preamble": _preamble(
            builder,
            "lpa-article",
            lpatitle=this.title,
            lpaabstract=this.description,
            lpadate=this.date,
            lpakeywords=", ".join(this.keywords),
            lpaaddress=builder.public_uri(this.docname),
        ),
    }


def book(builder: ArticlesLaTeXBuilder) -> dict[str, Any]:
    """Return the template's values for the book."""
    articles = [article(builder.env, docname) for docname in article_docnames(builder.env)]
    dated = [one for one in articles if one.reviewed]
    latest = max(dated, key=lambda one: str(one.reviewed)).date if dated else ""
    keywords = dict.fromkeys(keyword for one in articles for keyword in one.keywords)
    return {
        "date": escape(latest),
        "preamble": _preamble(
            builder,
            "lpa-book",
            lpatitle=builder.config.project,
            lpaabstract=builder.config.book_description,
            lpadate=latest,
            lpakeywords=", ".join(keywords),
            lpaaddress=builder.config.html_baseurl,
            lpaversion=builder.config.version,
        ),
    }


def open_chapter(chapter: addnodes.start_of_file, this: Article, builder: ArticlesLaTeXBuilder) -> None:
    """Put abstract, date and address under the title of an article's chapter."""
    heading = chapter.next_node(nodes.title)
    if heading is None:
        return
    texts = (this.description, this.date, builder.public_uri(this.docname))
    words = "".join(f"{{{escape(text)}}}" for text in texts)
    heading.parent.insert(
        heading.parent.index(heading) + 1, nodes.raw("", r"\lpachapteropening" + words, format="latex")
    )


def _preamble(builder: ArticlesLaTeXBuilder, style: str, **words: str) -> str:
    """Define the words as macros, then load the style that sets them."""
    shared: Mapping[str, str] = {
        "lpaproject": builder.config.project,
        "lpaauthor": builder.config.author,
        "lpasite": builder.config.html_baseurl,
        "lpalicence": LICENCE,
        "lpalicenceaddress": LICENCE_URL,
        "lpalanguage": builder.config.language,
    }
    macros = "".join(f"\\newcommand*\\{name}{{{escape(text)}}}\n" for name, text in {**shared, **words}.items())
    others = builder.config.latex_elements.get("preamble", "")  # macros of other extensions
    return f"{macros}\\usepackage{{{style}}}\n{others}"
