"""Render the figures: ``python -m figures.render``, or ``nox -s figures``; with names, those only.

A figure is a script ``figures/<stem>/<name>.py`` with ``TITLE`` (what the picture is, in a few
words) and ``draw()``. Its ``.svg`` and ``.pdf`` lie beside it and are committed.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

import matplotlib

from figures import paths, style

COMMAND = "nox -s figures"
NOT_FIGURES = frozenset({"__init__", "results", "tables", "calculators"})
NOT_ARTICLES = frozenset({"data", "formulas", "lab", "measurements", "model_facts"})

# Bytes are promised for these versions only: text metrics and number printing change between releases.
REFERENCE = {"python": "3.11", "matplotlib": "3.11.2"}


def is_reference() -> bool:
    """Whether this interpreter and this matplotlib are the ones whose bytes are committed."""
    here = {"python": f"{sys.version_info.major}.{sys.version_info.minor}", "matplotlib": matplotlib.__version__}
    return here == REFERENCE


def folders(root: Path = paths.FIGURES) -> Sequence[Path]:
    """The articles' folders below ``figures/``."""
    return sorted(
        folder for folder in root.iterdir() if (folder / "__init__.py").exists() and folder.name not in NOT_ARTICLES
    )


def scripts(root: Path = paths.FIGURES) -> Sequence[Path]:
    """Every figure script."""
    found = [script for folder in folders(root) for script in sorted(folder.glob("*.py"))]
    return [script for script in found if script.stem not in NOT_FIGURES and not script.stem.startswith("results_")]


def render(script: Path, out: Path) -> None:
    """Draw one figure and save it into the folder ``out``.

    Raises:
        TidyError: its labels overlap or leave the canvas. ValueError: a colour outside the palette.
        AttributeError: the script has no ``TITLE`` or no ``draw``.
    """
    module = importlib.import_module(f"figures.{script.parent.name}.{script.stem}")
    with style.house_style():
        try:
            style.save(module.draw(), out / script.stem, module.TITLE)
        except ValueError as error:
            error.add_note(f"while rendering {script.relative_to(paths.ROOT)}")
            raise


def chosen(names: Sequence[str], root: Path = paths.FIGURES) -> Sequence[Path]:
    """The scripts named ``stem/name``, or all of an article by its stem; all where no name is given.

    Raises:
        SystemExit: a name that no figure has.
    """
    every = scripts(root)
    known = {f"{script.parent.name}/{script.stem}" for script in every} | {script.parent.name for script in every}
    if unknown := [name for name in names if name not in known]:
        sys.exit(f"no figure is called {', '.join(unknown)}; expected STEM/NAME or STEM, as in figures/STEM/NAME.py")
    return [
        script
        for script in every
        if not names or script.parent.name in names or f"{script.parent.name}/{script.stem}" in names
    ]


def main() -> None:
    """Render the figures named on the command line in place, or all."""
    for script in chosen(sys.argv[1:]):
        render(script, script.parent)
        print(script.relative_to(paths.ROOT).with_suffix(".svg"))


if __name__ == "__main__":
    main()
