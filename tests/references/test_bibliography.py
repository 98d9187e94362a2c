"""The bibliography of the project is in order, and the guide says how to keep it so."""

from __future__ import annotations

import re
import tomllib

from figures.paths import ROOT
from references import checker, records, rules

GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def example(language: str) -> str:
    """The first example in a language in the guide."""
    found = re.search(rf"^```{language}\n(.*?)^```", GUIDE, re.M | re.S)
    assert found
    return found[1]


def test_the_bibliography_is_in_order() -> None:
    paths = sorted(checker.FOLDER.glob("*.bib"))
    assert paths
    assert [str(problem) for problem in checker.check(paths)] == []


def test_the_guide_has_the_required_fields_of_every_kind() -> None:
    rows = re.findall(r"^\| `(\w+)\.bib` \|[^|]*\| (.*) \|$", GUIDE, re.M)
    stated = {kind: tuple(tuple(re.findall(r"`([a-z]+)`", part)) for part in text.split(";")) for kind, text in rows}
    assert stated == rules.KINDS


def test_the_entry_and_the_record_in_the_guide_are_ours() -> None:
    entry = example("bibtex")
    assert entry in (checker.FOLDER / "papers.bib").read_text(encoding="utf-8")
    ((key, record),) = tomllib.loads(example("toml")).items()
    assert f"{{{key}," in entry
    ours = records.read(checker.FOLDER / checker.RECORDS)[key]
    assert record == {field: ours[field] for field in records.FIELDS}


def test_the_guide_names_every_field_of_a_record_and_all_that_can_be_seen() -> None:
    assert re.findall(r"^\| `(\w+)` \|", GUIDE, re.M)[-len(records.FIELDS) :] == [*records.FIELDS]
    (seen,) = re.findall(r"^\| `seen` \| (.*) \|$", GUIDE, re.M)
    assert tuple(re.findall(r'`"([a-z ]+)"`', seen)) == records.SEEN
