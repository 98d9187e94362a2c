"""Calculators in a real browser, from the disk: form, keyboard, bad input, links, phone, paper, no JavaScript.

The page is a small root of its own with the calculators of a real article, and one made up for results that do not
exist, so that no test depends on prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

import figures
from figures.calculators import load
from figures.paths import DOCS, REFERENCES
from tests.roots import Builder
from tests.site.browsing import Open, violations

MADE_UP = """
from figures.calculators import Calculator, Field, Output
from figures.formulas import roofline

transfer = Calculator(
    "Transfer",
    (Output(roofline.transfer_time, "Time"),),
    (Field("traffic", "Traffic", 3, 0, 1e6, unit="GB"), Field("bandwidth", "Bandwidth", 1.5, 0, 1e6, unit="TB/s")),
)
"""
BOX = ":::{{calculator}} {}\n:name: {}\n\nChoose a *model*.\n:::\n\n"
LIST = "## References\n\n```{bibliography}\n:filter: docname in docnames\n```\n"
ARTICLE = "# KV cache\n\n" + BOX.format("cache_size", "calc-cache") + BOX.format("users", "calc-users") + LIST
EXTENSIONS = ["sphinxcontrib.bibtex", "_ext.evidence", "_ext.maths", "_ext.calculator", "_ext.accessibility"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a folder with `kv_cache_optimization.html` and `made_up.html`."""
    root = tmp_path_factory.mktemp("calculators")
    files: dict[str, str | bytes | None] = {
        "articles/kv_cache_optimization.md": ARTICLE,
        "articles/made_up.md": "# Made up\n\n" + BOX.format("transfer", "calc-transfer"),
        "figures/made_up/__init__.py": "",
        "figures/made_up/calculators.py": MADE_UP,
    }
    files |= {f"references/{file.name}": file.read_bytes() for file in REFERENCES.glob("*.bib")}
    figures.__path__.append(str(root / "figures"))
    result = Builder(root)(
        files,
        extensions=EXTENSIONS,
        html_theme="furo",
        html_static_path=[str(DOCS / "_static")],
        html_baseurl="https://x/",
    )
    figures.__path__.remove(str(root / "figures"))
    assert "calculator" not in result.warnings
    yield f"{result.outdir.as_uri()}/articles/"


def field(page: Page, name: str, box: str = "calc-cache") -> Locator:
    return page.locator(f"#{box}-{name}")


def headline(page: Page, box: str = "calc-cache") -> Locator:
    return page.locator(f"#{box} .lpa-calculator-headline output")


@pytest.fixture
def page(visit: Open, pages: str) -> Iterator[Page]:
    """The KV-cache page; at the end nothing was complained of and nothing asked for but files."""
    seen = visit(f"{pages}kv_cache_optimization.html")
    yield seen.page
    assert seen.complaints == []
    assert [url for url in seen.requests if not url.startswith(("file:", "data:"))] == []


def cells(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator("#calc-cache tbody td:last-child").all_inner_texts()]


def test_without_javascript_the_table_shows_the_default_case(visit: Open, pages: str) -> None:
    page = visit(f"{pages}kv_cache_optimization.html", javascript=False).page
    calculator = load("kv_cache_optimization")["cache_size"]
    shown = cells(page)
    assert len(shown) == len(calculator.presets) + len(calculator.fields) + len(calculator.outputs)
    assert shown[:4] == ["Llama 3.1 70B", "8,192 tokens", "2 B", "80"]
    assert shown[-2:] == ["320 KiB/token", "2.50 GiB"]
    assert page.locator(".lpa-calculator :is(input, select, button, output)").count() == 0
    sources = page.locator("#calc-cache .lpa-calculator-sources")
    sources.locator("summary").click()
    expect(sources).to_contain_text("Mistral 7B (v0.1): window layers 32")


def test_the_form_starts_with_the_same_case(page: Page) -> None:
    assert field(page, "model").input_value() == "llama3_1_70b"
    assert [field(page, name).input_value() for name in ("context", "layers", "windows")] == ["8,192", "80", "0"]
    expect(headline(page)).to_have_text("2.50 GiB")
    expect(headline(page, "calc-users")).to_have_text("50")


def test_results_follow_every_key(page: Page) -> None:
    field(page, "context").fill("131,072")
    expect(headline(page)).to_have_text("40 GiB")
    field(page, "element_bytes").fill("1")
    expect(headline(page)).to_have_text("20 GiB")
    expect(headline(page, "calc-users")).to_have_text("50")  # the other calculator is its own


