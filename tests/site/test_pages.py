"""What holds for every page of the site, in both themes, at every width, with and without JavaScript."""

from __future__ import annotations

import json

import pytest

from tests.site.browsing import ARTICLE_PAGES, PAGES, Open, unfold, violations, without_closed_popovers


@pytest.mark.parametrize("name", PAGES)
def test_no_complaint_in_the_console_and_no_request_elsewhere(visit: Open, base: str, name: str) -> None:
    found = visit(base + name)
    assert found.complaints == []
    assert [url for url in found.requests if not url.startswith((base, "data:"))] == []


BACKGROUND = "getComputedStyle(document.body).backgroundColor"
STICKS_OUT = """() => [...document.querySelectorAll('article *')].filter(e => {
    if (e.getBoundingClientRect().right <= innerWidth + 1 || !e.checkVisibility()) return false;
    for (let p = e.parentElement; p; p = p.parentElement)
        if (getComputedStyle(p).overflowX !== 'visible') return false;
    return true;
}).map(e => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("name", PAGES)
def test_no_sideways_scroll(visit: Open, server: str, name: str) -> None:
    page = visit(server + name).page
    unfold(page)
    for width in (320, 390, 768, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(STICKS_OUT) == [], f"at {width} px"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"at {width} px"


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(visit: Open, server: str, name: str, width: int) -> None:
    page = visit(server + name, width=width).page
    unfold(page)
    without_closed_popovers(page)
    page.wait_for_timeout(50)  # site.js answers the unfolding
    found = violations(page)
    assert found == [], json.dumps(found, indent=1)
    page.emulate_media(color_scheme="dark")  # which changes colours, and nothing else that axe looks at
    assert page.evaluate(BACKGROUND) != "rgb(255, 255, 255)", "the page did not turn dark"
    found = violations(page, rules=["color-contrast"])
    assert found == [], json.dumps(found, indent=1)


@pytest.mark.parametrize("name", PAGES)
def test_readable_without_javascript(visit: Open, base: str, name: str) -> None:
    found = visit(base + name, javascript=False)
    assert found.complaints == []
    assert found.page.locator("article h1").is_visible()
    assert found.page.locator(".theme-toggle:visible").count() == 0, "a switch that does nothing"


@pytest.mark.parametrize("name", ARTICLE_PAGES)
def test_an_article_is_whole_without_javascript(visit: Open, base: str, name: str) -> None:
    with_script, without = visit(base + name).page, visit(base + name, javascript=False).page
    words = [len(page.locator("article").inner_text().split()) for page in (with_script, without)]
    assert words[1] >= 0.95 * words[0]
    for image in without.locator("article img").all():
        image.scroll_into_view_if_needed()
        box = image.bounding_box()
        assert box and box["width"] > 50 and box["height"] > 30


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_what_scrolls_sideways_can_be_reached_by_keyboard(visit: Open, server: str, name: str, width: int) -> None:
    page = visit(server + name, width=width).page
    unfold(page)
    page.wait_for_timeout(50)  # site.js answers the unfolding
    stuck, idle = page.evaluate(
        """() => { const boxes = [...document.querySelectorAll('.table-wrapper, .lpa-equation, div.highlight pre')];
            const wide = e => e.scrollWidth > e.clientWidth + 1, html = e => e.outerHTML.slice(0, 120);
            return [boxes.filter(e => wide(e) && e.tabIndex !== 0).map(html),
                    boxes.filter(e => !wide(e) && e.tabIndex === 0).map(html)] }"""
    )
    assert stuck == [] and idle == []
