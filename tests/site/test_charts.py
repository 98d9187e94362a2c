"""Charts of calculators in a real browser, from the disk: drawn without JavaScript, redrawn with it, phone, dark.

The page is a small root of its own with the calculators on batching, so that no test depends on prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from _ext.calculator import chart
from playwright.sync_api import Locator, Page, expect

from figures.calculators import load
from figures.paths import DOCS, REFERENCES
from tests.roots import Builder
from tests.site.browsing import Open, violations

BOX = ":::{{calculator}} {}\n:name: {}\n\nChoose a *model*.\n:::\n\n"
LIST = "## References\n\n```{bibliography}\n:filter: docname in docnames\n```\n"
ARTICLE = "# Batching\n\n" + BOX.format("step_time", "calc-step") + BOX.format("in_flight", "calc-flight") + LIST
EXTENSIONS = ["sphinxcontrib.bibtex", "_ext.evidence", "_ext.maths", "_ext.calculator", "_ext.accessibility"]
STEP = load("batching_report")["step_time"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page with both calculators."""
    files: dict[str, str | bytes | None] = {"articles/batching_report.md": ARTICLE}
    files |= {f"references/{file.name}": file.read_bytes() for file in REFERENCES.glob("*.bib")}
    result = Builder(tmp_path_factory.mktemp("charts"))(
        files,
        extensions=EXTENSIONS,
        html_theme="furo",
        html_static_path=[str(DOCS / "_static")],
        html_baseurl="https://x/",
    )
    assert "calculator" not in result.warnings
    return f"{result.outdir.as_uri()}/articles/batching_report.html"


@pytest.fixture
def page(visit: Open, address: str) -> Iterator[Page]:
    """The page; at the end nothing was complained of and nothing asked for but files."""
    seen = visit(address)
    yield seen.page
    assert seen.complaints == []
    assert [url for url in seen.requests if not url.startswith(("file:", "data:"))] == []


def figure(page: Page, number: int = 0) -> Locator:
    return page.locator("#calc-step figure").nth(number)


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#calc-step-{name}")


def inside(page: Page, number: int = 0) -> str:
    """The markup of a drawing, as a browser writes it."""
    return (
        str(figure(page, number).locator("svg").inner_html()).replace("></polyline>", "/>").replace("></circle>", "/>")
    )


def test_without_javascript_the_default_case_is_drawn(visit: Open, address: str) -> None:
    page = visit(address, javascript=False).page
    drawing = chart.draw(STEP, STEP.charts[0], STEP.defaults())
    assert inside(page) == chart.svg(drawing)
    expect(figure(page).locator("figcaption")).to_have_text(drawing.caption)
    expect(figure(page).locator(".lpa-chart-marker")).to_have_count(2)


def test_the_form_starts_with_the_same_drawing(page: Page) -> None:
    for number, one in enumerate(STEP.charts):
        assert inside(page, number) == chart.svg(chart.draw(STEP, one, STEP.defaults()))


def test_every_preset_is_drawn_as_python_draws_it(page: Page) -> None:
    for preset in STEP.presets:
        for key, option in preset.options.items():
            field(page, preset.name).select_option(key)
            drawing = chart.draw(STEP, STEP.charts[0], {**STEP.defaults(), **STEP.entries(option)})
            expect(figure(page).locator("figcaption")).to_have_text(drawing.caption)
            assert inside(page) == chart.svg(drawing)
        field(page, preset.name).select_option(preset.default)


def test_the_dot_and_the_markers_follow_every_key(page: Page) -> None:
    field(page, "batch").fill("64")
    expect(figure(page).locator("figcaption")).to_contain_text("at 64.")
    field(page, "context").fill("8192")
    expect(figure(page).locator(".lpa-chart-marker")).to_have_count(1)
    expect(figure(page).locator("figcaption")).to_contain_text("Critical batch: none (memory-bound at every batch).")
    field(page, "batch").fill("5000")
    expect(figure(page).locator(".lpa-chart-dot")).to_have_count(0)
    expect(figure(page).locator("figcaption")).to_contain_text("Not drawn: ")


def test_bad_input_leaves_no_drawing_and_says_so(page: Page) -> None:
    field(page, "batch").fill("many")
    expect(figure(page).locator("figcaption")).to_have_text("No drawing: these inputs have no result.")
    assert inside(page) == ""
    page.locator("#calc-step button", has_text="Reset").click()
    assert inside(page) == chart.svg(chart.draw(STEP, STEP.charts[0], STEP.defaults()))


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_drawings_fit_and_their_texts_are_legible(visit: Open, address: str, width: int) -> None:
    page = visit(address, width=width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = page.locator("#calc-step figure svg")
    texts = found.locator("text")
    assert texts.count() > 20
    for one in range(found.count()):
        outer = found.nth(one).bounding_box()
        assert outer is not None
        for text in found.nth(one).locator("text").all():
            inner = text.bounding_box()
            assert inner is not None and inner["height"] >= 9
            assert inner["x"] >= outer["x"] - 1 and inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 1


def test_two_drawings_stand_side_by_side_where_there_is_room(page: Page) -> None:
    first, second = (figure(page, number).bounding_box() for number in (0, 1))
    assert first is not None and second is not None
    assert first["y"] == second["y"] and first["x"] + first["width"] <= second["x"]


@pytest.mark.parametrize("dark", [False, True])
def test_both_themes_draw_in_their_colours_and_break_no_rule_of_axe(visit: Open, address: str, dark: bool) -> None:
    page = visit(address, dark=dark).page
    colour = "e => getComputedStyle(e).stroke"
    curve = figure(page).locator(".lpa-chart-curve").evaluate(colour)
    brand = page.evaluate(
        "() => { const e = document.createElement('i'); e.style.color = 'var(--color-brand-primary)';"
        " document.body.append(e); return getComputedStyle(e).color }"
    )
    assert curve == brand and re.match(r"rgb", curve)
    assert violations(page, context=".lpa-calculator-chart") == []


def test_the_drawing_has_its_words_as_its_name(page: Page) -> None:
    words = figure(page).locator("figcaption").inner_text()
    expect(page.get_by_role("img", name=words)).to_have_count(1)


def test_on_paper_the_drawing_stays(page: Page) -> None:
    page.emulate_media(media="print")
    expect(figure(page).locator("svg")).to_be_visible()
