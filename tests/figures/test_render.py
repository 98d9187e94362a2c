"""Every figure is what its script draws today, and nothing in figures/ is without an owner."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from figures import paths
from figures.measurements import corpus
from figures.render import COMMAND, REFERENCE, chosen, folders, is_reference, render, scripts

DRAWN = (".svg", ".pdf")
IDS = [str(script.relative_to(paths.FIGURES)) for script in scripts()]


@pytest.mark.parametrize("script", scripts(), ids=IDS)
def test_rendering_again_changes_no_byte(script: Path, tmp_path: Path) -> None:
    """On the reference versions bytes are compared; on others the figure must only render."""
    render(script, tmp_path)
    for suffix in DRAWN:
        fresh, committed = (tmp_path / script.name).with_suffix(suffix), script.with_suffix(suffix)
        assert fresh.stat().st_size > 1000
        if is_reference():
            assert committed.exists() and fresh.read_bytes() == committed.read_bytes(), (
                f"{committed.relative_to(paths.ROOT)} is not what {script.name} draws; run `{COMMAND}` and commit it"
            )


def test_the_reference_is_the_locked_version() -> None:
    locked = (paths.ROOT / "requirements" / "docs.txt").read_text()
    assert f"matplotlib=={REFERENCE['matplotlib']} " in locked, "set REFERENCE in figures/render.py to the lock file's"


@pytest.mark.parametrize("script", scripts(), ids=IDS)
def test_every_figure_is_shown_by_its_article(script: Path) -> None:
    article = paths.ARTICLES / f"{script.parent.name}.md"
    image = f"](../{script.with_suffix('.svg').relative_to(paths.ROOT)})"
    assert image in article.read_text(), (
        f"{script.relative_to(paths.ROOT)} is an orphan: {article.name} lacks ![…{image}"
    )


def test_every_drawing_and_data_file_belongs_to_a_script() -> None:
    drawn = {script.with_suffix(suffix) for script in scripts() for suffix in DRAWN}
    measured = {corpus.FOLDER / f"{name}.txt" for name in corpus.NAMES}
    read = "".join(file.read_text() for folder in folders() for file in folder.glob("*.py"))
    orphans = [
        str(file.relative_to(paths.ROOT))
        for file in sorted(paths.FIGURES.rglob("*"))
        if file.suffix not in ("", ".py", ".pyc", ".toml") and file not in drawn | measured and file.name not in read
    ]
    assert orphans == [], "delete these, or add the script that draws or reads them"


def test_every_folder_belongs_to_an_article() -> None:
    assert [folder.name for folder in folders() if not (paths.ARTICLES / f"{folder.name}.md").exists()] == []


@pytest.mark.parametrize("article", sorted(paths.ARTICLES.glob("*.md")), ids=lambda path: path.stem)
def test_articles_show_only_their_own_figures(article: Path) -> None:
    images = re.findall(r"!\[[^\]]*\]\(([^)\s]+)", article.read_text())
    images += re.findall(r"<img[^>]+src=[\"']([^\"']+)", article.read_text())
    assert [image for image in images if not image.startswith(f"../figures/{article.stem}/")] == []


def test_figures_are_chosen_by_name_or_by_article() -> None:
    names = [f"{script.parent.name}/{script.stem}" for script in scripts()]
    one = names[0]
    stem = one.partition("/")[0]
    assert [script.stem for script in chosen([one])] == [one.partition("/")[2]]
    assert len(chosen([stem])) == sum(name.startswith(f"{stem}/") for name in names) > 1
    assert chosen([]) == scripts()
    with pytest.raises(SystemExit, match="no figure is called nothing/here; expected STEM/NAME or STEM"):
        chosen(["nothing/here", one])
