"""The sample as it is printed."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from _ext.latex import documents, publish
from _ext.latex.digest import pdf_digest, read_sources, source_digest
from _ext.latex.tex import make

from tests.pdf import looking, numbering
from tests.roots import Builder, Result

pytestmark = pytest.mark.tex
ARTICLE = "articles/first_article.pdf"
BOOK = "build/pdf/llm-papers-and-articles.pdf"
BOTH = pytest.mark.parametrize("name", [ARTICLE, BOOK])


@BOTH
def test_fonts_are_embedded_subsets_with_outlines(printed: Path, name: str) -> None:
    with pikepdf.open(printed / name) as pdf:
        fonts = list(looking.fonts(pdf))
    assert len(fonts) >= 5
    for font, embedded, kind in fonts:
        assert embedded and kind != "/Type3", font
        assert re.match(r"/[A-Z]{6}\+", font), f"{font} is embedded whole"
    assert any("TeXGyrePagella-Regular" in font for font, *_ in fonts)


@BOTH
def test_the_log_has_no_faults_and_no_question_marks_are_printed(printed: Path, name: str) -> None:
    assert "??" not in looking.text(printed / name)


def test_who_and_what(printed: Path) -> None:
    with pikepdf.open(printed / ARTICLE) as pdf:
        assert pdf.Root["/Lang"] == "en"
        assert pdf.docinfo["/Title"] == "First Article & Its Cache"
        assert pdf.docinfo["/Author"] == "the LLM Papers & Articles contributors"
        assert str(pdf.docinfo["/Subject"]).startswith("How large the key–value cache is")
        assert pdf.docinfo["/Keywords"] == "KV cache, attention, inference"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261124000000")
        assert [float(side) for side in pdf.pages[0].mediabox[2:]] == pytest.approx([595.28, 841.89], abs=0.1)
        with pdf.open_metadata() as metadata:
            assert "https://creativecommons.org/licenses/by-sa/4.0/" in str(metadata)


def test_the_outline_has_the_sections(printed: Path) -> None:
    with pikepdf.open(printed / ARTICLE) as pdf:
        assert looking.outline(pdf) == [
            "In brief",
            "From attention to the cache",
            "Code that computes it",
            "Where it breaks",
            "References",
        ]
    with pikepdf.open(printed / BOOK) as pdf:
        assert {"First Article & Its Cache", "Second Article", "Glossary"} <= set(looking.outline(pdf))


@BOTH
def test_links_lead_somewhere(printed: Path, name: str) -> None:
    with pikepdf.open(printed / name) as pdf:
        addresses, places = looking.links(pdf)
    assert places and places <= looking.destinations(printed / name)
    assert addresses and all(address.startswith("https://") for address in addresses)


def test_an_article_links_to_the_site_and_the_book_to_itself(printed: Path) -> None:
    with pikepdf.open(printed / ARTICLE) as pdf:
        assert "https://example.org/articles/second_article.html#fig-second" in looking.links(pdf)[0]
    with pikepdf.open(printed / BOOK) as pdf:
        inside = [address for address in looking.links(pdf)[0] if "second_article.html#" in address]
    assert inside == []


def test_words_numbers_and_symbols_can_be_copied(printed: Path) -> None:
    text = looking.text(printed / ARTICLE)
    assert "Attention compares the query of the newest token with the keys of all tokens" in text
    assert "3 × 4 − 1 ≈ 11, a ≤ b ≥ c ≠ d" in text
    for symbol in "→←✓✗ℝαΩ⌈⌉½★":
        assert symbol in text
    assert "Fig. 1 of Second Article and Table 1 of Second Article" in text
    assert "are in the other article, as are Equation (1) of Second Article" in text


@pytest.mark.parametrize(
    ("stem", "counts"),
    [("first_article", ["Fig. 1", "Listing 1", "Table 3"]), ("second_article", ["Fig. 1", "Table 1"])],
)
def test_numbers_are_those_of_the_site(printed: Path, pages: Result, stem: str, counts: list[str]) -> None:
    docname, folder = f"articles/{stem}", printed / "build" / "latex"
    page = pages.html(docname)
    wanted = numbering.of_page(page)
    assert numbering.equations(page) and len(wanted) >= 3
    for name in (stem, documents.BOOK):
        numbers = numbering.of_latex(folder / f"{name}.aux", docname)
        assert {label: numbers.get(label) for label in wanted} == wanted
    captions = [f"{number}. {words}" for _, number, words in numbering.captions(page)]
    assert all(any(caption.startswith(f"{count}. ") for caption in captions) for count in counts)
    for pdf in (printed / docname).with_suffix(".pdf"), printed / BOOK:
        text = looking.text(pdf)
        assert [caption for caption in captions if caption not in text] == []
    assert numbering.equations_of_pdf((printed / docname).with_suffix(".pdf")) == [*numbering.equations(page).values()]


def test_it_is_made_again_to_the_byte(printed: Path, tmp_path: Path) -> None:
    folder = printed / "build" / "latex"
    source = next(one for one in read_sources(folder) if one.name == "second_article")
    elsewhere = tmp_path / "another folder"
    folder.rename(elsewhere)
    try:
        made = make(elsewhere, source, source_digest(elsewhere, source))
        assert made.problems == ()
        assert made.pdf is not None
        assert made.pdf.read_bytes() == (printed / "articles" / "second_article.pdf").read_bytes()
    finally:
        elsewhere.rename(folder)


def test_what_is_fresh_is_not_made_again(printed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = printed / "build" / "latex"
    for source in read_sources(folder):
        assert pdf_digest(publish.home(printed, source)) == source_digest(folder, source)
    publish.publish(printed, folder)
    assert capsys.readouterr().out == "4 of 4 PDFs are fresh.\n"
    publish.check(printed, folder)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("A letter that no font has: 漢", "no font has the character 漢"),
        (f"$${'x' * 120}$$", "pt too wide"),
    ],
)
def test_a_fault_stops_the_pdf(build: Builder, text: str, fault: str) -> None:
    result = build({"articles/a.md": f"# A\n\n{text}\n"}, extensions=["_ext.latex"], builder="latex")
    (source, _) = read_sources(result.outdir)
    made = make(result.outdir, source, "digest")
    assert made.pdf is None
    assert any(fault in problem for problem in made.problems)


def test_marks_exercises_and_calculators_are_printed(printed: Path) -> None:
    path = printed / "articles" / "demo.pdf"
    text = looking.text(path)
    assert "Exercise 1. Bytes of a longer context" in text and "Solution on page" in text
    assert text.index("Solutions to the exercises") < text.index("Where the numbers come from")
    assert text.index("References") < text.index("Solutions to the exercises")
    assert "F1 Cache bytes of one token" in text and "4 KiB/token, 4,096 B/token = F1 with" in text
    assert "Calculator Bytes of a" in text
    with pikepdf.open(path) as pdf:
        assert looking.outline(pdf)[-1] == "Where the numbers come from"
