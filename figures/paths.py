"""Where things are in the repository. The only module that knows."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "articles"
DOCS = ROOT / "docs"
FIGURES = ROOT / "figures"
DATA = FIGURES / "data"
REFERENCES = ROOT / "references"
BUILD = ROOT / "build"
