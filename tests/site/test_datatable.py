"""The large table of models: filtered, sorted, by keyboard, on a phone, without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page

from tests.site.browsing import Open, violations

PAGE = "articles/open_weights_llm_landscape.html"
TABLE = "#tab-landscape-models"
WORDS = ".lpa-datatable-bar input[type=search]"  # found at once: a search by label goes through every number's popover


def column(page: Page, head: str) -> list[str]:
    """The visible cells of a column, from top to bottom."""
    heads = [text.splitlines()[0] for text in page.locator(f"{TABLE} thead th").all_inner_texts()]
    place = next(number for number, text in enumerate(heads) if text.startswith(head)) + 1
    cells = page.locator(f"{TABLE} tbody tr:not([hidden]) td:nth-child({place})")
    return [text.strip() for text in cells.all_inner_texts()]


def head(page: Page, name: str) -> Locator:
    return page.locator(f"{TABLE} thead th", has_text=name)


def test_words_and_choices_narrow_the_rows(visit: Open, base: str) -> None:
    found = visit(base + PAGE)
    page = found.page
    everything = len(column(page, "Model"))
    assert everything >= 40
    page.locator(WORDS).fill("qwen mit")
    assert column(page, "Model") == []
    page.locator(WORDS).fill("QWEN")
    names = column(page, "Model")
    assert names and all("Qwen" in name for name in names)
    assert page.locator(".lpa-datatable-status").inner_text() == f"{len(names)} of {everything} rows"
    page.locator(WORDS).fill("")
    page.locator(".lpa-datatable-bar label", has_text="Maker").locator("select").select_option("Meta")
    assert set(column(page, "Maker")) == {"Meta"}
    assert found.complaints == []


def test_a_head_sorts_by_keyboard_and_says_how(visit: Open, base: str) -> None:
    page = visit(base + PAGE).page
    total = head(page, "Total")
    assert total.get_attribute("aria-sort") is None
    total.locator("button").focus()
    page.keyboard.press("Enter")
    assert total.get_attribute("aria-sort") == "ascending"
    numbers = [float(text.replace(",", "")) for text in column(page, "Total") if text != "–"]
    assert numbers == sorted(numbers)
    page.keyboard.press("Enter")
    assert total.get_attribute("aria-sort") == "descending"
    shown = column(page, "Total")
    assert shown[0] != "–" and shown[-1] == "–"
    head(page, "Model").locator("button").click()
    assert total.get_attribute("aria-sort") is None


def test_without_javascript_it_is_a_plain_table(visit: Open, server: str) -> None:
    page = visit(server + PAGE, javascript=False).page
    assert page.locator(f"{TABLE} tbody tr").count() >= 40
    assert page.locator(".lpa-datatable-bar, .lpa-datatable-sort").count() == 0


@pytest.mark.parametrize("dark", [False, True])
def test_the_bar_fits_a_phone_and_is_accessible(visit: Open, server: str, dark: bool) -> None:
    page = visit(server + PAGE, width=320, dark=dark).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    box = page.locator(".lpa-datatable-bar").first.bounding_box()
    assert box is not None and box["width"] <= 320
    assert violations(page, context=".lpa-datatable-bar") == []
