"""Run LaTeX on one document, reproducibly."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from _ext.latex import log
from _ext.latex.digest import Source

COMMAND = ("latexmk", "-xelatex", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error", "-silent")
LEFT_OVER = ("aux", "toc", "out", "log", "xdv", "fls", "fdb_latexmk", "pdf")


@dataclass(frozen=True)
class Made:
    """What became of one document: a PDF, or the reasons why not."""

    source: Source
    pdf: Path | None
    problems: tuple[str, ...]


def make(folder: Path, source: Source, digest: str) -> Made:
    """Make the PDF of a document from scratch, stamped with the digest of its sources."""
    for suffix in LEFT_OVER:
        (folder / f"{source.name}.{suffix}").unlink(missing_ok=True)
    (folder / f"{source.name}.digest").write_text(rf"\def\lpadigest{{{digest}}}" + "\n", encoding="ascii")
    done = subprocess.run(
        [*COMMAND, f"{source.name}.tex"],
        cwd=folder,
        env=environment(source.reviewed),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    logfile, pdf = folder / f"{source.name}.log", folder / f"{source.name}.pdf"
    text = logfile.read_text(encoding="utf-8", errors="replace") if logfile.is_file() else ""
    if done.returncode or not pdf.is_file():
        lines = log.errors(text) or done.stdout.splitlines()[-log.FIRST :]
        return Made(source, None, ("LaTeX stopped:\n    " + "\n    ".join(lines),))
    found = log.faults(f"{text}\n{done.stdout}")
    return Made(source, None if found else pdf, tuple(str(fault) for fault in found))


def environment(reviewed: str) -> dict[str, str]:
    """Return an environment in which LaTeX's clock stands at the day of the review, and its log lines are whole."""
    day = datetime.fromisoformat(reviewed or "2026-01-01").replace(tzinfo=UTC)
    return os.environ | {
        "SOURCE_DATE_EPOCH": str(int(day.timestamp())),
        "FORCE_SOURCE_DATE": "1",
        "TZ": "UTC",
        "max_print_line": "10000",
        "error_line": "254",
        "half_error_line": "238",
        "LATEXOPTS": "",
    }
