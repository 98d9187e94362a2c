"""The roles ``{computed}``, ``{measured}`` and ``{assumed}``: resolve the target, check the literal, leave a mark."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from docutils.nodes import make_id
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole
from sphinxcontrib.bibtex.roles import CiteRole

from _ext import incomplete
from _ext.evidence import library
from _ext.evidence.describe import Describer, exact, plain_choice
from _ext.evidence.nodes import evidence_body, evidence_mark, failed_mark
from figures import formatting, units
from figures.results import Assumed, Source

if TYPE_CHECKING:
    from docutils.parsers.rst.states import Inliner
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)
CHOICE_ID = "lpa-ev-choice"  # of the description that all plain choices share
KIND_ARTICLE = {"computed": "a computed", "measured": "a measured", "assumed": "an assumed", "cited": "a cited"}


class Choice(NamedTuple):
    """An assumed number of a document, for the list of all of them."""

    literal: str
    why: str


@dataclass
class Page:
    """What the marks of the document being read have left so far."""

    bodies: dict[str, evidence_body] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)  # of the bodies that marks point to
    stems: set[str] = field(default_factory=set)
    failures: set[str] = field(default_factory=set)


def page(env: BuildEnvironment) -> Page:
    """The marks of the document being read."""
    if "evidence" not in env.temp_data:
        env.temp_data["evidence"] = Page()
    found: Page = env.temp_data["evidence"]
    return found


def choices(env: BuildEnvironment) -> dict[str, list[Choice]]:
    """Assumed numbers by document; kept in the environment."""
    if not hasattr(env, "evidence_choices"):
        env.evidence_choices = {}  # type: ignore[attr-defined]  # extensions keep their data on the environment
    found: dict[str, list[Choice]] = env.evidence_choices  # type: ignore[attr-defined]  # extensions keep their data on the environment
    return found


def first_failure(env: BuildEnvironment, failure: str) -> bool:
    """Whether the document being read has not yet told this failure of a module: it is told once per document."""
    new = failure not in page(env).failures
    page(env).failures.add(failure)
    return new


def complain(env: BuildEnvironment, subtype: str, message: str, line: int) -> None:
    """Warn, and read the document again in the next build: a warning must not vanish with a second run."""
    incomplete.note(env)
    logger.warning("%s", message, type="evidence", subtype=subtype, location=(env.docname, line))


def locate(path: Path, text: str, line: int) -> int:
    """The line of ``text`` at or after ``line`` (the start of its paragraph) in a source file."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return line
    return next((number for number in range(line, len(lines) + 1) if text in lines[number - 1]), line)


class Target(NamedTuple):
    """A resolved target: the article's stem, the result's name, the result."""

    stem: str
    name: str
    result: Source


class EvidenceError(ValueError):
    """A mark that cannot stand; ``subtype`` is the warning's."""

    def __init__(self, subtype: str, message: str) -> None:
        super().__init__(message)
        self.subtype = subtype


def resolve(env: BuildEnvironment, target: str, kind: str) -> Target:
    """Find the result that ``target`` names; notes the files behind it as dependencies of the document.

    Raises:
        EvidenceError: no such module, no such result, another kind, or the module raises.
    """
    stem, colon, name = target.rpartition(":")
    if not colon:
        folder, _, stem = env.docname.rpartition("/")
        if folder != "articles":
            raise EvidenceError(
                "stem", f"{env.docname} is not an article: write the article's stem too, as in <stem:{name}>"
            )
    found = library.get(stem)
    for file in sorted(found.files):
        env.note_dependency(str(file))
    if found.failure:
        if not first_failure(env, found.failure):
            raise EvidenceError("", "")
        raise EvidenceError("results", f"no mark of this page can be checked: {found.failure}")
    if name not in found.results:
        close = difflib.get_close_matches(name, found.results, 3) or sorted(found.results)[:8]
        raise EvidenceError(
            "unknown",
            f"figures/{stem}/results.py has no result {name!r}; "
            + (f"did you mean {', '.join(close)}?" if close else "it has none at all")
            + " Correct the name, or define it there with computed(…), Measured(…) or Assumed(…)",
        )
    result = found.results[name]
    if library.kind(result) != kind:
        raise EvidenceError(
            "kind",
            f"{{{kind}}} points to {name!r}, which is {KIND_ARTICLE[library.kind(result)]} result "
            f"(figures/{stem}/results.py); write {{{library.kind(result)}}}",
        )
    return Target(stem, name, result)


def check(literal: str, target: Target) -> None:
    """Hold the printed literal against the result.

    Raises:
        EvidenceError: not a number, an unknown or unfit unit, or another value.
    """
    stem, name, result = target
    try:
        right = formatting.agrees(literal, result.value, result.unit)
        printed = formatting.parse(literal)[2]
    except formatting.LiteralError as error:
        raise EvidenceError("literal", f"{error}; a mark holds one number and its unit, nothing else") from None
    except units.UnitError as error:
        raise EvidenceError(
            "unit",
            f"{literal!r} cannot be {name}: {error}. The result is {exact(result.value, result.unit)}; "
            "print it in a unit of that dimension, with only the number and its unit inside the mark",
        ) from None
    if not right:
        value = float(f"{units.convert(result.value, result.unit, printed):.7g}")
        raise EvidenceError(
            "mismatch",
            f"printed {literal}, but {name} is {exact(value, printed)} (figures/{stem}/results.py); "
            "correct the number in the text, or the formula and data behind the result",
        )


