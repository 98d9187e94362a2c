"""What an entry of the bibliography must be, whatever the others are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlsplit

from .library import Problem, Work, family_name, fold, plain

VENUES = ("journal", "booktitle", "publisher", "school", "institution")
NAMED = 10  # so many authors are named at least; more may be "and others"
EVERYWHERE = ("author", "title", "year")
# The kind of a source is the file that it stands in. Each tuple: one of these fields is required.
KINDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "papers": ((*VENUES, "eprint"), ("doi", "eprint", "url")),
    "vendors": (("howpublished",), ("url",)),  # what the maker of a thing says about it
    "web": (("howpublished",), ("url",)),  # blog posts and documentation pages, each for its own measurement or matter
    "software": (("howpublished",), ("url",), ("note",)),
}
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ref|ref_src|source|share", re.IGNORECASE)


def check(work: Work) -> Iterator[Problem]:
    """Apply every rule."""
    yield from required_fields(work)
    if work.authors:
        yield from complete_names(work)
        yield from key_scheme(work)
    yield from identifiers(work)
    yield from address(work)


def required_fields(work: Work) -> Iterator[Problem]:
    """Every kind of source says enough to find it again."""
    if work.kind not in KINDS:
        yield work.problem(f"`{work.path.name}` is no kind of source: expected one of {_names(KINDS)}; move the entry")
        return
    for fields in (*((field,) for field in EVERYWHERE), *KINDS[work.kind]):
        if not any(work.authors if field == "author" else work.fields.get(field, "").strip() for field in fields):
            expected = f"no {_names(fields)}" if len(fields) == 1 else f"none of {_names(fields)}"
            yield work.problem(f"{expected}: every entry of {work.path.name} has one; add it")
    if work.kind == "software" and work.fields.get("note"):
        note = work.fields["note"]
        if not re.search(r"\bcommit [0-9a-f]{7,40}\b|\b[Vv]ersion \S*\d|\bv\d", note):
            yield work.problem(
                f"note {note!r} names no state of the software: expected `commit 0123abc…` or `version 1.2`; add it",
                "note",
            )


def complete_names(work: Work) -> Iterator[Problem]:
    """Authors are named; `and others` stands after the tenth at the earliest."""
    names = [str(person) for person in work.authors]
    if any(re.search(r"\bet\s+al\b", name) for name in names):
        yield work.problem("`et al.` among the authors: name them all, or ten and `and others`", "author")
    if "others" in names and len(names) - 1 != NAMED:
        yield work.problem(
            f"`and others` after {len(names) - 1} authors: expected all names, or the first {NAMED} of a longer list; "
            "complete them",
            "author",
        )


def key_scheme(work: Work) -> Iterator[Problem]:
    """A key is family name, year and, where that is not enough, a word: `kwon2023`, `nvidia2024h200`."""
    words = fold(family_name(work.authors[0])).split()
    if work.organisation:
        words = [word for word in re.split(r"[\s\d]+", " ".join(words)) if word]
        allowed = {"".join(words[:count]) for count in range(1, len(words) + 1)}
    else:
        allowed = {"".join(words)}
    names = _names(sorted(allowed, key=len))
    year = work.fields.get("year", "")
    match = re.fullmatch(r"(?P<name>[a-z]+)(?P<year>\d{4})(?P<suffix>[a-z][a-z0-9]*)?", work.key)
    if match is None:
        yield work.problem(
            f"the key is not a name, a year and perhaps a lower-case word: expected e.g. "
            f"`{min(allowed, key=len)}{year}`; rename it here, in verified.toml and where it is cited"
        )
        return
    if match["name"] not in allowed:
        what = "organisation" if work.organisation else "first author's family name"
        yield work.problem(f"the key begins with `{match['name']}`, not with the {what} ({names}); rename it")
    if year and match["year"] != year:
        yield work.problem(f"the key says {match['year']}, the field year says {year}; correct the wrong one", "year")


def identifiers(work: Work) -> Iterator[Problem]:
    """DOI, arXiv id and year in their normal form, so that equal things are equal."""
    year = work.fields.get("year")
    if year is not None and not re.fullmatch(r"(19|20)\d\d", year):
        yield work.problem(f"year is {year!r}: expected four digits", "year")
    doi = work.fields.get("doi")
    if doi is not None:
        if doi.lower().startswith("10.48550/arxiv."):
            yield work.problem("the DOI is arXiv's: write `eprint = {…}`, `archiveprefix = {arXiv}` instead", "doi")
        elif not re.fullmatch(r"10\.\d{4,9}/[^\sA-Z]+", doi):
            yield work.problem(
                f"doi is {doi!r}: expected it in lower case without https://doi.org/, like `10.1145/3600006.3613165`",
                "doi",
            )
    eprint = work.fields.get("eprint")
    if eprint is not None:
        if not re.fullmatch(r"\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7}", eprint):
            yield work.problem(f"eprint is {eprint!r}: expected an arXiv id like `2309.06180`, no version", "eprint")
        if work.fields.get("archiveprefix") != "arXiv":
            yield work.problem("an eprint needs `archiveprefix = {arXiv}`; add it", "archiveprefix")


def address(work: Work) -> Iterator[Problem]:
    """Addresses are https, without trailing slash and tracking, and no second form of a DOI or arXiv id."""
    url = work.fields.get("url")
    if url is None:
        return
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or re.search(r"[\s\\{}]", url):
        yield work.problem(f"url is {url!r}: expected a plain address that begins with https://", "url")
        return
    if parts.netloc != parts.netloc.lower():
        yield work.problem(f"url has the host {parts.netloc!r}: write it in lower case", "url")
    if url.endswith("/"):
        yield work.problem(f"url {url} ends with a slash: remove it", "url")
    if any(TRACKING.fullmatch(name) for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        yield work.problem(f"url {url} carries tracking: remove it from what follows `?`", "url")
    if parts.hostname in ("arxiv.org", "doi.org", "dx.doi.org"):
        field = "eprint" if parts.hostname == "arxiv.org" else "doi"
        yield work.problem(f"url {url} is made from the {field}: write `{field} = {{…}}` and remove the url", "url")


def title_key(work: Work) -> tuple[str, str] | None:
    """What two entries for one work have in common: folded title and first author."""
    if not work.authors or "title" not in work.fields:
        return None
    return fold(plain(work.fields["title"])), fold(family_name(work.authors[0]))


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
