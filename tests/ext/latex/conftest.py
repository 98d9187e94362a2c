"""The sample, built once for LaTeX and once for HTML."""

from __future__ import annotations

import pytest

from tests.ext.latex import sample
from tests.roots import Result


@pytest.fixture(scope="session")
def latex(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return sample.built(tmp_path_factory.mktemp("latex"), "latex")


@pytest.fixture(scope="session")
def html(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return sample.built(tmp_path_factory.mktemp("html"), "html")
