"""`nox -s refs`, for maintainers with a network: compare the bibliography with arXiv and Crossref.

Id, title, first author and year are compared, and the result goes to the record in verified.toml as a table
`[key.checked]`. The file is written whole, after all answers are in; when one does not come, it stays as it was.
"""

from __future__ import annotations

import datetime
import json
import re
import sys
import time
import tomllib
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .checker import FOLDER, RECORDS, check
from .library import MalformedError, Work, family_name, fold, plain, read
from .records import CHECKED
from .rules import VENUES

AGENT = "llm-papers-and-articles (reference check)"
ATOM = "{http://www.w3.org/2005/Atom}"
BATCH = 50  # ids that arXiv is asked for at once


class NotComparedError(Exception):
    """A service gave no usable answer, or the files are not fit to be compared."""


@dataclass(frozen=True)
class Services:
    """Where to ask, and how patiently."""

    arxiv: str = "https://export.arxiv.org/api/query"
    crossref: str = "https://api.crossref.org/works"
    timeout: float = 30
    pause: float = 3  # seconds between two questions, as arXiv asks


@dataclass(frozen=True)
class Seen:
    """What a service says about a work."""

    title: str
    first_author: str
    year: int


def get(url: str, services: Services) -> bytes | None:
    """Fetch an address; None when there is nothing at it."""
    time.sleep(services.pause)
    request = urllib.request.Request(url, headers={"User-Agent": AGENT})
    try:
        with urllib.request.urlopen(request, timeout=services.timeout) as answer:
            body: bytes = answer.read()
            return body
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise NotComparedError(f"{url} answers {error.code} {error.reason}") from error
    except OSError as error:  # no network, no such host, refused, timed out
        raise NotComparedError(f"{url} cannot be reached: {getattr(error, 'reason', error)}") from error


def from_arxiv(ids: Sequence[str], services: Services) -> dict[str, Seen]:
    """Ask arXiv for many works; those that it does not know are missing in the answer."""
    found: dict[str, Seen] = {}
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        query = urllib.parse.urlencode({"id_list": ",".join(batch), "max_results": len(batch)})
        url = f"{services.arxiv}?{query}"
        body = get(url, services)
        try:
            for entry in ET.fromstring(body or b"").iter(f"{ATOM}entry"):
                match = re.search(r"/abs/(.+?)(v\d+)?$", entry.findtext(f"{ATOM}id", ""))
                author = entry.findtext(f"{ATOM}author/{ATOM}name")
                if match and author:  # an error is an entry without an author
                    year = int(entry.findtext(f"{ATOM}published", "")[:4])
                    found[match[1]] = Seen(entry.findtext(f"{ATOM}title", ""), author, year)
        except (ET.ParseError, ValueError) as error:
            raise NotComparedError(f"{url} answers something else than a list of works: {error}") from error
    return found


def from_crossref(doi: str, services: Services) -> Seen | None:
    """Ask Crossref for one work."""
    url = f"{services.crossref}/{urllib.parse.quote(doi, safe='/')}"
    body = get(url, services)
    if body is None:
        return None
    try:
        message = json.loads(body)["message"]
        author = message["author"][0]
        name = author.get("name") or f"{author.get('given', '')} {author['family']}"
        return Seen(message["title"][0], name.strip(), int(message["issued"]["date-parts"][0][0]))
    except (ValueError, LookupError, TypeError) as error:
        raise NotComparedError(f"{url} answers something else than a work: {error!r}") from error


def differences(work: Work, seen: Seen, preprint: bool) -> Iterator[str]:
    """Compare an entry with what a service says."""
    if fold(plain(work.fields["title"])) != fold(plain(seen.title)):
        yield f"title {seen.title!r}"
    if not f" {fold(seen.first_author)} ".endswith(f" {fold(family_name(work.authors[0]))} "):
        yield f"first author {seen.first_author!r}"
    year = int(work.fields["year"])
    published = preprint and any(work.fields.get(venue) for venue in VENUES)  # a venue may be years after the preprint
    if year < seen.year if published else year != seen.year:
        yield f"year {seen.year}"


