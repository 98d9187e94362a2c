"""The regular expressions by which tokenizers cut text before they look for tokens.

The patterns use classes of Unicode (``\\p{L}``), which Python's ``re`` lacks: :func:`translated` writes them out from
``unicodedata``. A tokenizer's library may know a later version of Unicode; they differ in characters added since.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache

_TAIL = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
_ENDINGS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
_UPPER, _LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
_BEFORE = r"[^\r\n\p{L}\p{N}]?"
_CASED_TAIL = r"| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"

PATTERNS: dict[str, tuple[str, ...]] = {
    "GPT-2": (r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",),
    "SmolLM2": (r"\p{N}", r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"),
    "cl100k": (rf"{_ENDINGS}|{_BEFORE}\p{{L}}+|\p{{N}}{{1,3}}{_TAIL}",),  # Llama 3 has the same
    "o200k": (
        rf"{_BEFORE}{_UPPER}*{_LOWER}+{_ENDINGS}?|{_BEFORE}{_UPPER}+{_LOWER}*{_ENDINGS}?|\p{{N}}{{1,3}}{_CASED_TAIL}",
    ),
    "Tekken": (rf"{_BEFORE}{_UPPER}*{_LOWER}+|{_BEFORE}{_UPPER}+{_LOWER}*|\p{{N}}{_CASED_TAIL}",),
    "Qwen3": (rf"{_ENDINGS}|{_BEFORE}\p{{L}}+|\p{{N}}{_TAIL}",),
    "Qwen3.5": (
        rf"{_ENDINGS}|{_BEFORE}[\p{{L}}\p{{M}}]+|\p{{N}}| ?[^\s\p{{L}}\p{{M}}\p{{N}}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    ),
    "DeepSeek V3": (
        r"\p{N}{1,3}",
        "[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+",
        r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*"
        r"|\s*[\r\n]+|\s+(?!\S)|\s+",
    ),
}
"""Patterns by tokenizer. Where there are several, each cuts what the one before it left, and all pieces stay."""


@cache
def _members(category: str) -> str:
    """The characters of a Unicode category, as the inside of a class for ``re``."""
    ranges: list[list[int]] = []
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code)).startswith(category):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges)


@cache
def translated(pattern: str) -> re.Pattern[str]:
    """``pattern`` for Python's ``re``, with every ``\\p{…}`` written out."""
    parts: list[str] = []
    inside = False
    for part in re.findall(r"\\p\{\w+\}|\\.|.", pattern, re.S):
        if part.startswith(r"\p"):
            parts.append(_members(part[3:-1]) if inside else f"[{_members(part[3:-1])}]")
            continue
        inside = part == "[" or (inside and part != "]")
        parts.append(part)
    return re.compile("".join(parts))


def cut(text: str, pattern: str) -> Iterator[str]:
    """The matches of ``pattern`` and what lies between them, in order: nothing of ``text`` is lost."""
    end = 0
    for match in translated(pattern).finditer(text):
        if match.start() > end:
            yield text[end : match.start()]
        if match[0]:
            yield match[0]
        end = match.end()
    if end < len(text):
        yield text[end:]


def pieces(text: str, name: str) -> list[str]:
    """``text`` cut by the patterns of the tokenizer ``name``."""
    found = [text]
    for pattern in PATTERNS[name]:
        found = [part for piece in found for part in cut(piece, pattern)]
    return found
