"""TeX Live: which of Debian's packages the PDFs need, and whether what they hold is there (from wherever)."""

from __future__ import annotations

import shutil
import subprocess

PACKAGES = (
    "latexmk",
    "texlive-xetex",
    "texlive-latex-recommended",
    "texlive-latex-extra",
    "texlive-fonts-recommended",
    "fonts-texgyre",
    "fonts-texgyre-math",
    "fonts-dejavu-core",
)
PROGRAMS = ("latexmk", "xelatex", "xdvipdfmx", "kpsewhich")
FILES = (  # one of each package
    "polyglossia.sty",
    "fancyhdr.sty",
    "hyperxmp.sty",
    "unicode-math.sty",
    "texgyrepagella-regular.otf",
    "texgyrepagella-math.otf",
)


def missing() -> list[str]:
    """The programs and files that LaTeX needs and this machine lacks."""
    programs = [program for program in PROGRAMS if shutil.which(program) is None]
    if programs:
        return programs
    found = subprocess.run(("kpsewhich", *FILES), capture_output=True, text=True, check=False).stdout.split()
    present = {path.rpartition("/")[2] for path in found}
    return [file for file in FILES if file not in present]
