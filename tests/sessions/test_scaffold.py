"""`nox -s new`: a whole article that builds, or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from _sessions import scaffold

from figures.paths import ROOT

README = """# Collection

| Topic | Format |
|-------|--------|
| First | [PDF](articles/first.pdf) |

## More
"""
INDEX = """# Collection

## Serving

:::{articles}
first
:::

```{toctree}
glossary
```
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with what the scaffold reads."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").write_text(README, encoding="utf-8")
    (tmp_path / "docs/index.md").write_text(INDEX, encoding="utf-8")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() if p.is_file() else b"" for p in root.rglob("*")}


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Speculative Decoding", "speculative_decoding"),
        ("Power & Thermal Management", "power_and_thermal_management"),
        ("Naïve RLHF, revisited", "naive_rlhf_revisited"),
    ],
)
def test_stem_of_a_title(title: str, stem: str) -> None:
    assert scaffold.stem_of(title) == stem


def test_every_file_is_there_and_names_the_article(root: Path) -> None:
    lines = scaffold.create(root, ["Test Article", "Serving"])
    for name in (
        "articles/test_article.md",
        "figures/test_article/__init__.py",
        "figures/test_article/results.py",
        "tests/articles/test_test_article.py",
    ):
        text = (root / name).read_text(encoding="utf-8")
        assert f"wrote {name}" in lines
        assert "test_article" in text or "Test Article" in text
        assert "@" not in text, f"unfilled name in {name}"


def test_readme_row_and_card_are_there(root: Path) -> None:
    scaffold.create(root, ["Test Article", "Serving"])
    readme = (root / "README.md").read_text(encoding="utf-8")
    table = readme.partition("| Topic | Format |\n")[2].partition("\n\n")[0].splitlines()
    assert table[-1].startswith(
        "| Test Article | [PDF](articles/test_article.pdf) · [MD](articles/test_article.md) · [page](https://"
    )
    index = (root / "docs/index.md").read_text(encoding="utf-8")
    assert "## Serving\n\n:::{articles}\nfirst\ntest_article\n:::\n" in index


def test_an_article_without_a_theme_joins_the_first_and_that_is_told(root: Path) -> None:
    lines = scaffold.create(root, ["Test Article"])
    assert "theme: Serving, the first of docs/index.md; move the card if it belongs to another" in lines
    assert ":::{articles}\nfirst\ntest_article\n:::\n" in (root / "docs/index.md").read_text(encoding="utf-8")


def test_a_theme_that_was_given_is_told(root: Path) -> None:
    assert "theme: Power" in scaffold.create(root, ["Test Article", "Power"])


def test_what_its_author_has_not_written_yet_is_found_with_its_line(root: Path) -> None:
    scaffold.create(root, ["Test Article"])
    text = (root / "articles/test_article.md").read_text(encoding="utf-8")
    description, *comments = scaffold.leftovers(text, "Test Article", "test_article")
    assert description == (3, "description: One sentence that says what the reader can do after this article.")
    assert len(comments) == text.count("<!--")
    assert any("test_test_article.py" in line for _, line in comments)
    written = "\n".join(line for line in text.splitlines() if (line[:4] != "<!--" and line[:11] != "description"))
    assert scaffold.leftovers(f"{written}\n<!-- my own -->", "Test Article", "test_article") == []


def test_a_new_theme_comes_after_the_others(root: Path) -> None:
    scaffold.create(root, ["Test Article", "Hardware and power"])
    index = (root / "docs/index.md").read_text(encoding="utf-8")
    assert ":::\n\n## Hardware and power\n\n:::{articles}\ntest_article\n:::\n\n```{toctree}" in index


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "expected a title, and a theme if you like, got 0 words"),
        (["Title", "Serving", "x"], "expected a title, and a theme if you like, got 3 words: 'Title' 'Serving' 'x'"),
        (["Title", ""], "expected a title, and a theme"),
        (["../../etc", "Serving"], "figures/etc exists. Choose another title"),
        (["A `code` title", "Serving"], "has one of"),
        (["A title: with a colon", "Serving"], "has one of"),
        (["x" * 81, "Serving"], "longer than 80 characters"),
        (["42 ways", "Serving"], "the stem '42_ways', which is no Python name"),
        (["为什么", "Serving"], "the stem '', which is no Python name"),
        (["First", "Serving"], "articles/first.md exists. Choose another title"),
    ],
)
def test_bad_words_are_refused_and_nothing_is_written(root: Path, words: list[str], message: str) -> None:
    (root / "articles").mkdir()
    (root / "articles/first.md").touch()
    (root / "figures/etc").mkdir(parents=True)
    before = snapshot(root)
    with pytest.raises(scaffold.Refused) as error:
        scaffold.create(root, words)
    assert message in str(error.value)
    assert snapshot(root) == before


@pytest.mark.parametrize(
    ("name", "words", "what"),
    [
        ("README.md", ["Test Article", "Serving"], "no table"),
        ("docs/index.md", ["Test Article", "Serving"], "no ':::{articles}'"),
        ("docs/index.md", ["Test Article"], "no heading with ':::{articles}'"),
    ],
)
def test_a_readme_or_title_page_without_its_list_is_refused(root: Path, name: str, words: list[str], what: str) -> None:
    (root / name).write_text("# Title\n", encoding="utf-8")
    before = snapshot(root)
    with pytest.raises(scaffold.Refused, match=what):
        scaffold.create(root, words)
    assert snapshot(root) == before


def test_a_file_that_cannot_be_written_undoes_the_others(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot(root)
    write_text = Path.write_text

    def full(self: Path, text: str, **kwargs: str) -> int:
        if self.name == "index.md" and "test_article" in text:
            raise OSError("no space left")
        return write_text(self, text, **kwargs)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="no space left"):
        scaffold.create(root, ["Test Article", "Serving"])
    assert snapshot(root) == before
