"""The sessions of the project: `nox -l` lists them, each says in one line what it does."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import nox

sys.path.insert(0, str(Path(__file__).parent / "docs"))
from _sessions import debian, locks, outputs, scaffold, tex

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["lint", "tests", "docs"]

BUILD = Path("build")
STRICT = ("-n", "-W", "--keep-going")  # every broken reference is an error, and all are shown at once


def install(session: nox.Session, group: str) -> None:
    """Install a locked dependency group; hashes make the same commit build the same site next year."""
    session.install("--require-hashes", "--only-binary=:all:", "-r", f"requirements/{group}.txt")


def from_debian(session: nox.Session, packages: Sequence[str], purpose: str) -> None:
    """Install Debian packages, or stop with the command to run."""
    try:
        for command in debian.install_commands(packages, purpose):
            session.run(*command, external=True)
    except debian.Missing as error:
        session.error(str(error))


def sphinx(session: nox.Session, builder: str, target: Path) -> None:
    """Run one Sphinx builder strictly; `target` changes only when all went well."""
    code = [*Path("docs").glob("_ext/**/*.py"), *Path("figures").rglob("*.py"), Path("docs/conf.py")]
    with outputs.doctrees(Path(session.cache_dir), code) as doctrees, outputs.whole(target) as part:
        session.run("sphinx-build", *STRICT, "-b", builder, "-d", str(doctrees), "docs", str(part))


@nox.session
def docs(session: nox.Session) -> None:
    """Build the whole site into build/html."""
    install(session, "docs")
    sphinx(session, "html", BUILD / "html")
    session.log("open build/html/index.html")


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests that need neither TeX nor a browser."""
    install(session, "tests")
    session.run(
        "pytest",
        "-n",
        "auto",
        "-m",
        "not browser and not tex and not published",
        "--ignore=tests/site",
        *session.posargs,
    )


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, types, spelling and Markdown."""
    install(session, "lint")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("codespell")
    session.run("rumdl", "check", ".")


@nox.session
def browser(session: nox.Session) -> None:
    """Test the built site in Chromium, which Debian provides."""
    if not debian.chromium():
        from_debian(session, ("chromium",), "testing the site in a browser")
    install(session, "browser")
    session.run("pytest", "-n", "auto", "-m", "browser", "tests/site", *session.posargs)


def tex_live(session: nox.Session, purpose: str) -> None:
    """Install TeX Live from Debian unless what LaTeX needs is there, from wherever."""
    if tex.missing():
        from_debian(session, tex.PACKAGES, purpose)


def latex(session: nox.Session, command: str, group: str) -> None:
    """Write the LaTeX of every article and the book, then run a command of docs/_ext/latex on it."""
    install(session, group)
    sphinx(session, "latex", BUILD / "latex")
    session.run("python", "-m", "_ext.latex", command, env={"PYTHONPATH": "docs"})


@nox.session
def pdf(session: nox.Session) -> None:
    """Make the PDFs of the articles and the book that are not fresh, with TeX Live from Debian, and test them."""
    tex_live(session, "making the PDFs")
    latex(session, "pdf", "tests")
    session.run("pytest", "-m", "tex or published", "tests/pdf", *session.posargs)


@nox.session
def book(session: nox.Session) -> None:
    """Make the PDF of the book alone, as Read the Docs does, in build/pdf."""
    tex_live(session, "making the book")
    latex(session, "book", "docs")


@nox.session
def published(session: nox.Session) -> None:
    """Check, without TeX, that the PDFs in articles/ are made from today's sources, and are whole."""
    latex(session, "published", "tests")
    session.run("pytest", "-m", "published", "tests/pdf", *session.posargs)


@nox.session
def live(session: nox.Session) -> None:
    """Serve the site and rebuild what changes while you write."""
    install(session, "live")
    watch = [word for folder in ("articles", "figures", "references") for word in ("--watch", folder)]
    session.run("sphinx-autobuild", "-n", *watch, *session.posargs, "docs", str(BUILD / "live"))


@nox.session
def linkcheck(session: nox.Session) -> None:
    """Follow every link to other sites; conf.py gives the reason of each exception."""
    install(session, "docs")
    sphinx(session, "linkcheck", BUILD / "linkcheck")


@nox.session(venv_backend="none")
def new(session: nox.Session) -> None:
    """Scaffold an article: nox -s new -- "Title", and "Theme" for another than the first of the title page."""
    try:
        for line in scaffold.create(Path(), session.posargs):
            session.log(line)
    except scaffold.Refused as error:
        session.error(str(error))


@nox.session
def lock(session: nox.Session) -> None:
    """Lock the dependency groups of pyproject.toml with hashes in requirements/."""
    session.install("uv")
    locks.write(Path("pyproject.toml"), Path("requirements"), lambda *words: session.run("uv", *words, silent=True))


@nox.session
def refs(session: nox.Session) -> None:
    """Compare the bibliography with arXiv and Crossref, for maintainers with a network."""
    install(session, "docs")
    session.run("python", "-m", "references.online")


@nox.session
def figures(session: nox.Session) -> None:
    """Render every figure, or those named, beside its script and rewrite the tables made from data."""
    install(session, "docs")
    session.run("python", "-m", "figures.render", *session.posargs)
    session.run("python", "-m", "figures.rewrite")


@nox.session
def measure(session: nox.Session) -> None:
    """Run one measurement on this machine, e.g. `nox -s measure -- decode_attention`, and write its data."""
    install(session, "docs")
    if not session.posargs:
        session.error("which one? Their names are those of the files in figures/measurements")
    session.run("python", "-m", f"figures.measurements.{session.posargs[0]}", *session.posargs[1:])
