"""Lets a tiny root bring its own `figures/<stem>/`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from _ext.evidence import library

import figures


@pytest.fixture
def own_figures(tmp_path: Path) -> Iterator[Path]:
    """`figures.<stem>` is also looked for in the root's own `figures/`; forgotten afterwards."""
    folder = tmp_path / "figures"
    folder.mkdir()
    figures.__path__.append(str(folder))
    library.forget()
    yield folder
    figures.__path__.remove(str(folder))
    library.forget()
