"""What is read out of a LaTeX log."""

from __future__ import annotations

import pytest
from _ext.latex.log import errors, faults


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (
            'Missing character: There is no 漢 in font "[texgyrepagella-regular.otf]"!',
            "no font has the character 漢",
        ),
        ("Missing character: There is no ✓ (U+2713) in font texgyrepagella-regular!", "no font has the character ✓"),
        (
            "Overfull \\hbox (12.5pt too wide) in paragraph at lines 3--9",
            "a box is 12.5 pt too wide in paragraph at lines 3--9",
        ),
        ("Overfull \\vbox (3.1pt too high) has occurred while \\output is active", "a box is 3.1 pt too high"),
        ("LaTeX Warning: Reference `fig-x' on page 3 undefined on input line 7.", "undefined reference fig-x"),
        ("LaTeX Warning: Hyper reference `fig-x' on page 3 undefined on input line 7.", "undefined reference fig-x"),
        ("LaTeX Warning: Citation `x' on page 3 undefined on input line 7.", "undefined citation x"),
        ("LaTeX Warning: Label `fig-x' multiply defined.", "the label fig-x exists twice"),
    ],
)
def test_a_fault_is_found(line: str, what: str) -> None:
    (fault,) = faults(f"noise\n{line}\nmore noise")
    assert str(fault).startswith(what)
    assert "\n    → " in str(fault)  # what to do


@pytest.mark.parametrize(
    "line",
    [
        "Overfull \\hbox (1.9pt too wide) in paragraph at lines 3--9",
        "Underfull \\hbox (badness 10000) in paragraph at lines 3--9",
        "LaTeX Warning: Unused global option(s):",
        "Package hyperref Warning: Token not allowed in a PDF string (Unicode):",
    ],
)
def test_other_lines_are_none(line: str) -> None:
    assert faults(line) == []


def test_an_overfull_line_is_quoted() -> None:
    (fault,) = faults(
        "Overfull \\hbox (9.0pt too wide) in paragraph at lines 1--2\n[]\\TU/x/m/n/10.95 unbreakableword \n"
    )
    assert "unbreakableword" in str(fault)


def test_a_fault_is_told_once() -> None:
    assert len(faults("LaTeX Warning: Label `x' multiply defined.\n" * 3)) == 1


def test_the_first_error_is_shown_without_the_rest() -> None:
    log = "a\n" * 100 + "./x.tex:7: LaTeX Error: No.\nl.7\n" + "b\n" * 100
    assert errors(log)[0] == "./x.tex:7: LaTeX Error: No."
    assert len(errors(log)) <= 8
    assert errors("fine") == []