def compare(works: Sequence[Work], services: Services) -> dict[str, dict[str, str]]:
    """Ask about every work with an arXiv id or a DOI: key to service to result."""
    results: dict[str, dict[str, str]] = {}
    preprints = from_arxiv([work.fields["eprint"] for work in works if "eprint" in work.fields], services)
    for work in works:
        answers: dict[str, Seen | None] = {}
        if "eprint" in work.fields:
            answers["arxiv"] = preprints.get(work.fields["eprint"])
        if "doi" in work.fields:
            answers["crossref"] = from_crossref(work.fields["doi"], services)
        for service, seen in answers.items():
            found = ", ".join(differences(work, seen, service == "arxiv")) if seen else ""
            result = ("differs: " + found if found else "match") if seen else "not found"
            results.setdefault(work.key, {})[service] = result
    return results


def with_results(text: str, results: Mapping[str, Mapping[str, str]], today: datetime.date) -> str:
    """Put the results into the text of the records, leaving comments, order and everything else as they are."""
    wanted = tomllib.loads(text)
    done: list[str] = []
    blocks = re.split(r"(?m)^(?=\[)", text)  # what stands before the first table, then one block per table
    for block, following in zip(blocks, [*blocks[1:], ""], strict=True):
        key, checked = _header(block)
        if key not in results:
            done.append(block)
        elif not checked:  # a record, to be followed by its result in place of an earlier one
            body, end = _without_end(block)
            if _header(following) == (key, True):
                end = _without_end(following)[1]
            lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in results[key].items()]
            table = ["", f"[{key}.{CHECKED}]", *lines, f"date = {today}"]
            done.append("".join(f"{line}\n" for line in (*body, *table, *end)))
            wanted[key][CHECKED] = {**results[key], "date": today}
    new = "".join(done)
    try:
        if tomllib.loads(new) == wanted:
            return new
    except tomllib.TOMLDecodeError:
        pass
    # A form of TOML that this does not know: better nothing than damage.
    raise NotComparedError(f"cannot add results to {RECORDS}: write each record as a table [key]")


def _header(block: str) -> tuple[str, bool]:
    """The key of a table, and whether it is that of a result."""
    match = re.match(r"\[\s*\"?([^\s\"\].]+)\"?\s*(\.\s*checked\s*)?\]", block)
    return (match[1], match[2] is not None) if match else ("", False)


def _without_end(block: str) -> tuple[list[str], list[str]]:
    """Split off the blank lines and comments at the end of a table: they may be about the next one."""
    lines = block.splitlines()
    count = len(lines)
    while not lines[count - 1].strip() or lines[count - 1].lstrip().startswith("#"):
        count -= 1
    return lines[:count], lines[count:]


def run(folder: Path, services: Services, today: datetime.date) -> list[str]:
    """Compare a folder's bibliography, write the results, and return what does not match."""
    paths = sorted(folder.glob("*.bib"))
    if problems := check(paths):
        raise NotComparedError("\n".join(map(str, problems)))
    works = read(paths)
    path = folder / RECORDS
    text = path.read_text(encoding="utf-8")
    results = compare(works, services)
    new = path.with_suffix(".new")
    new.write_text(with_results(text, results, today), encoding="utf-8")
    new.replace(path)
    return [
        str(work.problem(f"{service} says {result}; correct the entry, or say in its record why it differs"))
        for work in works
        for service, result in results.get(work.key, {}).items()
        if result != "match"
    ]


def main() -> int:
    """Run on this folder: 0 all match, 1 some differ, 2 not done."""
    try:
        problems = run(FOLDER, Services(), datetime.date.today())
    except (NotComparedError, MalformedError) as error:
        print(error, "Nothing was written: this needs a network, and files without faults.", sep="\n", file=sys.stderr)
        return 2
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
