"""The sessions of the project: `nox -l` lists them, each says in one line what it does."""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["lint", "tests", "docs"]


def install(session: nox.Session, group: str) -> None:
    """Install a locked dependency group; hashes make the same commit build the same site next year."""
    session.install("--require-hashes", "--only-binary=:all:", "-r", f"requirements/{group}.txt")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the whole site into build/html."""
    install(session, "docs")
    session.run("sphinx-build", "-n", "-W", "--keep-going", "-d", session.cache_dir / "doctrees", "docs", "build/html")


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests that need neither TeX nor a browser."""
    install(session, "tests")
    session.run("pytest", "-n", "auto", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, types, spelling and Markdown."""
    install(session, "lint")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("codespell")
    session.run("rumdl", "check", ".")
