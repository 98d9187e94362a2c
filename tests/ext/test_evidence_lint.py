"""The evidence linter, on sentences kept as data (good.md, bad.md) and on tables and captions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from _ext.evidence_lint import sentences

from tests.ext.demo import EXTENSIONS, FILES
from tests.roots import Builder, Result

pytestmark = pytest.mark.usefixtures("own_figures")

DATA = Path(__file__).parent / "evidence_lint"
LIST = "\n\n## References\n\n```{bibliography}\n:filter: docname in docnames\n```\n"
GLOSSARY = "# Glossary\n\n```{glossary}\nKV cache\n  The cache of 80 GB.\n```\n"


def lint(build: Builder, text: str, **options: object) -> list[tuple[int, str]]:
    """Line and message of every finding; other warnings must not occur."""
    files = FILES | {"articles/demo.md": text, "docs/glossary.md": GLOSSARY}
    options = {"evidence_lint_documents": ["articles/*"]} | options
    result: Result = build(files, extensions=[*EXTENSIONS, "_ext.evidence_lint"], repository_url="", **options)  # type: ignore[arg-type]
    found = re.findall(r"articles/demo\.md:(\d+): WARNING: (.*) \[evidence\.unsupported\]", result.warnings)
    assert len(found) == result.warnings.count("WARNING"), result.warnings
    return [(int(line), message) for line, message in found]


def expected(text: str) -> list[tuple[int, str]]:
    """Line and claim of each `% claim` comment; the claim stands in the lines above it."""
    wanted = []
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith("% "):
            claim, above = line[2:], number - 1
            while claim not in lines[above - 1]:
                above -= 1
            wanted.append((above, claim))
    return wanted


def test_bad_sentences_are_found_at_their_line(build: Builder) -> None:
    text = (DATA / "bad.md").read_text(encoding="utf-8")
    wanted = expected(text)
    assert len(wanted) >= 60
    found = lint(build, text + LIST)
    start = {line: sentence_start(text, line, claim) for line, claim in wanted}
    assert [line for line, _ in found] == [start[line] for line, _ in wanted]
    for (_, message), (_, claim) in zip(found, wanted, strict=True):
        assert f"'{claim}'" in message
        assert "Cite a source with its locator ({cite:p}`key{§2}`), mark the number" in message


def sentence_start(text: str, line: int, claim: str) -> int:
    """The line where the paragraph of `line` starts: every bad paragraph but one is a single line."""
    lines = text.splitlines()
    while lines[line - 2].strip() and not lines[line - 2].startswith("% "):
        line -= 1
    return line


def test_good_sentences_are_left_alone(build: Builder) -> None:
    text = (DATA / "good.md").read_text(encoding="utf-8")
    assert len([block for block in text.split("\n\n") if block.strip()]) >= 60
    figure = "\n\n```{figure} x.png\n:name: fig-x\n\nA picture.\n```\n\n$$\nx\n$$ (eq-x)\n"
    assert (
        lint(build, text + LIST + figure, suppress_warnings=["image.not_readable", "bibtex", "myst.xref_ambiguous"])
        == []
    )


TABLE = """# T

:::{table} A caption
:name: tab-x

| Device %s | Memory %s | Bandwidth %s |
| --- | --- | --- |
| H100 %s | 80 GB %s | 3.35 %s |
:::
"""


@pytest.mark.parametrize("place", range(6))
def test_evidence_in_cell_row_head_or_column_head(build: Builder, place: int) -> None:
    """Cells 4 (with its unit) and 5 (unit in its column's head) claim; row heads and column heads vouch."""
    parts = ["", "", "(TB/s)", "", "", ""]
    parts[place] += " {cite:p}`paper2023{p. 1}`"
    text = TABLE % tuple(parts)
    claims = {re.findall(r"'([^']*)' without|^'([^']*)'", message)[0] for _, message in lint(build, text + LIST)}
    flat = {one or two for one, two in claims}
    by_place = {0: {"80 GB", "3.35"}, 1: {"3.35"}, 2: {"80 GB"}, 3: set(), 4: {"3.35"}, 5: {"80 GB"}}
    assert flat == by_place[place]


def test_a_cell_is_reported_with_its_line(build: Builder) -> None:
    found = lint(build, TABLE % ("", "", "(TB/s)", "", "", "") + LIST)
    assert {line for line, _ in found} == {8}
    assert "in its cell and the heads of its row and column" in found[0][1]


def test_captions_of_tables_and_figures(build: Builder) -> None:
    text = TABLE.replace("A caption", "It takes 9 GB") % ("", "", "", "{cite:p}`paper2023{p. 1}`", "", "")
    text += "\n```{figure} x.png\nIt takes 7 GB.\n```\n"
    found = lint(build, text + LIST, suppress_warnings=["image.not_readable", "bibtex"])
    assert [re.findall(r"'(\d GB)'", message)[0] for _, message in found] == ["9 GB", "7 GB"]


def test_only_the_configured_documents(build: Builder) -> None:
    assert lint(build, "# T\n\nIt takes 80 GB.\n", evidence_lint_documents=["docs/*"]) == []


def test_every_page_of_the_site_by_default(build: Builder) -> None:
    files = FILES | {"docs/glossary.md": GLOSSARY}
    result = build(files, extensions=[*EXTENSIONS, "_ext.evidence_lint"], repository_url="")
    assert re.findall(r"(\S+): WARNING: '80 GB' without evidence", result.warnings) == ["docs/glossary.md:5"]


def test_generated_tables_and_marks_descriptions_are_not_looked_at(build: Builder) -> None:
    assert lint(build, "# T\n\nIt is {computed}`4 KiB/token <token_bytes>`.\n" + LIST) == []


def test_a_finding_comes_back_until_it_is_mended(build: Builder) -> None:
    text = "# T\n\nIt takes 80 GB.\n"
    assert lint(build, text) == lint(build, text) != []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Few, e.g. Llama 3. Two.", ["Few, e.g. Llama 3.", "Two."]),
        ("Kwon et al. (2023) find 3.5 GB. Two.", ["Kwon et al. (2023) find 3.5 GB.", "Two."]),
        ("By Kwon et al. The cache grows.", ["By Kwon et al.", "The cache grows."]),
        ("See Fig. 3 vs. Fig. 4. Two?", ["See Fig. 3 vs. Fig. 4.", "Two?"]),
        ("J. Smith wrote it. Two", ["J. Smith wrote it.", "Two"]),
        ("It is so (really.) Next!", ["It is so (really.)", "Next!"]),
        ("v. lower case follows. iOS too.", ["v. lower case follows.", "iOS too."]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [sentence for _, sentence in sentences.split(text)] == parts
