"""Tables: alignment, widths, turning."""

from __future__ import annotations

import re

import pytest
from _ext.latex.tables import COLUMN_GAP, MEASURE, Column, column_spec, text_width, widths

from tests.roots import Builder


def table(columns: int, cell: str = "word", rows: int = 1, align: str = "---") -> str:
    head = "|" + " H |" * columns
    return (
        f"# A\n\n:::{{table}} Caption\n:name: tab-a\n\n{head}\n|{(align + '|') * columns}\n"
        + ("|" + f" {cell} |" * columns + "\n") * rows
        + ":::\n"
    )


def latex(build: Builder, text: str) -> str:
    result = build({"articles/a.md": text}, extensions=["_ext.latex"], builder="latex")
    assert result.warnings == ""
    return result.text("a.tex")


@pytest.mark.parametrize(("align", "name"), [(":--", "left"), ("--:", "right"), (":-:", "center"), ("---", "left")])
def test_the_alignment_of_markdown_columns_is_kept(build: Builder, align: str, name: str) -> None:
    assert f"\\begin{{tabular}}[t]{{\\lpa{name}{{" in latex(build, table(1, align=align))


def test_a_table_that_fits_is_as_wide_as_its_words() -> None:
    columns = [Column(widest=4.0, word=2.0), Column(widest=2.0, word=2.0)]
    shares = widths(columns, 10.0, MEASURE)
    assert shares is not None and sum(shares) < 100
    assert shares[0] == 2 * shares[1]


def test_a_wide_table_fills_the_measure_and_no_column_is_narrower_than_its_longest_word() -> None:
    columns = [Column(widest=90.0, word=5.0), Column(widest=9.0, word=9.0), Column(widest=40.0, word=4.0)]
    shares = widths(columns, 10.0, MEASURE)
    assert shares is not None
    assert sum(shares) + 3 * COLUMN_GAP == pytest.approx(MEASURE)
    assert all(share >= column.word * 10 for share, column in zip(shares, columns, strict=True))
    fractions = [float(text) for text in re.findall(r"\{([\d.]+)\}", column_spec(columns, shares, MEASURE))]
    assert sum(fractions) == pytest.approx(1, abs=1e-3)


def test_words_that_cannot_stand_beside_each_other_have_no_widths() -> None:
    assert widths([Column(widest=30.0, word=30.0)] * 2, 10.0, MEASURE) is None


def test_five_columns_of_text_stay_upright_and_six_are_turned(build: Builder) -> None:
    cell = "several words that need two lines"
    assert "sidewaystable" not in latex(build, table(5, cell)) and r"\begin{lpawhole}" in latex(build, table(5, cell))
    assert r"\begin{lpaturned}" in latex(build, table(6, cell))


def test_eight_narrow_columns_stay_upright(build: Builder) -> None:
    assert r"\begin{lpawhole}" in latex(build, table(8, "1.5"))


def test_a_long_table_may_break_across_pages(build: Builder) -> None:
    text = latex(build, table(2, rows=40))
    assert r"\begin{longtable}" in text and "lpawhole" not in text
    assert r"\begin{lpaturnedpages}" in latex(build, table(7, "several words that need two lines", rows=40))
    assert r"\begin{longtable}" in latex(build, table(2, "a cell of many words " * 12, rows=12))  # few rows, many lines


def test_a_long_table_without_a_caption_is_not_counted(build: Builder) -> None:
    rows = "| H |\n|---|\n" + "| w |\n" * 40
    text = latex(build, f"# A\n\n{rows}\n:::{{table}} Caption\n\n{rows}:::\n")
    bare, _, captioned = text.partition(r"\end{lpauncounted}")
    assert bare.count(r"\begin{lpauncounted}") == bare.count(r"\begin{longtable}") == 1
    assert r"\begin{longtable}" in captioned and "lpauncounted" not in captioned


def test_a_table_wider_than_a_turned_page_is_reported(build: Builder) -> None:
    text = table(6, "w" * 30)
    result = build({"articles/a.md": text}, extensions=["_ext.latex"], builder="latex")
    assert "articles/a.md:6: WARNING: this table is too wide for a page, even turned" in result.warnings
    assert result.warnings.count("Split it, or shorten words. [latex.table_too_wide]") == 1


def test_wide_letters_are_wider() -> None:
    assert text_width("mmm") > text_width("aaa") > text_width("iii")
