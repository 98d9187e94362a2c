"""Two articles and a glossary (tests/ext/roots/latex) with everything an article may hold: what the PDF tests build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib.figure

EXTENSIONS = ("sphinxcontrib.bibtex", "_ext.reference_list", "_ext.figure", "_ext.latex")
CONFIG: dict[str, Any] = {
    "project": "LLM Papers & Articles",
    "author": "the LLM Papers & Articles contributors",
    "version": "2026.11",
    "html_baseurl": "https://example.org/",
    "book_description": "Long-form articles on how large language models are trained, served, measured and powered.",
    "bibtex_reference_style": "author_year",
}

SOURCE = Path(__file__).resolve().parents[1] / "roots" / "latex"

matplotlib.rcParams["pdf.fonttype"] = 42  # no Type 3 fonts


def line_drawing(path: Path) -> None:
    """Draw the figure that the articles show."""
    drawing = matplotlib.figure.Figure(figsize=(5.2, 2.6), layout="tight")
    axes = drawing.add_subplot()
    for slope in (1, 2, 3):
        axes.plot([0, 1], [0, slope])
    axes.set_xlabel("context, Ki tokens")
    axes.set_ylabel("cache, GiB")
    drawing.savefig(path, metadata={"CreationDate" if path.suffix == ".pdf" else "Date": None})


def files(folder: Path) -> dict[str, str | bytes | None]:
    """Return the files of the sample; `folder` is scratch space for the drawing."""
    line_drawing(folder / "line.pdf")
    line_drawing(folder / "line.svg")
    pdf, svg = (folder / "line.pdf").read_bytes(), (folder / "line.svg").read_bytes()
    drawings = {
        f"figures/{stem}/line.{kind}": data
        for stem in ("first_article", "second_article")
        for kind, data in (("pdf", pdf), ("svg", svg))
    }
    texts = {str(file.relative_to(SOURCE)): file.read_bytes() for file in SOURCE.rglob("*") if file.is_file()}
    return {**texts, **drawings}
