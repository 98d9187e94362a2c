"""A build reports a bibliography that is not in order."""

from __future__ import annotations

import pytest
from sphinx.errors import ExtensionError

from tests.references.test_checker import PAPERS, RECORD
from tests.roots import Builder, Result

VENDOR = """@misc{nvidia2024h200,
  author = {{NVIDIA}},
  title = {H200 Data Sheet},
  year = {2024},
  howpublished = {Data sheet},
  url = {https://www.nvidia.com/h200},
}
"""
ARTICLE = (
    "# A\n\nX {cite:p}`kwon2023{§4}` and {cite:t}`nvidia2024h200`.\n\n"
    "```{bibliography}\n:filter: docname in docnames\n```\n"
)
FILES: dict[str, str | bytes | None] = {
    "references/papers.bib": PAPERS,
    "references/vendors.bib": VENDOR,
    "references/verified.toml": RECORD.format("kwon2023") + RECORD.format("nvidia2024h200"),
    "articles/a.md": ARTICLE,
}


def run(build: Builder, files: dict[str, str | bytes | None]) -> Result:
    return build(files, extensions=["_ext.references_check"])


def test_a_good_bibliography_is_silent(build: Builder) -> None:
    assert run(build, FILES).warnings == ""


def test_a_site_without_bibliography_is_silent(build: Builder) -> None:
    assert run(build, {"articles/a.md": "# A\n"}).warnings == ""


def test_an_entry_that_breaks_a_rule_is_a_warning_with_its_place(build: Builder) -> None:
    files = FILES | {"references/papers.bib": PAPERS.replace("2309.06180", "2309.06180v2")}
    for changes in (files, {}):  # also when nothing is read anew
        assert (
            "references/papers.bib:9: WARNING: `kwon2023`: eprint is '2309.06180v2': expected an arXiv id like "
            "`2309.06180`, no version [references.entry]" in run(build, changes).warnings
        )


def test_no_record_is_a_warning(build: Builder) -> None:
    text = run(build, FILES | {"references/verified.toml": RECORD.format("kwon2023")}).warnings
    assert "references/vendors.bib:1: WARNING: `nvidia2024h200`: no record in verified.toml: look at" in text


def test_an_entry_that_nobody_cites_is_a_warning_until_somebody_does(build: Builder) -> None:
    text = run(build, FILES | {"articles/a.md": ARTICLE.replace(" and {cite:t}`nvidia2024h200`", "")}).warnings
    assert (
        "references/vendors.bib:1: WARNING: `nvidia2024h200`: no page cites this entry: cite it, or remove it and its "
        "record [references.uncited]" in text
    )
    other = ARTICLE.replace("{cite:p}`kwon2023{§4}` and ", "")
    assert run(build, {"articles/b.md": other}).warnings == ""


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        (
            "papers.bib",
            "@misc{kwon2023,\n  title = {A,\n",
            r"references/papers.bib:2: malformed BibTeX: .*; look for",
        ),
        ("verified.toml", "[a]\nb = c\n", r"references/verified.toml:2: malformed TOML: .*; look for a missing quote"),
    ],
)
def test_a_malformed_file_stops_the_build_and_leaves_the_output(
    build: Builder, file: str, text: str, message: str
) -> None:
    page = run(build, FILES).text("articles/a.html")
    with pytest.raises(ExtensionError, match=message):
        run(build, {f"references/{file}": text})
    assert (build.root / "build/html/articles/a.html").read_text(encoding="utf-8") == page
