"""Check the bibliography: `python -m references.checker` lists what is wrong with file and line.

`_ext.references_check` runs this at every build and adds what only a build knows: that every entry is cited.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from pathlib import Path

from . import records, rules
from .library import MalformedError, Problem, Work, read

FOLDER = Path(__file__).resolve().parent
RECORDS = "verified.toml"


def check(paths: Sequence[Path]) -> list[Problem]:
    """Check some .bib files of one folder and the records beside them; raise MalformedError for unreadable ones."""
    works = read(paths)
    problems = [problem for work in works for problem in rules.check(work)]
    problems += one_key_per_work(works)
    for folder in sorted({path.parent for path in paths}):
        problems += records.check(folder / RECORDS, [work for work in works if work.path.parent == folder])
    return sorted(problems)


def one_key_per_work(works: Sequence[Work]) -> Iterator[Problem]:
    """No key stands in two files, and no work has two keys."""
    identities: dict[str, Callable[[Work], Hashable]] = {
        "key": lambda work: work.key.lower(),
        "DOI": lambda work: work.fields.get("doi", "").lower() or None,
        "arXiv id": lambda work: work.fields.get("eprint", "").lower() or None,
        "title and first author": rules.title_key,
    }
    told: set[tuple[str, str]] = set()
    for name, identity in identities.items():
        first: dict[Hashable, Work] = {}
        for work in works:
            if (value := identity(work)) is None:
                continue
            other = first.setdefault(value, work)
            if other is not work and (other.key, work.key) not in told:
                told.add((other.key, work.key))
                yield work.problem(
                    f"same {name} as `{other.key}` ({other.path.name}:{other.lines['']}): one work, one key, one file; "
                    "remove one and cite the other"
                )


def uncited(works: Iterable[Work], cited: Iterable[str]) -> Iterator[Problem]:
    """Every entry is cited."""
    keys = set(cited)
    for work in works:
        if work.key not in keys:
            yield work.problem("no page cites this entry: cite it, or remove it and its record")


def main() -> int:
    """Check the files of this folder."""
    try:
        problems = check(sorted(FOLDER.glob("*.bib")))
    except MalformedError as error:
        problems = [error.problem]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
