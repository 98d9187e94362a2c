"""Tables made from data: compared cell by cell, marked, rewritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from _ext.evidence import library

from figures.rewrite import rewrite
from tests.ext.demo import EXTENSIONS, FILES
from tests.roots import Builder, Result

pytestmark = pytest.mark.usefixtures("own_figures")

TABLES = """
from figures.demo import results
from figures.tables import Column, Table

sizes = Table(
    columns=("Model", "Layers", Column("Cache", unit="KiB/token"), "Step", "Note"),
    rows=(("Tiny 1B", results.model("layers"), results.token_bytes, results.step, "*first* | last"),),
)
"""

BODY = r"""| Model   | Layers | Cache (KiB/token) |    Step | Note             |
| ------- | -----: | ----------------: | ------: | ---------------- |
| Tiny 1B |      4 |                 4 | 12.3 ms | *first* \| last  |
"""

ARTICLE = f"""# Demo

See {{numref}}`tab-sizes`.

:::{{datatable}} sizes
:name: tab-sizes
:caption: Sizes of *models*.

{BODY}:::

## References

```{{bibliography}}
:filter: docname in docnames
```
"""


def built(build: Builder, article: str = ARTICLE, tables: str = TABLES, **options: object) -> Result:
    files = FILES | {"articles/demo.md": article, "figures/demo/tables.py": tables}
    extensions = [*EXTENSIONS, "_ext.datatable"]
    return build(files, extensions=extensions, repository_url="https://example.org/r", **options)  # type: ignore[arg-type]


def test_each_number_of_the_table_carries_its_mark(build: Builder) -> None:
    result = built(build)
    assert result.warnings == ""
    page = result.html("articles/demo")
    cells = {cell.get_text(): [b["aria-label"] for b in cell.select("button")] for cell in page.select("tbody td")}
    assert cells == {
        "Tiny 1B": [],
        "4": ["How 4 was computed"],  # the later of the two cells that print 4
        "12.3 ms": ["How 12.3 ms was measured"],
        "first | last": [],
    }
    assert page.select_one("button[aria-label='Where 4 is from']")
    assert page.select_one("tbody em")
    popover = page.select_one("#lpa-ev-demo-models-tiny-layers[popover]")
    assert popover is not None and "config.json" in popover.get_text()


def test_caption_number_and_reference(build: Builder) -> None:
    page = built(build).html("articles/demo")
    table = page.select_one("table#tab-sizes.lpa-datatable")
    assert table is not None
    caption = table.select_one("caption")
    assert caption is not None and caption.get_text().startswith("Table 1 Sizes of models.")
    link = page.select_one("a[href='#tab-sizes']")
    assert link is not None and link.get_text() == "Table 1"
    assert [("text-right" in cell["class"]) if cell.get("class") else False for cell in table.select("tbody td")] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_readers_can_filter_and_sort_a_table_that_says_so(build: Builder) -> None:
    plain = built(build).html("articles/demo")
    assert plain.select_one("table.lpa-datatable") and not plain.select_one("table.lpa-datatable-interactive")
    page = built(build, ARTICLE.replace(":name: tab-sizes\n", ":name: tab-sizes\n:interactive:\n")).html(
        "articles/demo"
    )
    assert page.select_one("table#tab-sizes.lpa-datatable-interactive")
    assert page.select_one("script[src*='datatable.js'][defer]")


@pytest.mark.parametrize("builder", ["html", "latex"])
def test_a_mark_in_the_caption_is_no_cell(build: Builder, builder: str) -> None:
    article = ARTICLE.replace("Sizes of *models*.", "A step takes {measured}`12.3 ms <step>`.")
    result = built(build, article, builder=builder)
    assert result.warnings == ""
    if builder == "html":
        assert result.html("articles/demo").select_one("caption button[aria-label='How 12.3 ms was measured']")


def test_latex_aligns_columns_and_lists_cited_data(build: Builder) -> None:
    result = built(build, builder="latex")
    assert result.warnings == ""
    tex = result.text("test.tex")
    assert "{LRRRL}" in tex
    datum = r"\lpaItem{D1}\phantomsection\label{\detokenize{articles/demo:lpa-D1}}"
    assert datum + r"\label{\detokenize{articles/demo:lpa-ev-demo-models-tiny-layers}}" in tex


BAD = {
    "cell": (
        BODY.replace("12.3 ms", "12.4 ms"),
        "row 'Tiny 1B', column 'Step': printed '12.4 ms', expected '12.3 ms'; run 'nox -s figures'",
        11,
    ),
    "columns": (BODY.replace("| Tiny 1B |", "|"), "4 cells in this row, expected 5", 11),
    "rows": (BODY + BODY.splitlines()[-1] + "\n", "the table has 2 rows, expected 1", 5),
    "body": ("", "table 'sizes' has no body; run 'nox -s figures'", 5),
}


@pytest.mark.parametrize("case", BAD)
def test_a_stale_body_says_where_and_what_to_do(build: Builder, case: str) -> None:
    body, message, line = BAD[case]
    article = ARTICLE.replace(BODY, body).replace("See {numref}`tab-sizes`.", "See.")
    result = built(build, article)
    assert f"articles/demo.md:{line}: WARNING: {message}" in result.warnings
    assert f"[datatable.{case}]" in result.warnings


def test_a_stale_head_is_told(build: Builder) -> None:
    result = built(build, ARTICLE.replace("(KiB/token)", "(MiB/token)"))
    message = "articles/demo.md:9: WARNING: head: printed 'Cache (MiB/token)', expected 'Cache (KiB/token)'"
    assert message in result.warnings


def test_unknown_table_and_missing_module(build: Builder) -> None:
    result = built(build, ARTICLE.replace("{datatable} sizes", "{datatable} size"))
    assert "figures/demo/tables.py has no table 'size'; it has sizes [datatable.unknown]" in result.warnings
    library.forget()
    result = build({"figures/demo/tables.py": None}, extensions=[*EXTENSIONS, "_ext.datatable"], repository_url="")
    assert "figures/demo/tables.py does not exist" in result.warnings


def test_an_exception_in_tables_is_told_with_its_line(build: Builder) -> None:
    assert "figures/demo/tables.py, line 2: KeyError: 'gone'" in built(build, tables="\n{}['gone']\n").warnings


def test_caption_and_name_are_required(build: Builder) -> None:
    article = ARTICLE.replace(":name: tab-sizes\n:caption: Sizes of *models*.\n", "").replace(
        "{numref}`tab-sizes`", "x"
    )
    warnings = built(build, article).warnings
    assert "table 'sizes' has no name; add ':name: tab-…' [datatable.option]" in warnings
    assert "table 'sizes' has no caption; add ':caption: What the table shows.' [datatable.option]" in warnings


def test_editing_tables_reads_the_article_again(build: Builder) -> None:
    built(build)
    tables = TABLES.replace('"Model"', '"Name"')
    result = build({"figures/demo/tables.py": tables}, extensions=[*EXTENSIONS, "_ext.datatable"], repository_url="")
    assert "head: printed 'Model', expected 'Name'" in result.warnings


def root(tmp_path: Path, article: str, tables: str = TABLES) -> Path:
    for name, text in (FILES | {"articles/demo.md": article, "figures/demo/tables.py": tables}).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(text), encoding="utf-8")
    return tmp_path / "articles" / "demo.md"


@pytest.mark.parametrize("body", ["", BODY.replace("12.3", "99.9")])
def test_rewrite_makes_the_body_that_the_build_accepts(build: Builder, tmp_path: Path, body: str) -> None:
    article = root(tmp_path, ARTICLE.replace(BODY, body))
    assert rewrite(article) is True
    text = article.read_text(encoding="utf-8")
    assert rewrite(article) is False
    assert built(build, text).warnings == ""
    assert "# Demo" in text and "## References" in text and text.count("| Tiny 1B") == 1


def test_rewrite_leaves_the_article_alone_when_a_table_is_unknown(tmp_path: Path) -> None:
    text = ARTICLE.replace("12.3", "99.9") + "\n:::{datatable} other\n:name: tab-o\n:::\n"
    article = root(tmp_path, text)
    with pytest.raises(Exception, match="has no table 'other'"):
        rewrite(article)
    assert article.read_text(encoding="utf-8") == text
    assert [file.name for file in article.parent.iterdir()] == ["demo.md"]


def test_citations_at_the_row_or_in_the_cell(build: Builder, tmp_path: Path) -> None:
    for sources, row in {
        "row": "| Tiny 1B {cite:p}`tiny2024{config.json}` |      4 |",
        "cell": "| Tiny 1B | 4 {cite:p}`tiny2024{config.json}` |",
    }.items():
        tables = TABLES.replace("    rows=", f"    sources={sources!r},\n    rows=")
        article = root(tmp_path, ARTICLE, tables)
        library.forget()
        rewrite(article)
        assert row in article.read_text(encoding="utf-8")
        assert built(build, article.read_text(encoding="utf-8"), tables).warnings == ""
