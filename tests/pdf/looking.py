"""Looking into a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdf


def fonts(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bool, str]]:
    """Name, whether embedded, and kind of every font."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and "/DescendantFonts" not in thing:
            descriptor = thing.get("/FontDescriptor", pikepdf.Dictionary())
            files = [name for name in ("/FontFile", "/FontFile2", "/FontFile3") if name in descriptor]
            yield str(thing.get("/BaseFont", "")), bool(files), str(thing["/Subtype"])


def links(pdf: pikepdf.Pdf) -> tuple[set[str], set[str]]:
    """The addresses that the PDF links to, and the names of the places in it."""
    addresses, places = set(), set()
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get("/A", pikepdf.Dictionary())
            if "/URI" in action:
                addresses.add(str(action["/URI"]))
            if "/D" in action:
                places.add(str(action["/D"]))
            if "/Dest" in annotation:
                places.add(str(annotation["/Dest"]))
    return addresses, places


def destinations(path: Path) -> set[str]:
    """The names of all places of a PDF that links can lead to."""
    return set(pypdf.PdfReader(path).named_destinations)


@cache
def text(path: Path) -> str:
    """All text, spaces and line ends made one."""
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())


def outline(pdf: pikepdf.Pdf) -> list[str]:
    """Titles of the outline, depth first."""

    def walk(items: Any) -> Iterator[str]:
        for item in items:
            yield item.title
            yield from walk(item.children)

    with pdf.open_outline() as opened:
        return list(walk(opened.root))
