"""Data: every value has its provenance, and no two can be mistaken for one another."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from figures import data, paths
from figures.data import DataError, Datum

FILES = sorted(paths.DATA.glob("*.toml"))
VALUE = 'value = 80, unit = "GB", qualifier = "HBM", source = "a2024", locator = "p. 1", date = 2026-11-24'


def without(field: str) -> str:
    return ", ".join(part for part in VALUE.split(", ") if not part.startswith(field))


def load(tmp_path: Path, text: str) -> Mapping[str, data.Entry]:
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    return data.load("x", tmp_path)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_value_has_provenance_and_is_distinct(file: Path) -> None:
    table = data.load(file.stem)
    assert any(isinstance(value, Datum) for entry in table.values() for value in entry.values())
    assert data.conflicts(table) == []


def test_a_value_knows_where_it_is_from(tmp_path: Path) -> None:
    found = load(tmp_path, f'[card]\nname = "Card 80"\nmemory = {{{VALUE}}}\n')["card"]["memory"]
    assert isinstance(found, Datum)
    assert (found.path, found.label, found.file) == ("x.card.memory", "Card 80", tmp_path / "x.toml")
    assert (found.value, found.unit, found.source, found.locator) == (80, "GB", "a2024", "p. 1")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[card]\nmemory = 80\n", "x.card.memory is a bare value; a number needs a table with value, unit, qualifier"),
        ("memory = 80\n", "x.memory is a bare value; values stand in tables"),
        *(
            (
                f"[card]\nmemory = {{{', '.join(p for p in VALUE.split(', ') if not p.startswith(field))}}}\n",
                f"x.card.memory lacks {field}",
            )
            for field in data.FIELDS
        ),
        ("[card]\nmemory = {" + VALUE.replace('"HBM"', '""') + "}\n", "x.card.memory lacks qualifier"),
        ("[card]\nmemory = {" + VALUE + ', note = "n"}\n', "x.card.memory has unknown fields note"),
        ("[card]\nmemory = {" + VALUE.replace("80", '"80"') + "}\n", "x.card.memory.value is '80'; expected a number"),
        ("[card]\nmemory = {" + VALUE.replace("80", "true") + "}\n", "x.card.memory.value is True; expected a number"),
        ("[card]\nmemory = {" + VALUE.replace("2026-11-24", '"2026"') + "}\n", "expected a date such as 2026-11-24"),
        (
            "[card]\nmemory = {" + VALUE.replace("GB", "GX") + "}\n",
            "x.card.memory.unit is wrong: unit 'GX': unknown symbol 'GX'",
        ),
        ("[card\n", r"x.toml:1: malformed TOML: .*; look for a missing quote, bracket or equals sign there"),
    ],
)
def test_a_value_without_provenance_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message) as caught:
        load(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / 'x.toml'}:{text.count(chr(10), 0, -1) + 1}: ")


def test_a_bad_value_is_told_at_the_line_of_its_table_or_field(tmp_path: Path) -> None:
    fields = VALUE.replace(", ", "\n").replace("2026-11-24", '"today"')
    text = f'[a]\nname = "A"\n\n[a.memory]\n{VALUE.replace(", ", chr(10))}\n\n[b.memory]\n{fields}\n'
    line = text.splitlines().index('date = "today"') + 1
    with pytest.raises(DataError, match=rf"x\.toml:{line}: x\.b\.memory\.date is 'today'; expected a date"):
        load(tmp_path, text)
    header = text.splitlines().index("[b.memory]") + 1
    data.load.cache_clear()
    with pytest.raises(DataError, match=rf"x\.toml:{header}: x\.b\.memory lacks date: .*; add what is missing"):
        load(tmp_path, text.replace('date = "today"', ""))


def test_a_message_names_the_file_as_seen_from_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "FIELDS", (*data.FIELDS, "colour"))
    with pytest.raises(DataError, match=r"^figures/data/models\.toml:\d+: models\.\w+\.\w+ lacks colour"):
        data.load.__wrapped__("models")


def test_two_values_for_one_quantity_with_one_qualifier_are_found(tmp_path: Path) -> None:
    other = VALUE.replace("80", "96").replace('"GB"', '"GiB"').replace("HBM", "hbm")
    text = f"[card]\nmemory = {{{VALUE}}}\ncapacity = {{{other}}}\n[second]\nmemory = {{{VALUE}}}\n"
    assert data.conflicts(load(tmp_path, text)) == ["card: memory and capacity have one dimension and one qualifier"]


def test_another_qualifier_or_dimension_is_another_quantity(tmp_path: Path) -> None:
    text = f"[card]\na = {{{VALUE}}}\nb = {{{VALUE.replace('HBM', 'L2')}}}\nc = {{{VALUE.replace('GB', 'GB/s')}}}\n"
    assert data.conflicts(load(tmp_path, text)) == []


def test_what_is_not_there_is_told_with_what_is(tmp_path: Path) -> None:
    load(tmp_path, f'[card]\nname = "n"\nmemory = {{{VALUE}}}\n')
    assert data.value("x", "card", "memory", tmp_path).value == 80
    with pytest.raises(DataError, match=r"x.toml has no entry 'crad'; it has card"):
        data.value("x", "crad", "memory", tmp_path)
    with pytest.raises(DataError, match=r"x.card has no value 'name'; it has memory, name"):
        data.value("x", "card", "name", tmp_path)
    with pytest.raises(DataError, match=r"gone.toml does not exist"):
        data.load("gone", tmp_path)
