"""Lock every dependency group, with one version of a package for all of them."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path

COMPILE = (
    "pip",
    "compile",
    "--quiet",
    "--universal",  # one file for every platform and Python
    "--python-version=3.11",  # the oldest supported one
    "--generate-hashes",
    "--upgrade",
    "--no-annotate",
    "--custom-compile-command=nox -s lock",
)


def write(project: Path, folder: Path, uv: Callable[..., object]) -> None:
    """Write ``<group>.txt`` for each group in ``project``; ``uv`` runs that program with the given words.

    All groups are resolved together first; that answer constrains each of them, so that tests run
    what the site is built with. Nothing in ``folder`` changes unless every group resolves.
    """
    groups = list(tomllib.loads(project.read_text(encoding="utf-8"))["dependency-groups"])
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        together, part = Path(name) / "together.in", Path(name)
        uv(*COMPILE, *(f"--group={project}:{group}" for group in groups), f"--output-file={together}")
        for group in groups:
            uv(*COMPILE, f"--group={project}:{group}", f"--constraints={together}", f"--output-file={part / group}.txt")
        for group in groups:
            (part / f"{group}.txt").replace(folder / f"{group}.txt")
        for stale in set(folder.glob("*.txt")) - {folder / f"{group}.txt" for group in groups}:
            stale.unlink()
