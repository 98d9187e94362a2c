"""The numbers of figures, tables, listings and equations, as a page, LaTeX and a PDF have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdf
from bs4 import BeautifulSoup, Tag

Numbers = dict[str, str]  # the name that the author gave → the number


def captions(page: BeautifulSoup) -> Iterator[tuple[str, str, str]]:
    """Name, number ("Fig. 1") and first words of every numbered caption of a page."""
    for number in page.select(".caption-number"):
        holder = number.find_parent(id=True)
        words = number.find_next(class_="caption-text")
        assert isinstance(holder, Tag) and isinstance(words, Tag)
        first = next(text for text in words.stripped_strings)
        yield str(holder["id"]), number.get_text().strip(), " ".join(first.split()[:4])


def equations(page: BeautifulSoup) -> Numbers:
    """The numbers of a page's equations."""
    found = {}
    for number in page.select(".eqno"):
        holder = number.find_parent(id=True)
        match = re.match(r"\((\d+)\)", number.get_text().strip())
        assert isinstance(holder, Tag) and match
        found[str(holder["id"]).removeprefix("equation-")] = match[1]
    return found


def of_page(page: BeautifulSoup) -> Numbers:
    """All numbers of a page."""
    return {name: number.split()[-1] for name, number, _ in captions(page)} | equations(page)


def of_latex(aux: Path, docname: str) -> Numbers:
    """The numbers that LaTeX gave to what a document holds."""
    labels = re.findall(r"^\\newlabel\{(?:equation:)?([^{}]+)\}\{\{(\d+)\}", aux.read_text(encoding="utf-8"), re.M)
    return {label.removeprefix(f"{docname}:"): number for label, number in labels if label.startswith(f"{docname}:")}


def equations_of_pdf(path: Path) -> list[str]:
    """The numbers of a PDF's equations, in their order: the name of each one's place ends with it."""
    places = pypdf.PdfReader(path).named_destinations
    return sorted((name.rpartition(".")[2] for name in places if name.startswith("equation.")), key=int)
