"""Figures follow the theme switch, fit a phone, and keep their place while they load."""

from __future__ import annotations

from playwright.sync_api import Page

from figures.paths import ARTICLES
from figures.render import scripts
from tests.site.browsing import Open

STEM = scripts()[0].parent.name
FIRST = "article figure img"


def picture(page: Page) -> bytes:
    """What the first figure looks like now."""
    image = page.locator(FIRST).first
    image.scroll_into_view_if_needed()
    page.wait_for_function(f"document.querySelector('{FIRST}').complete")
    return image.screenshot()


def test_the_picture_follows_the_switch_whatever_the_system_says(visit: Open, base: str) -> None:
    seen: dict[tuple[str, bool], bytes] = {}
    for dark in (False, True):
        page = visit(f"{base}articles/{STEM}.html", dark=dark).page
        for theme in ("light", "dark", "auto"):
            page.evaluate(f"document.body.dataset.theme = '{theme}'")
            seen[theme, dark] = picture(page)
    assert seen["light", True] == seen["light", False] == seen["auto", False]
    assert seen["dark", False] == seen["dark", True] == seen["auto", True]
    assert seen["light", False] != seen["dark", False]


def test_print_is_light(visit: Open, server: str) -> None:
    page = visit(f"{server}articles/{STEM}.html", dark=True).page
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "light"


def test_every_figure_of_an_article_loads_and_fits_a_phone(visit: Open, server: str) -> None:
    page = visit(f"{server}articles/{STEM}.html", width=320).page
    images = page.locator(FIRST)
    assert images.count() == (ARTICLES / f"{STEM}.md").read_text(encoding="utf-8").count("](../figures/")
    for image in images.all():
        reserved = image.bounding_box()
        image.scroll_into_view_if_needed()
        image.evaluate("image => image.decode()")
        loaded = image.bounding_box()
        assert reserved and loaded
        assert (loaded["width"], loaded["height"]) == (reserved["width"], reserved["height"])
        assert 250 < loaded["width"] <= 320
