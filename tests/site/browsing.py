"""What the tests of the site share: which pages there are, and how one is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
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


def without_closed_popovers(page: Page) -> None:
    """Empty the popovers that nobody opened: axe walks through the hundreds of an article, and judges none."""
    page.evaluate("document.querySelectorAll('[popover]:not(:popover-open)').forEach(p => p.replaceChildren())")


def violations(page: Page, *, context: str | None = None, rules: list[str] | None = None) -> list[dict[str, object]]:
    """What axe finds wrong on the page, or in a part of it, by all its rules or by some: rule, help, first places."""
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules is not None:
        options["runOnly"] = rules
    found = Axe().run(page, context=context, options=options).response["violations"]
    return [{"rule": v["id"], "help": v["help"], "where": [n["html"][:200] for n in v["nodes"][:5]]} for v in found]
