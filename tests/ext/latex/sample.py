"""Two articles and a glossary (tests/ext/roots/latex) with everything an article may hold: what the PDF tests build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.figure
from _ext.evidence import library

import figures
from tests.ext import demo
from tests.ext.calculator.test_directive import CALCULATORS
from tests.roots import Builder, Result

EXTENSIONS = (
    "sphinxcontrib.bibtex",
    "_ext.reference_list",
    "_ext.figure",
    "_ext.evidence",
    "_ext.exercise",
    "_ext.calculator",
    "_ext.latex",
)
CONFIG: dict[str, Any] = {
    "project": "LLM Papers & Articles",
    "author": "the LLM Papers & Articles contributors",
    "version": "2026.11",
    "html_baseurl": "https://example.org/",
    "book_description": "Long-form articles on how large language models are trained, served, measured and powered.",
    "repository_url": "https://example.org/repository",
}

SOURCE = Path(__file__).resolve().parents[1] / "roots" / "latex"


def line_drawing(path: Path) -> None:
    """Draw the figure that the articles show."""
    drawing = matplotlib.figure.Figure(figsize=(5.2, 2.6), layout="tight")
    axes = drawing.add_subplot()
    for slope in (1, 2, 3):
        axes.plot([0, 1], [0, slope])
    axes.set_xlabel("context, Ki tokens")
    axes.set_ylabel("cache, GiB")
    with mpl.rc_context({"pdf.fonttype": 42}):  # no Type 3 fonts
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
    bare = b"| Row |\n|---|\n" + b"| word |\n" * 40  # breaks across pages and has no caption
    second = "articles/second_article.md"
    texts[second] = texts[second].replace(b"<!-- long tables -->\n", bare + b"\nAnother.\n\n" + bare)
    demo_files = demo.FILES | {"figures/demo/calculators.py": CALCULATORS}
    return {**demo_files, **texts, **drawings}


def built(root: Path, builder: str) -> Result:
    """Build the sample in a root of its own; `figures.demo` is found there, and forgotten afterwards."""
    (root / "figures").mkdir()
    figures.__path__.append(str(root / "figures"))
    library.forget()
    try:
        return Builder(root)(files(root), extensions=EXTENSIONS, builder=builder, **CONFIG)
    finally:
        figures.__path__.remove(str(root / "figures"))
        library.forget()
