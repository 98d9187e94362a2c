"""What the tests of the site share: which pages there are, and how one is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

from figures.paths import ARTICLES, DOCS

ARTICLE_PAGES = [f"articles/{file.stem}.html" for file in sorted(ARTICLES.glob("*.md"))]
PAGES = [*(f"{file.stem}.html" for file in sorted(DOCS.glob("*.md"))), "search.html", *ARTICLE_PAGES]


@dataclass
class Visit:
    """An open page with all it complained of and asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


# visit(url, width=390, dark=True, javascript=False)
Open = Callable[..., Visit]


def unfold(page: Page) -> None:
    """Open everything that is folded away."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