def test_every_preset_prints_what_python_computes(page: Page) -> None:
    calculator = load("kv_cache_optimization")["cache_size"]
    (preset,) = calculator.presets
    for key, option in preset.options.items():
        field(page, "model").select_option(key)
        results = calculator.evaluate({**calculator.defaults(), **calculator.entries(option)})
        shown = [output.show(results[output.key]) for output in calculator.outputs]
        assert page.locator("#calc-cache output").all_inner_texts() == shown
        visible = page.locator("#calc-cache .lpa-calculator-source:not([hidden])")
        assert visible.count() == 1 and option.title in (visible.text_content() or "")


def test_the_dropdown_knows_when_values_are_ones_own(page: Page) -> None:
    field(page, "layers").fill("79")
    assert field(page, "model").input_value() == ""
    expect(field(page, "model").locator("option:checked")).to_have_text("own values")
    field(page, "layers").fill("80")
    assert field(page, "model").input_value() == "llama3_1_70b"


def test_by_keyboard_alone(page: Page) -> None:
    field(page, "model").focus()
    page.keyboard.type("Gemma 3")
    assert field(page, "model").input_value() == "gemma3_27b"
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("1024")
    expect(headline(page)).to_have_text("496 MiB")
    for _ in load("kv_cache_optimization")["cache_size"].fields:  # the rest of the fields, then the button
        page.keyboard.press("Tab")
    expect(page.locator("#calc-cache button", has_text="Reset")).to_be_focused()
    page.keyboard.press("Enter")
    expect(headline(page)).to_have_text("2.50 GiB")
    expect(page.locator("#calc-cache .lpa-calculator-said")).to_have_text("Back to the default case.")


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("context", "", "Enter a number."),
        ("context", "many", "“many” is not a number; write it like 131072 or 131,072."),
        ("context", "0", "Must be between 1 and 100,000,000."),
        ("context", "1.5", "Enter a whole number."),
        ("context", "1e400", "Enter a whole number."),
        ("layers", "40,,40", "Separate the numbers by one comma each"),
        ("elements", "2048, 2048", "Needs as many numbers as “Layers”: 1, not 2."),
    ],
)
def test_a_bad_input_gets_its_message_beside_the_field(page: Page, name: str, typed: str, message: str) -> None:
    control = field(page, name)
    control.fill(typed)
    expect(control).to_have_attribute("aria-invalid", "true")
    described = (control.get_attribute("aria-describedby") or "").split()
    assert len(described) == 2  # the bounds, and the message
    expect(page.locator(f"#{described[1]}")).to_be_visible()
    expect(page.locator(f"#{described[1]}")).to_contain_text(message)
    assert page.locator("#calc-cache output").all_inner_texts() == ["–", "–"]
    expect(page.locator("#calc-cache .lpa-calculator-problem")).to_have_text(
        "No result: see the message beside the field."
    )
    assert not re.search(r"NaN|Infinity|undefined", page.locator("#calc-cache table").inner_text())
    page.locator("#calc-cache button", has_text="Reset").click()
    expect(control).not_to_have_attribute("aria-invalid", "true")
    expect(headline(page)).to_have_text("2.50 GiB")


def test_inputs_without_a_result_say_why(visit: Open, pages: str) -> None:
    page = visit(f"{pages}made_up.html").page
    expect(headline(page, "calc-transfer")).to_have_text("2 ms")
    field(page, "bandwidth", "calc-transfer").fill("0")
    expect(headline(page, "calc-transfer")).to_have_text("–")
    problem = page.locator("#calc-transfer .lpa-calculator-problem")
    expect(problem).to_have_text("No result for these inputs: a division by zero.")
    field(page, "bandwidth", "calc-transfer").fill("3")
    expect(headline(page, "calc-transfer")).to_have_text("1 ms")
    expect(problem).to_be_hidden()


def copied(page: Page) -> str:
    page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.copied = text } }")
    page.locator("#calc-cache button", has_text="Copy link").click()
    expect(page.locator("#calc-cache .lpa-calculator-said")).to_have_text("Link copied.")
    return str(page.evaluate("window.copied"))


