"""Command line of the PDF sessions, run from the repository's root after `sphinx-build -b latex docs build/latex`.

PYTHONPATH=docs python -m _ext.latex pdf          make the PDFs that are stale
PYTHONPATH=docs python -m _ext.latex published    fail when a published PDF is stale
PYTHONPATH=docs python -m _ext.latex book         make the book alone, whether it is fresh or not
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from _ext.latex import publish


def main(arguments: list[str] | None = None) -> int:
    """Run one of the commands."""
    parser = argparse.ArgumentParser(prog="python -m _ext.latex")
    parser.add_argument("command", choices=("pdf", "published", "book"))
    parser.add_argument("--root", type=Path, default=Path(), help="the repository (default: here)")
    chosen = parser.parse_args(arguments)
    root = chosen.root.resolve()
    folder = root / "build" / "latex"
    try:
        if chosen.command == "pdf":
            publish.publish(root, folder)
        elif chosen.command == "published":
            publish.check(root, folder)
        else:
            publish.book(root, folder)
    except publish.Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
