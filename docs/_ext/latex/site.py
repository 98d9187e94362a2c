"""The published PDFs are part of the site: each is copied beside its page."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.osutil import copyfile

from _ext.latex.documents import article_docnames


def copy_pdfs_beside_pages(app: Sphinx, exception: Exception | None) -> None:
    """Copy each article's PDF to the same path in the site; one that is missing is the affair of `nox -s published`."""
    if exception or app.builder.name != "html":
        return
    for docname in article_docnames(app.env):
        source = Path(app.env.doc2path(docname)).with_suffix(".pdf")
        if source.is_file():
            target = Path(app.outdir) / f"{docname}.pdf"
            target.parent.mkdir(parents=True, exist_ok=True)
            copyfile(source, target, force=True)
