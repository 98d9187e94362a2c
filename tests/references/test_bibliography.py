"""The bibliography of the project is in order."""

from __future__ import annotations

from references import checker


def test_the_bibliography_is_in_order() -> None:
    paths = sorted(checker.FOLDER.glob("*.bib"))
    assert paths
    assert [str(problem) for problem in checker.check(paths)] == []
