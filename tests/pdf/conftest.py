"""The sample's PDFs and pages, and the whole site, each made once."""

from __future__ import annotations

from pathlib import Path

import pytest
from _ext.latex import publish

from tests import site_build
from tests.ext.latex import sample
from tests.roots import Result


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with the sample's articles, their PDFs and the book. This needs TeX."""
    root = tmp_path_factory.mktemp("printed")
    assert sample.built(root, "latex").warnings == ""
    publish.publish(root, root / "build" / "latex")
    return root


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The sample's site."""
    return sample.built(tmp_path_factory.mktemp("pages"), "html")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site."""
    return site_build.built(tmp_path_factory.mktemp("site"))
