"""Fixtures for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

import figures.measurements  # noqa: F401 - before numpy loads: gives BLAS one thread, or tests side by side crawl
from tests.roots import Builder


@pytest.fixture
def build(tmp_path: Path) -> Builder:
    """Build a tiny source root: `build({"articles/a.md": "# A"}).html("articles/a")`; see tests/roots.py."""
    return Builder(tmp_path)
