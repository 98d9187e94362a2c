"""Is a published PDF made from today's sources? Its digest says so, without TeX.

The digest covers everything that LaTeX reads of ours: the .tex, its images, the style files and Sphinx's. It depends
on no path, no clock and no TeX, only on contents; the PDF carries it as /SourceDigest in its document information.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pikepdf

LIST_OF_DOCUMENTS = "documents.json"
KEY = "/SourceDigest"
STYLES = ("*.sty", "*.cls")


@dataclass(frozen=True)
class Source:
    """One LaTeX document, as Sphinx's builder left it."""

    name: str  # of the files, without suffix
    docname: str
    reviewed: str  # ISO date, "" if unknown: the clock of the PDF
    images: tuple[str, ...]


def read_sources(folder: Path) -> list[Source]:
    """Read the list of documents that the builder wrote."""
    items = json.loads((folder / LIST_OF_DOCUMENTS).read_text(encoding="utf-8"))
    return [Source(**{**item, "images": tuple(item["images"])}) for item in items]


def source_digest(folder: Path, source: Source) -> str:
    """Compute the digest of what a document's PDF is made from."""
    styles = sorted(file.name for pattern in STYLES for file in folder.glob(pattern))
    total = hashlib.sha256(source.reviewed.encode())
    for name in [f"{source.name}.tex", *source.images, *styles]:
        content = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        total.update(f"\n{name} {content}".encode())
    return total.hexdigest()


def pdf_digest(pdf: Path) -> str:
    """Return the digest that a PDF carries, "" if there is no such file or it carries none."""
    if not pdf.is_file():
        return ""
    try:
        with pikepdf.open(pdf) as opened:
            return str(opened.docinfo.get(KEY, ""))
    except pikepdf.PdfError:
        return ""
