"""The sample, built once for LaTeX and once for HTML."""

from __future__ import annotations

import pytest

from tests.ext.latex import sample
from tests.roots import Builder, Result


@pytest.fixture(scope="session")
def latex(tmp_path_factory: pytest.TempPathFactory) -> Result:
    root = tmp_path_factory.mktemp("latex")
    return Builder(root)(sample.files(root), extensions=sample.EXTENSIONS, builder="latex", **sample.CONFIG)


@pytest.fixture(scope="session")
def html(tmp_path_factory: pytest.TempPathFactory) -> Result:
    root = tmp_path_factory.mktemp("html")
    return Builder(root)(sample.files(root), extensions=sample.EXTENSIONS, **sample.CONFIG)
