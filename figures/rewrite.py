"""Rewrite the tables that articles hold: ``python -m figures.rewrite``, or ``nox -s figures``."""

from __future__ import annotations

import re
from pathlib import Path

from figures import paths, tables

DIRECTIVE = re.compile(r"^(?P<fence>:{3,})\{datatable\} +(?P<name>\w+) *\n(?P<body>.*?)^(?P=fence) *$", re.M | re.S)


def rewrite(article: Path) -> bool:
    """Rewrite every ``{datatable}`` body of an article in place, whole or not at all; whether anything changed.

    Raises:
        TableError: a table that the article names does not exist.
    """
    old = article.read_text(encoding="utf-8")

    def renew(match: re.Match[str]) -> str:
        lines = match["body"].splitlines(keepends=True)
        kept = "".join(line for line in lines if not line.startswith("|")).rstrip("\n")
        table = tables.load(article.stem, match["name"]).markdown()
        return f"{match['fence']}{{datatable}} {match['name']}\n{kept}\n\n{table}{match['fence']}"

    new = DIRECTIVE.sub(renew, old)
    if new != old:
        draft = article.with_suffix(".md.new")
        draft.write_text(new, encoding="utf-8")
        draft.replace(article)
    return new != old


def main() -> None:
    """Rewrite the tables of all articles."""
    for article in sorted(paths.ARTICLES.glob("*.md")):
        if rewrite(article):
            print(f"{article.relative_to(paths.ROOT)}: tables rewritten")


if __name__ == "__main__":
    main()
