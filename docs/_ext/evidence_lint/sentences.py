"""Split text into sentences, without stumbling over abbreviations and decimals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from _ext.evidence_lint import words

ABBREVIATIONS = frozenset(words.ABBREVIATIONS)
NEVER_LAST = frozenset({"e.g", "i.e", "fig", "figs", "eq", "eqs", "sec", "secs", "vs", "cf", "pp", "p", "approx", "ca"})
END = re.compile(r"([.!?…]+)([\"'”’)\]]*)(\s+)")
START = re.compile(r"[\"'“‘(\[]*(?:[A-Z0-9≈~$\ue000\ue001]|[a-z]*[A-Z])")


def split(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence with its position in ``text``."""
    start = 0
    for match in END.finditer(text):
        if _ends(text, match):
            yield start, text[start : match.end(2)]
            start = match.end()
    if text[start:].strip():
        yield start, text[start:]


def _ends(text: str, match: re.Match[str]) -> bool:
    before = re.search(r"[\w.]*$", text[: match.start()])
    word = (before[0] if before else "").lower()
    if match[1] == "." and word in NEVER_LAST:
        return False
    if match[1] == "." and re.fullmatch(r"[a-z]", word) and word != "i":
        return False  # an initial, as in "J. Smith"
    starts = START.match(text, match.end()) is not None
    if match[1] == "." and word in ABBREVIATIONS:
        # "et al. 2023" and "No. 5" go on; "… by Kwon et al. The cache …" ends.
        return starts and re.match(r"[A-Z][a-z]* ", text[match.end() :]) is not None and word not in {"no", "nos"}
    return starts
