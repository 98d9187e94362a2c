"""The sample's PDFs, made once. These tests need TeX: `nox -s pdf` runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from _ext.latex import publish

from tests.ext.latex import sample


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with the sample's articles, their PDFs and the book."""
    root = tmp_path_factory.mktemp("printed")
    assert sample.built(root, "latex").warnings == ""
    publish.publish(root, root / "build" / "latex")
    return root
