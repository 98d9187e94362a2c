"""A failed build leaves the previous output in place, and nothing stale survives a good one."""

from __future__ import annotations

from pathlib import Path

import pytest
from _sessions.outputs import doctrees, whole


def test_success_replaces_everything(tmp_path: Path) -> None:
    target = tmp_path / "html"
    target.mkdir()
    (target / "of-an-article-that-is-gone.html").touch()
    with whole(target) as part:
        (part / "index.html").touch()
        assert [file.name for file in target.iterdir()] == ["of-an-article-that-is-gone.html"]
    assert [file.name for file in target.iterdir()] == ["index.html"]
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_failure_leaves_the_previous_output(tmp_path: Path, error: type[BaseException]) -> None:
    target = tmp_path / "html"
    target.mkdir()
    (target / "index.html").write_text("previous")
    with pytest.raises(error), whole(target) as part:
        (part / "index.html").write_text("half a page")
        raise error
    assert (target / "index.html").read_text() == "previous"
    assert list(tmp_path.iterdir()) == [target]


def test_leftovers_of_a_killed_build_do_no_harm(tmp_path: Path) -> None:
    for name in ("html.part", "html.old"):
        (tmp_path / name / "sub").mkdir(parents=True)
    with whole(tmp_path / "html") as part:
        assert list(part.iterdir()) == []
    assert [file.name for file in tmp_path.iterdir()] == ["html"]


def test_doctrees_are_kept_while_the_code_is_the_same(tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text("a = 1")
    with doctrees(tmp_path, [code]) as first:
        first.mkdir()
    with doctrees(tmp_path, [code]) as second:
        assert second == first and second.is_dir()
    code.write_text("a = 2")
    with doctrees(tmp_path, [code]) as third:
        assert third != first and not first.exists()


def test_doctrees_are_thrown_away_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), doctrees(tmp_path, []) as folder:
        folder.mkdir()
        raise RuntimeError
    assert not folder.exists()
