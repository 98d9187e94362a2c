"""What a LaTeX log tells that `latexmk` does not treat as an error: each of these is a fault in the printed page."""

from __future__ import annotations

import re
from dataclasses import dataclass

TOLERATED = 2.0  # points by which a box may stick out: 0.7 mm
FIRST = 8  # lines of an error that are shown

MISSING = re.compile(r"^Missing character: There is no (\S+)(?: \([^)]*\))? in font (.+?)!?$")
OVERFULL = re.compile(r"^Overfull \\([hv])box \(([\d.]+)pt too (?:wide|high)\)(.*)$")
UNDEFINED = re.compile(r"^LaTeX Warning: (Hyper reference|Reference|Citation) [`']([^']+)'.* undefined")
MULTIPLE = re.compile(r"^LaTeX Warning: Label [`']([^']+)' multiply defined")
TWICE = re.compile(r"^xdvipdfmx:warning: .*(already defined|[Dd]uplicate).*$")
ERROR = re.compile(r"^(?:! |[^ :]+:\d+: )")


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a PDF, in words for the author."""

    what: str
    advice: str

    def __str__(self) -> str:
        return f"{self.what}\n    → {self.advice}"


def faults(log: str) -> list[Fault]:
    """Find the faults that LaTeX only mentions in its log."""
    found: dict[Fault, None] = {}
    lines = log.splitlines()
    for index, line in enumerate(lines):
        if fault := _fault(line, lines[index + 1] if index + 1 < len(lines) else ""):
            found[fault] = None
    return list(found)


def _fault(line: str, following: str) -> Fault | None:
    if match := MISSING.match(line):
        return Fault(
            f"no font has the character {match[1]} ({match[2].split('/')[0].strip(chr(34))})",
            "write it another way (as maths, or in words), or add its block to docs/_latex/lpa-fonts.sty",
        )
    if (match := OVERFULL.match(line)) and float(match[2]) > TOLERATED:
        where = re.sub(r"\\\S+ |\[\]", "", following).strip()[:80] if match[1] == "h" else ""
        return Fault(
            f"a box is {match[2]} pt too {'wide' if match[1] == 'h' else 'high'}{match[3]}"
            + (f": {where}" * bool(where)),
            "let the text break there: shorten a long word, formula or code line (88 letters at most), or split it",
        )
    if match := UNDEFINED.match(line):
        return Fault(
            f"undefined {match[1].lower().removeprefix('hyper ')} {match[2]}",
            "the page would show “??”: mend the reference",
        )
    if match := MULTIPLE.match(line):
        return Fault(f"the label {match[1]} exists twice", "give each figure, table and equation a name of its own")
    if TWICE.match(line):
        return Fault(line.partition("warning: ")[2], "two places have one name, so links lead to the wrong one")
    return None


def errors(log: str) -> list[str]:
    """Return the first lines of the first error in a log."""
    lines = log.splitlines()
    for index, line in enumerate(lines):
        if ERROR.match(line):
            return lines[index : index + FIRST]
    return []
