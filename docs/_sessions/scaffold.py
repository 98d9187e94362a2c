"""``nox -s new``: everything that CONTRIBUTING asks of a new article, in place and building."""

from __future__ import annotations

import datetime
import keyword
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from pathlib import Path

TEMPLATES = Path(__file__).parent / "article"
FILES = {
    "article.md.in": "articles/{stem}.md",
    "init.py.in": "figures/{stem}/__init__.py",
    "results.py.in": "figures/{stem}/results.py",
    "test.py.in": "tests/articles/test_{stem}.py",
}
USAGE = (
    'Write: nox -s new -- "Title of the article", and "Theme" behind it for a heading of docs/index.md or a new one.'
)


class Refused(ValueError):
    """Nothing was written; the message says why and what to do."""


def stem_of(title: str) -> str:
    """The stem of a title: ``Power & Thermal Limits`` is ``power_and_thermal_limits``.

    Raises:
        Refused: the title has no usable stem.
    """
    if len(title) > 80 or any(character in title for character in '\n\t`$"\\{}[]<>#:|'):
        raise Refused(
            f'the title {title!r} is longer than 80 characters or has one of ` $ " \\ {{}} [] <> # : |. {USAGE}'
        )
    plain = unicodedata.normalize("NFKD", title.replace("&", " and ")).encode("ascii", "ignore").decode()
    stem = "_".join(re.findall(r"[a-z0-9]+", plain.lower()))
    if len(stem) < 3 or not stem.isidentifier() or keyword.iskeyword(stem):
        raise Refused(
            f"the title {title!r} gives the stem {stem!r}, which is no Python name of 3 letters or more. {USAGE}"
        )
    return stem


def create(root: Path, words: Sequence[str]) -> list[str]:
    """Write the files of a new article below ``root``; the answer says what there is and what comes next.

    Raises:
        Refused: nothing was written, because of bad words or because something of that name exists.
    """
    if len(words) not in (1, 2) or not all(word.strip() == word != "" for word in words):
        got = f"{len(words)} words: {' '.join(map(repr, words))}"
        raise Refused(f"expected a title, and a theme if you like, got {got}. {USAGE}")
    title, *given = words
    stem = stem_of(title)
    index = (root / "docs/index.md").read_text(encoding="utf-8")
    theme = given[0] if given else first_theme(index)
    changes = {root / target.format(stem=stem): fill(source, title, stem) for source, target in FILES.items()}
    for path in [*changes, root / "figures" / stem]:
        if path.exists():
            raise Refused(f"{path.relative_to(root)} exists. Choose another title, or remove what is there.")
    changes[root / "README.md"] = with_row((root / "README.md").read_text(encoding="utf-8"), title, stem, site(root))
    changes[root / "docs/index.md"] = with_card(index, theme, stem)
    write_all(changes)
    return [
        *(f"wrote {path.relative_to(root)}" for path in changes),
        f"theme: {theme}" + ("" if given else ", the first of docs/index.md; move the card if it belongs to another"),
        f"next: write articles/{stem}.md as CONTRIBUTING.md says; nox -s live shows it while you do",
    ]


def fill(source: str, title: str, stem: str) -> str:
    """The template ``source`` with the article's names in it."""
    names = {"TITLE": title, "STEM": stem, "SLUG": stem.replace("_", "-"), "DATE": datetime.date.today().isoformat()}
    text = (TEMPLATES / source).read_text(encoding="utf-8")
    return re.sub(r"@([A-Z]+)@", lambda match: names[match[1]], text)


def site(root: Path) -> str:
    """The address of the site, from pyproject.toml."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["urls"]["Documentation"])


def row(title: str, stem: str, address: str) -> str:
    """The article's row in the README."""
    links = (f"[PDF](articles/{stem}.pdf)", f"[MD](articles/{stem}.md)", f"[page]({address}/articles/{stem}.html)")
    return f"| {title} | {' · '.join(links)} |\n"


def with_row(readme: str, title: str, stem: str, address: str) -> str:
    """``readme`` with a row for the article at the end of its table.

    Raises:
        Refused: there is no table of articles.
    """
    table = re.search(r"^\| Topic \| Format \|\n\|.*\n(?:\|.*\n)*", readme, re.M)
    if not table:
        raise Refused("README.md has no table '| Topic | Format |' to put the article in. Restore it.")
    return readme[: table.end()] + row(title, stem, address) + readme[table.end() :]


def first_theme(index: str) -> str:
    """The theme of an article that was given none.

    Raises:
        Refused: there is no list of articles below a heading.
    """
    found = re.search(r"^## (.+)\n\n:::{articles}\n", index, re.M)
    if not found:
        raise Refused("docs/index.md has no heading with ':::{articles}' to put the article under. Restore it.")
    return found[1]


def leftovers(article: str, title: str, stem: str) -> list[tuple[int, str]]:
    """The lines, with their numbers, in which an article still asks its author to write something."""
    lines = fill("article.md.in", title, stem).splitlines()
    asking = {line for line in lines if line.startswith(("description: ", "<!-- "))}
    return [(number, line) for number, line in enumerate(article.splitlines(), start=1) if line in asking]


def with_card(index: str, theme: str, stem: str) -> str:
    """``index`` with the article below its theme, which comes last when it is new.

    Raises:
        Refused: there is no list of articles.
    """
    found = re.search(rf"^## {re.escape(theme)}\n\n:::{{articles}}\n(?:.+\n)*?(?=:::\n)", index, re.M)
    if found:
        return f"{index[: found.end()]}{stem}\n{index[found.end() :]}"
    lists = list(re.finditer(r"^:::{articles}\n(?:.+\n)*?:::\n", index, re.M))
    if not lists:
        raise Refused("docs/index.md has no ':::{articles}' to put the article after. Restore it.")
    return f"{index[: lists[-1].end()]}\n## {theme}\n\n:::{{articles}}\n{stem}\n:::\n{index[lists[-1].end() :]}"


def write_all(changes: dict[Path, str]) -> None:
    """Write every file, or none: what was written is taken back when one cannot be."""
    before = {path: path.read_text(encoding="utf-8") if path.exists() else None for path in changes}
    made: list[Path] = []
    try:
        for path, text in changes.items():
            for folder in reversed([folder for folder in path.parents if not folder.exists()]):
                folder.mkdir()
                made.append(folder)
            path.write_text(text, encoding="utf-8")
    except BaseException:
        for path, previous in before.items():
            if previous is None:
                path.unlink(missing_ok=True)
            else:
                path.write_text(previous, encoding="utf-8")
        for folder in reversed(made):
            folder.rmdir()
        raise
