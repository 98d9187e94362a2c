"""What a reader does on the site: switch the theme, search, navigate, copy, look up a number."""

from __future__ import annotations

from tests.site.browsing import ARTICLE_PAGES, Open, violations

THEME = "document.body.dataset.theme"
BACKGROUND = "getComputedStyle(document.body).backgroundColor"


def test_theme_switch_changes_the_page_and_is_remembered(visit: Open, base: str) -> None:
    page = visit(base + "index.html").page
    colours = {}
    for _ in range(3):
        page.locator(".theme-toggle:visible").click()
        colours[page.evaluate(THEME)] = page.evaluate(BACKGROUND)
    assert set(colours) == {"auto", "light", "dark"}
    assert colours["light"] == colours["auto"] != colours["dark"]
    while page.evaluate(THEME) != "dark":
        page.locator(".theme-toggle:visible").click()
    page.goto(base + "glossary.html")
    assert page.evaluate(BACKGROUND) == colours["dark"]


def test_the_colour_scheme_that_figures_follow_is_that_of_the_switch(visit: Open, server: str) -> None:
    page = visit(server + "index.html").page
    schemes = []
    for theme in ("light", "dark", "auto"):
        page.evaluate(f"{THEME} = '{theme}'")
        schemes.append(page.evaluate("getComputedStyle(document.body).colorScheme"))
    assert schemes == ["light", "dark", "light dark"]


def test_search_finds_what_it_should(visit: Open, base: str) -> None:
    found = visit(base + "search.html")
    field = found.page.locator("article input[name=q]")
    field.fill("arithmetic intensity")
    field.press("Enter")
    results = found.page.locator("#search-results li a")
    results.first.wait_for()
    assert any("glossary.html" in str(link.get_attribute("href")) for link in results.all())
    assert found.complaints == []


def test_navigation_opens_on_a_phone_without_javascript(visit: Open, base: str) -> None:
    page = visit(base + "index.html", width=390, javascript=False).page
    link = page.locator(".sidebar-tree a", has_text="Glossary")
    hidden = link.bounding_box()
    assert hidden is None or hidden["x"] < 0
    page.locator("label.nav-overlay-icon").click()
    link.click()
    assert page.locator("article h1").inner_text().startswith("Glossary")


def test_a_missing_page_says_so_in_the_sites_own_dress(visit: Open, server: str) -> None:
    found = visit(server + "404.html")
    assert found.complaints == []
    assert found.page.locator("article h1").is_visible()
    assert violations(found.page) == []


def test_a_card_opens_its_article_by_a_click_anywhere(visit: Open, base: str) -> None:
    page = visit(base + "index.html").page
    page.locator(".lpa-cards > li").first.click(position={"x": 20, "y": 60})
    page.locator(".lpa-article-header").wait_for()


def test_cite_this_unfolds_by_keyboard_and_can_be_copied(visit: Open, server: str) -> None:
    page = visit(server + ARTICLE_PAGES[0]).page
    page.locator("details.lpa-cite summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("details.lpa-cite pre").is_visible()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("details.lpa-cite .highlight").hover()
    page.locator("details.lpa-cite button.copybtn").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{llmpa_")


POPOVER = ".lpa-evidence:popover-open"


def test_a_number_tells_by_keyboard_where_it_comes_from(visit: Open, base: str) -> None:
    found = visit(base + "methods.html")
    page = found.page
    mark = page.locator("article .lpa-mark-computed button").first
    for _ in range(80):
        page.keyboard.press("Tab")
        if mark.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Enter")
    popover = page.locator(POPOVER)
    popover.wait_for()
    assert "Computed" in popover.inner_text() or "COMPUTED" in popover.inner_text()
    assert popover.locator("a").count() > 0, "no source"
    page.keyboard.press("Tab")
    assert popover.evaluate("e => e.contains(document.activeElement)"), "Tab does not lead into the popover"
    page.keyboard.press("Escape")
    popover.wait_for(state="hidden")
    assert mark.evaluate("e => e === document.activeElement"), "focus is lost"
    assert found.complaints == []


def test_a_number_tells_where_it_comes_from_without_javascript(visit: Open, base: str) -> None:
    page = visit(base + "methods.html", width=320, javascript=False).page
    page.locator("article .lpa-mark-computed button").first.click()
    box = page.locator(POPOVER).bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320


def test_an_open_popover_passes_axe_in_both_themes(visit: Open, server: str) -> None:
    for dark in (False, True):
        page = visit(server + "methods.html", dark=dark).page
        page.locator("article .lpa-mark-computed button").first.click()
        page.locator(POPOVER).wait_for()
        assert violations(page) == []
