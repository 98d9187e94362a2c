"""The page of measurements: scripts, what they wrote, and those that wait."""

from __future__ import annotations

from pathlib import Path

import pytest
from _ext.measurement_list import COUNTED, SIMULATED, TIMED, scripts

from figures import paths
from figures.measurement import HEADER, MeasurementError
from tests.roots import Builder

SCRIPT = '"""{}\n\nMore.\n"""\n\nharness.main(__spec__.name, measure)\n'


def header(name: str, **changes: str) -> str:
    values = dict.fromkeys(HEADER, "x") | {"command": f"nice -n 5 python3 -m figures.measurements.{name}"} | changes
    return "".join(f"# {key}: {value}\n" for key, value in values.items()) + "a\n1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for place in ("measurements", "caches", "queues"):
        (tmp_path / place).mkdir()
    for name, subject in {"copy": "How fast.", "count": "How many?", "gpu_x": "Later."}.items():
        (tmp_path / f"measurements/{name}.py").write_text(SCRIPT.format(subject))
    (tmp_path / "measurements/helper.py").write_text('"""No measurement."""\n')
    (tmp_path / "caches/b.csv").write_text(header("copy", **{"warm-up": "2 rounds"}))
    (tmp_path / "queues/c.csv").write_text(header("copy", **{"warm-up": "2 rounds"}))
    (tmp_path / "caches/a.csv").write_text(header("count", **{"warm-up": "0 rounds, not counted"}))
    return tmp_path


def test_scripts_know_their_files_and_articles(folder: Path) -> None:
    found = {script.path.stem: script for script in scripts(folder)}
    assert list(found) == ["copy", "count", "gpu_x"]
    assert found["copy"].subject == "How fast" and found["count"].subject == "How many?"
    assert [file.path.name for file in found["copy"].files] == ["b.csv", "c.csv"]
    assert found["copy"].stems == ("caches", "queues")
    assert found["gpu_x"].files == ()


def test_what_takes_time_is_told_from_what_does_not(folder: Path) -> None:
    (folder / "queues/d.csv").write_text(header("gpu_x", kind="simulation of an engine"))
    assert {script.path.stem: script.kind for script in scripts(folder)} == {
        "copy": TIMED, "count": COUNTED, "gpu_x": SIMULATED,
    }  # fmt: skip


def test_a_data_file_without_its_header_is_an_error(folder: Path) -> None:
    (folder / "caches/bad.csv").write_text("a\n1\n")
    with pytest.raises(MeasurementError, match=r"bad\.csv: the header lacks command"):
        list(scripts(folder))


def test_the_page_links_articles_scripts_and_data(
    build: Builder, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "FIGURES", folder)
    monkeypatch.setattr(paths, "ROOT", folder.parent)
    files: dict[str, str | bytes | None] = {
        "docs/index.md": "# Home\n\n```{toctree}\narticles/caches\narticles/queues\n```\n\n"
        ":::{measurement-list}\n:::\n",
        "articles/caches.md": "# Keeping things\n",
        "articles/queues.md": "# Waiting\n",
    }
    result = build(
        files,
        extensions=["_ext.measurement_list", "_ext.evidence"],
        repository_url="https://example.org/r",
        repository_branch="main",
    )
    assert result.warnings == ""
    page = result.html("index")
    lists = page.select("dl.lpa-measurements")
    assert [rubric.text for rubric in page.select("p.rubric")] == [
        "Keeping things", "Waiting", "Written and tested, without data yet",
    ]  # fmt: skip
    assert [[term.text for term in each.select("dt")] for each in lists] == [
        ["How fast", "How many?"],
        ["How fast"],
        ["Later"],
    ]
    first = lists[0].select("dd")[0]
    assert "Timed: x; x; x; x" in first.text and "nox -s measure -- copy" in first.text
    prefix = f"https://example.org/r/blob/main/{folder.name}"
    assert [a["href"] for a in first.select("a")] == [f"{prefix}/measurements/copy.py", f"{prefix}/caches/b.csv"]
    assert lists[2].select("dd")[0].text.strip() == "Repeat it: nox -s measure -- gpu_x. Script: gpu_x.py."
