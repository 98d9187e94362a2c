"""The LaTeX builder: addresses of what is elsewhere, title blocks, image names, and a list of what was written."""

from __future__ import annotations

import json
import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.latex import LaTeXBuilder
from sphinx.builders.latex.theming import Theme

from _ext.latex import openings
from _ext.latex.digest import LIST_OF_DOCUMENTS, Source
from _ext.latex.documents import BOOK, article, article_docnames, in_preparation, latex_documents


class ArticlesLaTeXBuilder(LaTeXBuilder):
    """Writes <stem>.tex for every article, and the book."""

    def init_document_data(self) -> None:
        """Find the documents; nobody lists them in conf.py."""
        self.config.latex_documents = latex_documents(self.env)
        self.written: list[Source] = []
        super().init_document_data()

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return where a document is: in this PDF, or at its public address (Sphinx gives up there, silently)."""
        if docname in self.docnames and docname not in in_preparation(self.env):
            return super().get_target_uri(docname, typ)
        return self.public_uri(docname)

    def public_uri(self, docname: str) -> str:
        """Return the address of a document's page on the site."""
        return f"{self.config.html_baseurl.rstrip('/')}/{docname}.html"

    def assemble_doctree(self, indexfile: str, toctree_only: bool, appendices: list[str]) -> nodes.document:
        """Put a document together; in the book each chapter opens with what the article's title block says."""
        self.current = indexfile
        tree = super().assemble_doctree(indexfile, toctree_only, appendices)
        articles = set(article_docnames(self.env))
        prepared = in_preparation(self.env)
        for chapter in list(tree.findall(addnodes.start_of_file)):
            if chapter["docname"] in prepared:  # in a list of the title page, for the site
                chapter.parent.remove(chapter)
            elif chapter["docname"] in articles:
                openings.open_chapter(chapter, article(self.env, chapter["docname"]), self)
        return tree

    def get_contentsname(self, indexfile: str) -> str:
        """Head the contents "Contents": Sphinx takes the caption of the first list of articles."""
        return ""

    def post_process_images(self, doctree: nodes.Node) -> None:
        """Name images by their path: Sphinx names them in reading order, so a new article could rename old ones."""
        super().post_process_images(doctree)
        uris = {image["uri"] for image in doctree.findall(nodes.image)} & set(self.images)
        self.images.update((uri, self.image_name(uri)) for uri in uris)
        images = {self.images[uri] for uri in uris}
        self.written.append(self.describe(tuple(sorted(images))))

    def image_name(self, uri: str) -> str:
        """Return a file name for an image, the same on every machine.

        ../figures/kv_cache/sizes.pdf becomes figures-kv_cache-sizes.pdf.
        """
        root = Path(self.srcdir).parent
        path = Path(self.srcdir, uri).resolve()
        parts = path.relative_to(root).parts if path.is_relative_to(root) else path.parts[-1:]
        return re.sub(r"[^\w.-]+", "-", "-".join(parts))

    def describe(self, images: tuple[str, ...]) -> Source:
        """Describe the document at hand for those who make and check its PDF."""
        articles = [article(self.env, docname) for docname in article_docnames(self.env)]
        if self.current == self.config.root_doc:
            dates = [one.reviewed for one in articles if one.reviewed]
            return Source(BOOK, self.config.root_doc, max(dates).isoformat() if dates else "", images)
        (this,) = (one for one in articles if one.docname == self.current)
        return Source(this.stem, this.docname, this.reviewed.isoformat() if this.reviewed else "", images)

    def update_doc_context(self, title: str, author: str, theme: Theme) -> None:
        """Set what differs between an article and the book."""
        super().update_doc_context(title, author, theme)
        if self.current == self.config.root_doc:
            self.context.update(openings.book(self))
        else:
            self.context.update(openings.title_block(article(self.env, self.current), self))

    def finish(self) -> None:
        """Write the list of documents beside them."""
        super().finish()
        text = json.dumps([vars(source) for source in self.written], indent=1, ensure_ascii=False)
        (self.outdir / LIST_OF_DOCUMENTS).write_text(text + "\n", encoding="utf-8")
