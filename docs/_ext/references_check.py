"""A build stops on a bibliography that is not in order; the rules are those of `references.checker`.

Files that cannot be read stop it at once. Everything else is a warning with the place in the file, and whether each
entry is cited is known when all pages are read.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.domain import BibtexDomain

from _ext import incomplete
from references import checker
from references.library import MalformedError, Problem, read

logger = logging.getLogger(__name__)


def files(app: Sphinx) -> list[Path]:
    """The bibliography files of the site."""
    return [(Path(app.confdir) / name).resolve() for name in app.config.bibtex_bibfiles]


def report(problems: Iterable[Problem], subtype: str) -> None:
    """Make warnings of problems."""
    for problem in problems:
        place = f"{problem.path}:{problem.line}"
        logger.warning("%s", problem.message, location=place, type="references", subtype=subtype)


def check_files(app: Sphinx) -> None:
    """Check the files before anything is read."""
    try:
        report(checker.check(files(app)), "entry")
    except MalformedError as error:
        raise ExtensionError(str(error)) from error


def check_citations(app: Sphinx, env: BuildEnvironment) -> None:
    """Check that every entry is cited on some page; an unknown key is sphinxcontrib-bibtex's own error."""
    if incomplete.pages(env):
        return  # what these pages would cite is not known before their errors are mended
    domain = cast(BibtexDomain, env.get_domain("cite"))
    cited = {target.key for reference in domain.citation_refs for target in reference.targets}
    report(checker.uncited(read(files(app)), cited), "uncited")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("sphinxcontrib.bibtex")
    app.setup_extension("_ext.incomplete")
    app.connect("builder-inited", check_files, priority=400)  # before sphinxcontrib-bibtex reads the files
    app.connect("env-check-consistency", check_citations)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
