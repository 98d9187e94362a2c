"""Read TOML so that every complaint can name a line: ``tomllib`` forgets where things stood."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

HEADER = re.compile(r"\s*\[([^\[\]]+)\]")
FIELD = re.compile(r"\s*((?:[\w-]+|\"[^\"]+\")(?:\s*\.\s*(?:[\w-]+|\"[^\"]+\"))*)\s*=")


class MalformedTomlError(ValueError):
    """A file that is not TOML; ``line`` is where the parser stopped."""

    def __init__(self, error: tomllib.TOMLDecodeError) -> None:
        """Take the line out of the parser's message."""
        super().__init__(f"malformed TOML: {error}; look for a missing quote, bracket or equals sign there")
        place = re.search(r"at line (\d+)", str(error))
        self.line = int(place[1]) if place else 1


def read(path: Path) -> dict[str, Any]:
    """The content of a file.

    Raises:
        FileNotFoundError: there is none.
        MalformedTomlError: it is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise MalformedTomlError(error) from error


def line_of(path: Path, *keys: str) -> int:
    """The line of the field or table ``keys``, or of the innermost table around it that the file has."""
    table: tuple[str, ...] = ()
    best, depth = 1, 0
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if header := HEADER.match(text):
            found = table = _keys(header[1])
        elif field := FIELD.match(text):
            found = table + _keys(field[1])
        else:
            continue
        if depth < len(found) and found == keys[: len(found)]:
            best, depth = number, len(found)
    return best


def _keys(text: str) -> tuple[str, ...]:
    return tuple(quoted or bare for quoted, bare in re.findall(r"\"([^\"]+)\"|([\w-]+)", text))
