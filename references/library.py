"""Read the bibliography with pybtex, and know on which line everything stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pybtex.database import BibliographyDataError, Person
from pybtex.database.input.bibtex import Parser
from pybtex.richtext import Text
from pybtex.scanner import PybtexSyntaxError

ENTRY = re.compile(
    r"^[ \t]*@(?!comment|string|preamble)\w+[ \t]*\{[ \t]*(?P<key>[^\s,]+)", re.MULTILINE | re.IGNORECASE
)

NO_DECOMPOSITION = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong, where, and what to do about it."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        """Print as compilers do."""
        return f"{self.path}:{self.line}: {self.message}"


class MalformedError(Exception):
    """A file that cannot be read at all."""

    def __init__(self, problem: Problem) -> None:
        """Keep the place."""
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class Work:
    """One entry of the bibliography."""

    key: str
    path: Path
    lines: Mapping[str, int]  # of each field, and of the entry under ""
    type: str
    fields: Mapping[str, str]
    authors: tuple[Person, ...]

    @property
    def kind(self) -> str:
        """The kind of source, which is the name of the file."""
        return self.path.stem

    @property
    def organisation(self) -> bool:
        """Whether the first author is an organisation, that is, stands in braces."""
        first = self.authors[0]
        return not first.first_names and len(first.last_names) == 1 and first.last_names[0].startswith("{")

    def problem(self, message: str, field: str = "") -> Problem:
        """Say what is wrong with the entry, at the line of a field if it has that field."""
        return Problem(self.path, self.lines.get(field, self.lines[""]), f"`{self.key}`: {message}")


def plain(latex: str) -> str:
    """Text without the markup of LaTeX."""
    return str(Text.from_latex(latex))


def fold(text: str) -> str:
    """Reduce to lower-case ASCII words, as far as that goes."""
    plain_ = unicodedata.normalize("NFKD", text.lower().translate(NO_DECOMPOSITION))
    return " ".join(re.findall(r"[a-z0-9]+", plain_.encode("ascii", "ignore").decode()))


def family_name(person: Person) -> str:
    """The family name without its particle, or the whole name of an organisation."""
    return plain(" ".join(person.last_names))


def read(paths: Iterable[Path]) -> list[Work]:
    """Read the entries of some files in order; raise MalformedError for a file that is not BibTeX."""
    return [work for path in paths for work in _read_file(path)]


def _read_file(path: Path) -> list[Work]:
    text = path.read_text(encoding="utf-8")
    places: dict[str, re.Match[str]] = {}
    for match in ENTRY.finditer(text):
        if earlier := places.get(match["key"].lower()):
            message = (
                f"the key `{match['key']}` is used twice: here and on line {_line(text, earlier.start('key'))}; "
                "one work, one key: rename or remove one"
            )
            raise MalformedError(Problem(path, _line(text, match.start("key")), message))
        places[match["key"].lower()] = match
    try:
        data = Parser(encoding="utf-8").parse_string(text)
    except PybtexSyntaxError as error:
        message = f"malformed BibTeX: {error}; look for a missing comma, brace or quote on the lines above"
        raise MalformedError(Problem(path, error.lineno, message)) from error
    except BibliographyDataError as error:
        name = re.search(r"with key (\S+)", str(error))
        match_ = places.get(name[1].lower()) if name else None
        line = _line(text, match_.start("key")) if match_ else 1
        raise MalformedError(Problem(path, line, f"malformed BibTeX: {error}; write each field once")) from error
    starts = [*sorted(match.start() for match in places.values()), len(text)]
    works = []
    for key, entry in data.entries.items():
        start = places[key.lower()].start("key")
        end = next(other for other in starts if other > start)
        lines = {"": _line(text, start)}
        for field in re.finditer(r"^[ \t]*(\w+)[ \t]*=", text[start:end], re.MULTILINE):
            lines.setdefault(field[1].lower(), _line(text, start + field.start(1)))
        fields = {name.lower(): value for name, value in entry.fields.items()}
        works.append(Work(key, path, lines, entry.type, fields, tuple(entry.persons.get("author", ()))))
    return works


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
