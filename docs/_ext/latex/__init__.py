"""PDFs worth printing: one per article, and the book of all of them, by Sphinx's LaTeX builder.

Sphinx alone gets several LaTeX documents out of one project silently wrong; each module here mends one such fault:

- `documents`  which documents there are, and what their title blocks say (from the articles' front matter)
- `builder`    the LaTeX builder that knows the public address of what is not in the document at hand
- `references` figures, tables, equations and sections of other articles named together with their article
- `numbering`  numbers count per document: equal on the page, in the article's PDF and in the book
- `citations`  reference lists stay where they stand
- `tables`     column alignment, widths that fit the measure, wide tables turned
- `breaks`     long names of files may break across lines
- `footnotes`  no rule above footnotes that have gone to their pages
- `elements`   LaTeX settings and the design in docs/_latex/
- `site`       published PDFs are copied beside their pages

Without Sphinx: `digest` (is a published PDF fresh?), `tex` and `log` (run LaTeX, read its log), `publish` (what
`nox -s pdf` and `nox -s published` do), `__main__` (their command line).
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from _ext.latex.breaks import LongNamesBreak
from _ext.latex.builder import ArticlesLaTeXBuilder
from _ext.latex.citations import FreshCitations, ReferenceListsStay, drop_gathering
from _ext.latex.elements import set_latex_options
from _ext.latex.footnotes import DropFootnoteRule
from _ext.latex.numbering import count_per_document
from _ext.latex.references import NameOtherDocuments
from _ext.latex.site import copy_pdfs_beside_pages
from _ext.latex.tables import FitTables


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("_ext.source_tree")
    app.setup_extension("sphinxcontrib.bibtex")
    app.add_builder(ArticlesLaTeXBuilder, override=True)
    app.add_config_value("book_description", "", "", str, "One sentence for the title page of the book.")
    app.connect("config-inited", set_latex_options)
    count_per_document(app)
    drop_gathering(app)
    app.add_post_transform(NameOtherDocuments)
    app.add_post_transform(FreshCitations)
    app.add_post_transform(ReferenceListsStay)
    app.add_post_transform(LongNamesBreak)
    app.add_post_transform(FitTables)
    app.add_post_transform(DropFootnoteRule)
    app.connect("build-finished", copy_pdfs_beside_pages)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
