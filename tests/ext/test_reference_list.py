"""The reference list of each article."""

from __future__ import annotations

import pytest
from _ext.reference_list import letter
from bs4 import Tag

from tests.roots import Builder, Result

BIB = """
@misc{zhang2024first, author={Zhang, Wei and Li, Fei and Wu, Jun}, title={First}, year={2024}, url={https://a.b/1}}
@misc{zhang2024second, author={Zhang, Yi and Li, Fei and Wu, Jun}, title={Second}, year={2024}, url={https://a.b/2}}
@misc{nvidia2022, author={{NVIDIA}}, title={Sheet}, year={2022}, url={https://a.b/3}}
@misc{vaswani2017, author={Vaswani, Ashish and de Vries, Jan}, title={Both}, year={2017}, url={https://a.b/4}}
@misc{unused2020, author={Nobody, Ann}, title={Unused}, year={2020}, url={https://a.b/5}}
"""
LIST = "## References\n\n```{bibliography}\n:filter: docname in docnames\n```\n"
A = (
    "# A\n\nX {cite:p}`zhang2024first{§4.2}`, {cite:p}`zhang2024second{p. 3}`, {cite:t}`vaswani2017`.\n"
    "Again {cite:p}`vaswani2017`.\n\n" + LIST
)
B = "# B\n\nX {cite:p}`zhang2024second{p. 4}`, {cite:p}`nvidia2022{Table 1}` and {cite:p}`vaswani2017`.\n\n" + LIST


def run(build: Builder, a: str = A, b: str = B) -> Result:
    return build(
        {"references/x.bib": BIB, "articles/a.md": a, "articles/b.md": b, "docs/plain.md": "# Plain\n"},
        extensions=["sphinxcontrib.bibtex", "_ext.reference_list"],
    )


def labels(result: Result, docname: str) -> list[str]:
    return [str(label.get_text()).strip("[]") for label in result.html(docname).select(".citation > .label")]


def test_each_article_lists_what_it_cites_sorted_by_author(build: Builder) -> None:
    result = run(build)
    assert result.warnings == ""
    assert labels(result, "articles/a") == [
        "Vaswani and de\N{NO-BREAK SPACE}Vries, 2017",
        "Zhang et al., 2024a",
        "Zhang et al., 2024b",
    ]
    assert labels(result, "articles/b") == [
        "NVIDIA, 2022",
        "Vaswani and de\N{NO-BREAK SPACE}Vries, 2017",
        "Zhang et al., 2024",
    ]


def test_a_citation_reads_as_its_label_and_leads_to_the_list_of_its_page(build: Builder) -> None:
    result = run(build)
    for docname in ("articles/a", "articles/b"):
        page = result.html(docname)
        links = page.select(".bibtex-citation a")
        assert links
        for link in links:
            entry = page.select_one(str(link["href"]))
            assert entry is not None and str(link["href"]).startswith("#cite-")
            label = entry.select_one(".label")
            assert label is not None
            assert label.get_text().strip("[]").endswith(link.get_text())  # {cite:t} links only the year
            assert link["title"]


def test_locators_are_printed(build: Builder) -> None:
    text = run(build).html("articles/a").get_text()
    assert "[Zhang et al., 2024a, §4.2]" in text and "[Zhang et al., 2024b, p. 3]" in text


@pytest.mark.parametrize(("number", "text"), [(0, "a"), (25, "z"), (26, "aa"), (51, "az"), (52, "ba")])
def test_letters_do_not_run_out(number: int, text: str) -> None:
    assert letter(number) == text


def test_the_letter_survives_a_second_build(build: Builder) -> None:
    run(build)
    again = run(build, a=A + "\nMore.\n")
    assert again.warnings == ""
    assert labels(again, "articles/a")[-1] == "Zhang et al., 2024b"


def test_the_style_sheet_is_loaded_where_there_is_a_list(build: Builder) -> None:
    result = run(build)

    def sheets(docname: str) -> list[Tag]:
        return result.html(docname).select("link[href*='reference_list.css']")

    assert len(sheets("articles/a")) == 1
    assert sheets("plain") == []


def test_citing_without_a_list_is_an_error(build: Builder) -> None:
    text = run(build, a="# A\n\nX {cite:p}`nvidia2022{p. 1}`.\n").warnings
    assert "articles/a.md:" in text
    assert "WARNING: the document cites but has no reference list; end it with the heading `## References`" in text


@pytest.mark.parametrize("filter_", ["cited", "True"])
def test_another_filter_is_an_error(build: Builder, filter_: str) -> None:
    text = run(build, a=A.replace("docname in docnames", filter_)).warnings
    assert f"articles/a.md:8: WARNING: the reference list has the filter `{filter_}`: expected one list" in text


def test_a_second_list_is_an_error(build: Builder) -> None:
    text = run(build, a=A + "\n" + LIST.replace("References", "More")).warnings
    assert "and is not the only one: expected one list per document" in text


def test_a_work_cited_often_has_few_links_back(build: Builder) -> None:
    often = "{cite:p}`nvidia2022{p. 1}`\n\n" * 30
    result = run(build, a=A.replace("# A\n\n", f"# A\n\n{often}"))
    assert result.warnings == ""
    entry = result.html("articles/a").select_one("#cite-nvidia2022")
    assert entry is not None
    assert [link.get_text() for link in entry.select(".backrefs a")] == [str(n) for n in range(1, 11)]
