"""LaTeX settings of Sphinx. They belong to the design in docs/_latex/, so no configuration file repeats them."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

STYLES = Path(__file__).resolve().parents[2] / "_latex"

ELEMENTS = {
    "papersize": "a4paper",
    "pointsize": "11pt",
    "extraclassoptions": "oneside,openany",  # read on screens as often as on paper: no blank pages
    "amsmath": r"\usepackage{amsmath}",  # symbols come from unicode-math
    "fontpkg": r"\usepackage{lpa-fonts}",
    "fncychap": "",
    "geometry": r"\usepackage{geometry}\geometry{hmargin=39mm,top=30mm,bottom=32mm,headsep=9mm,footskip=13mm}",
    "fvset": r"\fvset{fontsize=\lpacodesize}",
    "sphinxsetup": ",".join(
        (
            "TitleColor={RGB}{23,37,58}",
            "InnerLinkColor={RGB}{28,78,128}",
            "OuterLinkColor={RGB}{28,78,128}",
            r"HeaderFamily=\rmfamily\bfseries",
            "pre_border-width=0pt",
            "pre_padding=5pt",
            "pre_border-radius=0pt",
            "pre_background-TeXcolor={RGB}{245,246,248}",
            "iconpackage=none",
            "verbatimhintsturnover=false",
            r"AtStartFootnote=\mbox{ }",
        )
    ),
    "makeindex": "",
    "printindex": "",
    "figure_align": "htbp",
}


def set_latex_options(app: Sphinx, config: Config) -> None:
    """Set the options of the LaTeX builder."""
    config.latex_engine = "xelatex"
    config.latex_elements = {**ELEMENTS, **config.latex_elements}  # other extensions add their macros
    config.latex_additional_files = [str(file) for file in sorted(STYLES.glob("*.sty"))]
    config.latex_use_xindy = False
    config.latex_domain_indices = False
    config.latex_table_style = ["booktabs"]
    config.latex_show_urls = "no"
