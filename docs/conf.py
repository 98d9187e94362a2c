"""Sphinx configuration. Sections are headed by the page that documents their options."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "docs")]  # `figures`, `references` and `_ext` are packages of this repository
_project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# https://www.sphinx-doc.org/en/master/usage/configuration.html#project-information
project = "LLM Papers & Articles"
author = _project["authors"][0]["name"]
version = release = _project["version"]
project_copyright = f"{author}, CC BY-SA 4.0"
language = "en"

# https://www.sphinx-doc.org/en/master/usage/configuration.html#general-configuration
extensions = [
    "myst_parser",
    "sphinx_copybutton",
    "sphinx_sitemap",
    "notfound.extension",
    "sphinxcontrib.bibtex",
    "_ext.source_tree",
    "_ext.bibtex_speed",
    "_ext.figure",
    "_ext.evidence",
    "_ext.evidence_lint",
    "_ext.calculator",
    "_ext.article_page",
    "_ext.article_cards",
    "_ext.page_meta",
    "_ext.accessibility",
    "_ext.references_check",
    "_ext.reference_list",
    "_ext.front_matter",
    "_ext.maths",
    "_ext.single_ids",
    "_ext.unique_labels",
    "_ext.advice",
    "_ext.exercise",
    "_ext.datatable",
    "_ext.measurement_list",
    "_ext.latex",
]
exclude_patterns = ["_*"]
templates_path = ["_templates"]
nitpicky = True
numfig = True
numfig_secnum_depth = 0
math_numfig = True
repository_url = _project["urls"]["Repository"]

# docs/_ext/latex
book_description = _project["description"]

# https://myst-parser.readthedocs.io/en/latest/configuration.html
myst_enable_extensions = ["alert", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_dmath_allow_digits = False  # "$5 to $10" is money, not maths
myst_heading_anchors = 3

# https://sphinxcontrib-bibtex.readthedocs.io/en/latest/usage.html#configuration
bibtex_bibfiles = [f"../references/{file.name}" for file in sorted((ROOT / "references").glob("*.bib"))]
bibtex_reference_style = "author_year"
suppress_warnings = [
    "bibtex.duplicate_citation",  # every article has its own list of the same bibliography …
    "bibtex.duplicate_label",  # … and its own letters for works of one author and year
]

# https://www.sphinx-doc.org/en/master/usage/configuration.html#options-for-the-linkcheck-builder
linkcheck_ignore = [
    re.escape(repository_url)
    + "(/|$)",  # made from the files here: dead until what a change adds is on the main branch
    r"https://doi\.org/10\.1145/",  # ACM answers programs with 403; `nox -s refs` asks Crossref about the same DOIs
]
linkcheck_anchors_ignore_for_url = [r"https://github\.com/"]  # a script of GitHub adds lines and headings to its pages
linkcheck_retries = 3  # one slow answer is no broken link
linkcheck_timeout = 20  # seconds; a hanging server must not stop the rest

# https://pradyunsg.me/furo/customisation/
html_theme = "furo"
html_title = project
html_theme_options = {
    "source_repository": repository_url,
    "source_branch": "main",
    "source_directory": "docs/",
    "top_of_page_buttons": ["edit"],
}
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_logo = html_favicon = "_static/logo.svg"
_sidebar = ("brand", "search", "scroll-start", "navigation", "scroll-end")  # Furo's, without its advertisements
html_sidebars = {"**": [f"sidebar/{part}.html" for part in _sidebar]}
html_use_index = False  # the glossary is the index
html_copy_source = False
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", _project["urls"]["Documentation"] + "/")