def test_a_link_restores_the_inputs(page: Page, visit: Open) -> None:
    field(page, "model").select_option("gemma3_27b")
    field(page, "context").fill("131,072")
    shown = headline(page).inner_text()
    link = copied(page)
    assert link.endswith("#calc-cache")
    other = visit(link).page
    assert field(other, "model").input_value() == "gemma3_27b"
    assert field(other, "context").input_value() == "131,072"
    expect(headline(other)).to_have_text(shown)
    expect(other.locator("#calc-cache")).to_be_in_viewport()
    expect(headline(other, "calc-users")).to_have_text("50")


def test_a_link_restores_values_of_ones_own(page: Page, visit: Open) -> None:
    for name, text in (("layers", "10, 20"), ("elements", "512, 1024"), ("windows", "0, 4096")):
        field(page, name).fill(text)
    shown = headline(page).inner_text()
    other = visit(copied(page)).page
    assert field(other, "layers").input_value() == "10, 20"
    expect(headline(other)).to_have_text(shown)


def test_where_the_clipboard_is_closed_the_link_can_be_taken_by_hand(page: Page) -> None:
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')) }")
    page.locator("#calc-cache button", has_text="Copy link").click()
    shown = page.get_by_label("Link to these inputs")
    expect(shown).to_have_value(
        re.compile(r"\?calc-cache\.model=llama3_1_70b&calc-cache\.context=8%2C192.*#calc-cache$")
    )
    assert page.evaluate("document.getSelection().toString() || document.activeElement.value") == shown.input_value()


def test_a_link_with_bad_values_gets_messages(visit: Open, pages: str) -> None:
    address = f"{pages}kv_cache_optimization.html?calc-cache.model=gpt9&calc-cache.context=lots&other=1#calc-cache"
    page = visit(address).page
    expect(page.locator("#calc-cache-model-error")).to_have_text("The link asks for “gpt9”, which is not on offer.")
    expect(page.locator("#calc-cache-context-error")).to_contain_text("“lots” is not a number")
    expect(field(page, "context")).to_have_value("lots")
    expect(headline(page)).to_have_text("–")
    field(page, "context").fill("8192")
    expect(headline(page)).to_have_text("2.50 GiB")
    field(page, "model").select_option("mistral_7b")
    expect(page.locator("#calc-cache-model-error")).to_be_hidden()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [320, 390])
def test_no_horizontal_scroll_on_a_phone(visit: Open, pages: str, width: int, javascript: bool) -> None:
    page = visit(f"{pages}kv_cache_optimization.html", width=width, javascript=javascript).page
    for summary in page.locator(".lpa-calculator-sources summary").all():
        summary.click()
    if javascript:
        field(page, "context").fill("not a number at all, whatever its length")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = "[...document.querySelectorAll('.lpa-calculator :is(input, select, td, p, summary)')]"
    assert page.evaluate(f"{wide}.filter(e => e.getBoundingClientRect().right > innerWidth).length") == 0


def test_the_result_stays_in_sight_while_fields_are_edited(visit: Open, pages: str) -> None:
    page = visit(f"{pages}kv_cache_optimization.html", width=390).page
    field(page, "gpus", "calc-users").scroll_into_view_if_needed()
    expect(headline(page, "calc-users")).to_be_in_viewport()


def test_on_paper_the_form_is_a_table(page: Page) -> None:
    page.emulate_media(media="print")
    style = "e => [getComputedStyle(e).borderTopWidth, getComputedStyle(e).appearance]"
    assert field(page, "context").evaluate(style) == ["0px", "none"]
    expect(page.locator("#calc-cache .lpa-calculator-tools")).to_be_hidden()
    expect(headline(page)).to_be_visible()


@pytest.mark.parametrize("dark", [False, True])
def test_no_rule_of_axe_is_broken(visit: Open, pages: str, dark: bool) -> None:
    page = visit(f"{pages}kv_cache_optimization.html", dark=dark).page
    page.locator("#calc-cache .lpa-calculator-sources summary").click()
    field(page, "context").fill("x")
    assert violations(page, context=".lpa-calculator") == []


def test_labels_name_the_fields(page: Page) -> None:
    expect(page.get_by_role("textbox", name="Context").first).to_have_id("calc-cache-context")
    expect(page.get_by_role("combobox", name="GPU")).to_have_id("calc-users-gpu")
    expect(page.get_by_role("region", name="Calculator KV cache of one sequence")).to_be_visible()
    assert headline(page).get_attribute("aria-live") == "polite"