def attach(env: BuildEnvironment, target: Target, literal: str, inliner: Inliner, line: int) -> evidence_mark:
    """A mark on ``literal``; the first mark of a result also makes the description that all of them share."""
    names = {library.key(result): name for name, result in library.get(target.stem).results.items()}
    home = f"figures/{target.stem}/results.py"

    def identity(source: Source) -> str:
        name = names.get(library.key(source)) or hashlib.sha256(repr(library.key(source)).encode()).hexdigest()[:12]
        return make_id(f"lpa-ev-{target.stem}-{name}")

    def describe(source: Source, body_id: str) -> str:
        bodies = page(env).bodies
        if body_id not in bodies:
            bodies[body_id] = evidence_body(kind=library.kind(source), literals=[], ids=[body_id])
            describer.fill(bodies[body_id], source, home)
        return body_id

    body_id = make_id(f"lpa-ev-{target.stem}-{target.name}")
    describer = Describer(
        cite=lambda text: _cite(env, text, inliner, line, mark_id(body_id)),
        describe=lambda source: describe(source, identity(source)),
        repository=f"{env.config.repository_url}/blob/{env.config.repository_branch}",
        docname=env.docname,
    )
    describe(target.result, body_id)
    page(env).sources[body_id] = target.result
    page(env).stems.add(target.stem)
    for source in library.walk(target.result):
        if isinstance(source, Assumed):
            shown = literal if source is target.result else exact(source.value, source.unit)
            _note_choice(env, shown, source.why)
    return _mark(env, library.kind(target.result), literal, body_id)


def mark_id(body_id: str) -> str:
    """The id of the first mark that points to a description."""
    return body_id.replace("lpa-ev-", "lpa-mark-", 1)


def _cite(env: BuildEnvironment, text: str, inliner: Inliner, line: int, back: str) -> list[nodes.Node]:
    """A citation inside a description; the reference list links back to the mark, once, for the rest is hidden."""
    found, _ = CiteRole()("cite:p", f":cite:p:`{text}`", text, line, inliner)
    refs = env.get_domain("cite").data["citation_refs"]
    ref = refs.pop()._replace(citation_ref_id=back)
    cited = {target.key for known in refs if known.citation_ref_id == back for target in known.targets}
    if not cited.issuperset(target.key for target in ref.targets):
        refs.append(ref)
    return list(found)


def _mark(env: BuildEnvironment, kind: str, literal: str, body_id: str) -> evidence_mark:
    """The mark node; the description remembers under which literals it is printed."""
    body = page(env).bodies[body_id]
    ids = [] if body["literals"] else [mark_id(body_id)]
    if literal not in body["literals"]:
        body["literals"] = [*body["literals"], literal]
    return evidence_mark(literal, "", nodes.Text(literal), kind=kind, body=body_id, literal=literal, ids=ids)


def _note_choice(env: BuildEnvironment, literal: str, why: str) -> None:
    mine = choices(env).setdefault(env.docname, [])
    if Choice(literal, why) not in mine:
        mine.append(Choice(literal, why))


class MarkRole(ReferenceRole):
    """One of the three roles. ``{assumed}`` may stand without target: a plain choice of the author."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Resolve and check; a mark that cannot stand leaves its literal without a sign, and a warning."""
        try:
            if not self.has_explicit_title:
                return [self._plain()], []
            target = resolve(self.env, self.target, self.kind)
            check(self.title, target)
            return [attach(self.env, target, self.title, self.inliner, self.lineno)], []
        except EvidenceError as error:
            if error.subtype:
                source = self.env.doc2path(self.env.docname)
                complain(self.env, error.subtype, str(error), locate(Path(source), f"`{self.text}`", self.lineno))
            return [failed_mark("", self.title)], []

    def _plain(self) -> evidence_mark:
        if self.kind != "assumed":
            raise EvidenceError(
                "target", f"{{{self.kind}}}`{self.text}` names no result; write {{{self.kind}}}`{self.text} <name>`"
            )
        try:
            formatting.parse(self.title)
        except formatting.LiteralError as error:
            raise EvidenceError("literal", str(error)) from None
        bodies = page(self.env).bodies
        if CHOICE_ID not in bodies:
            bodies[CHOICE_ID] = plain_choice(CHOICE_ID)
        _note_choice(self.env, self.title, "chosen in the text")
        return _mark(self.env, "assumed", self.title, CHOICE_ID)


def purge(app: object, env: BuildEnvironment, docname: str) -> None:
    """Forget a document's assumed numbers before it is read again."""
    choices(env).pop(docname, None)


def merge(app: object, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """Take over what a parallel reader found."""
    theirs = choices(other)
    choices(env).update({name: theirs[name] for name in docnames if name in theirs})
