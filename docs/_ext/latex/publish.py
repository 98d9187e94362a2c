"""What the sessions `pdf` and `published` do: make the PDFs that are stale, or say which are."""

from __future__ import annotations

import platform
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sphinx

from _ext.latex.digest import Source, pdf_digest, read_sources, source_digest
from _ext.latex.documents import BOOK
from _ext.latex.tex import make

TWO_WIDE = 2  # XeLaTeX takes 210 MB each
REFERENCE = "3.11"  # the Python that the published bytes are made with


class Failure(Exception):
    """A reason to stop, in words for the person who called."""


def home(root: Path, source: Source) -> Path:
    """Return where a document's PDF is kept: an article's beside its text, the book's in build/pdf."""
    return root / "build" / "pdf" / f"{BOOK}.pdf" if source.name == BOOK else root / "articles" / f"{source.name}.pdf"


def publish(root: Path, folder: Path) -> None:
    """Make every PDF that is not fresh, two at a time; each is put in its place whole or not at all."""
    digests = {source: source_digest(folder, source) for source in read_sources(folder)}
    stale = [source for source, digest in digests.items() if pdf_digest(home(root, source)) != digest]
    print(f"{len(digests) - len(stale)} of {len(digests)} PDFs are fresh.")
    failed = 0
    with ThreadPoolExecutor(TWO_WIDE) as pool:
        for made in pool.map(lambda source: make(folder, source, digests[source]), stale):
            target = home(root, made.source)
            if made.pdf is None:
                failed += 1
                print(f"\n{made.source.docname}: no PDF; {target.name} was left as it was.", file=sys.stderr)
                print("\n".join(f"  {problem}" for problem in made.problems), file=sys.stderr)
                continue
            put(made.pdf, target)
            print(f"Made {target.relative_to(root)}.")
    if failed:
        raise Failure(f"{failed} of {len(stale)} PDFs could not be made. Whole logs: {folder}/*.log")


def book(root: Path, folder: Path) -> None:
    """Make the book alone."""
    (source,) = (one for one in read_sources(folder) if one.name == BOOK)
    made = make(folder, source, source_digest(folder, source))
    if made.pdf is None:
        raise Failure("The book could not be made.\n" + "\n".join(f"  {problem}" for problem in made.problems))
    put(made.pdf, home(root, source))


def check(root: Path, folder: Path) -> None:
    """Fail when a published PDF is stale, missing or an orphan."""
    sources = [source for source in read_sources(folder) if source.name != BOOK]
    wrong = []
    for source in sources:
        pdf = home(root, source)
        if not pdf.is_file():
            wrong.append(f"{pdf.relative_to(root)}: missing")
        elif pdf_digest(pdf) != source_digest(folder, source):
            wrong.append(f"{pdf.relative_to(root)}: stale; its article, a figure or the design has changed since")
    known = {home(root, source) for source in sources}
    orphans = sorted(set((root / "articles").glob("*.pdf")) - known)
    wrong += [f"{pdf.relative_to(root)}: an orphan, there is no {pdf.stem}.md; delete it" for pdf in orphans]
    if wrong:
        raise Failure("\n".join(wrong) + "\nRun `nox -s pdf` and commit the PDFs." + elsewhere())
    print(f"{len(sources)} published PDFs are fresh.")


def elsewhere() -> str:
    """Remind someone on another Python that digests are compared in one environment."""
    here = platform.python_version()
    if here.startswith(REFERENCE + "."):
        return ""
    return (
        f"\nThis is Python {here} with Sphinx {sphinx.__version__}, which may write other LaTeX: digests are made and "
        f"compared with Python {REFERENCE} and the lock file."
    )


def put(pdf: Path, target: Path) -> None:
    """Copy a file whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    shutil.copyfile(pdf, part)
    part.replace(target)
