"""What the page's script makes of typed texts, and that it reads back what the page writes."""

from __future__ import annotations

import pytest
from _ext.calculator.payload import text

from figures import formatting
from figures.calculators import Entry
from tests import javascript

NUMBER = {"name": "n", "title": "N", "low": 0.5, "high": 1e6, "whole": False, "list": False}
WHOLE = {**NUMBER, "low": -5, "whole": True}
LIST = {**WHOLE, "list": True}
PARSE = """
answer(data.map(([text, field]) => {
  try { return lpaCalculator.parse(text, field); } catch (error) { return error.message; }
}));
"""


TYPED: list[tuple[str, dict[str, object], object]] = [
    ("12", NUMBER, 12),
    (" 1,024 ", NUMBER, 1024),
    ("1024.5", NUMBER, 1024.5),
    (".5", NUMBER, 0.5),
    ("5.", NUMBER, 5),
    ("1e3", NUMBER, 1000),
    ("−3", WHOLE, -3),
    ("40", LIST, [40]),
    ("40, 20;30 10", LIST, [40, 20, 30, 10]),
    ("0, 0", LIST, [0, 0]),
    ("", NUMBER, "Enter a number."),
    ("12 GB", NUMBER, "“12 GB” is not a number; write it like 131072 or 131,072."),
    ("8k", NUMBER, "“8k” is not a number; write it like 131072 or 131,072."),
    ("1,02", NUMBER, "“1,02” is not a number; write it like 131072 or 131,072."),
    ("NaN", NUMBER, "“NaN” is not a number; write it like 131072 or 131,072."),
    ("Infinity", NUMBER, "“Infinity” is not a number; write it like 131072 or 131,072."),
    (".", NUMBER, "“.” is not a number; write it like 131072 or 131,072."),
    ("1e999", NUMBER, "Must be between 0.5 and 1,000,000."),
    ("0.4", NUMBER, "Must be between 0.5 and 1,000,000."),
    ("1.5", WHOLE, "Enter a whole number."),
    ("", LIST, "Enter at least one number."),
    ("1,024, 8", LIST, "Separate the numbers by one comma each, without commas inside a number: 1024, 4096."),
    ("1,,2", LIST, "Separate the numbers by one comma each, without commas inside a number: 1024, 4096."),
    ("a, b", LIST, "“a” is not a number; write it like 40, 40."),
]


@pytest.fixture(scope="module")
def read() -> list[object]:
    """All of TYPED, read in one process."""
    answers: list[object] = javascript.run(PARSE, [[typed, field] for typed, field, _ in TYPED])
    return answers


@pytest.mark.parametrize("i", range(len(TYPED)), ids=[f"{typed} {value}" for typed, _, value in TYPED])
def test_typed(i: int, read: list[object]) -> None:
    assert read[i] == TYPED[i][2]


@pytest.mark.parametrize("entry", [8192, 0.9, 1e13, (40, 40), (1024.0,), (0.5, 131072)])
def test_the_text_of_an_entry_is_read_back_as_its_value(entry: Entry) -> None:
    field = {**NUMBER, "low": 0, "high": 1e15, "list": isinstance(entry, tuple)}
    read = javascript.run(PARSE, [[text(entry), field]])[0]
    assert read == (list(entry) if isinstance(entry, tuple) else entry)


def test_bounds_are_written_as_python_writes_them() -> None:
    field = {**NUMBER, "low": 1234.5, "high": 1e13}
    message = javascript.run(PARSE, [["1", field]])[0]
    assert message == f"Must be between {formatting.entry(1234.5)} and {formatting.entry(1e13)}."
