"""The locks in requirements/ belong to the groups of pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations
from pathlib import Path

import pytest
from _sessions import locks

from figures.paths import ROOT

GROUPS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
RELOCK = "run: nox -s lock"


def pins(group: str) -> dict[str, set[str]]:
    """Package → its versions in a group's lock; Pythons differ in some."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / "requirements" / f"{group}.txt").read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([a-z0-9][a-z0-9._-]*)==([^ ]+)", line):
            found.setdefault(match[1], set()).add(match[2])
    return found


def test_every_group_has_a_lock_and_no_lock_is_left_over() -> None:
    assert {file.stem for file in (ROOT / "requirements").glob("*.txt")} == set(GROUPS), RELOCK


@pytest.mark.parametrize("group", GROUPS)
def test_every_requirement_of_a_group_is_locked_with_hashes(group: str) -> None:
    wanted = {re.split(r"[<>=]", item)[0] for item in GROUPS[group] if isinstance(item, str)}
    assert wanted <= pins(group).keys(), RELOCK
    text = (ROOT / "requirements" / f"{group}.txt").read_text(encoding="utf-8")
    requirements = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert requirements and all("--hash=sha256:" in requirement for requirement in requirements), RELOCK


def test_every_requirement_has_its_reason() -> None:
    groups = (
        (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[dependency-groups]\n")[2].partition("\n\n")[0]
    )
    lines = [line for line in groups.splitlines() if line.startswith('  "')]
    assert len(lines) == sum(isinstance(item, str) for group in GROUPS.values() for item in group), "one a line"
    assert [line for line in lines if not re.search(r'", +# \S', line)] == [], "say after # what it is for"


@pytest.mark.parametrize("group", GROUPS)
def test_locks_name_no_server(group: str) -> None:
    assert "://" not in (ROOT / "requirements" / f"{group}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("one", "other"), list(combinations(GROUPS, 2)))
def test_groups_agree_on_versions(one: str, other: str) -> None:
    first, second = pins(one), pins(other)
    assert {p for p in first.keys() & second.keys() if first[p] != second[p]} == set(), RELOCK


def test_locks_stay_when_one_group_does_not_resolve(tmp_path: Path) -> None:
    project, folder = tmp_path / "pyproject.toml", tmp_path / "requirements"
    project.write_text('[dependency-groups]\na = ["x"]\nb = ["y"]\n')
    folder.mkdir()
    (folder / "a.txt").write_text("previous")

    def uv(*words: str) -> None:
        output = Path(next(word for word in words if word.startswith("--output-file=")).partition("=")[2])
        if output.name == "b.txt":
            raise RuntimeError("y does not resolve")
        output.write_text("new")

    with pytest.raises(RuntimeError):
        locks.write(project, folder, uv)
    assert (folder / "a.txt").read_text() == "previous"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["pyproject.toml", "requirements"]
