"""Maths rendered when the site is built, by the vendored KaTeX: no script and no request when it is read.

- ``collect``  the formulas of each document, as read, and what is not allowed in them
- ``katex``    one call of node for all formulas that are not yet in the cache
- ``html``     what stands in the page: KaTeX's HTML with MathML beside it for screen readers

The LaTeX builder keeps Sphinx's own maths. KaTeX lives in docs/_static/vendor/katex: `npm pack katex`, then the files
dist/katex.min.css, dist/katex.min.js, dist/fonts/*.woff2 and LICENSE as they are, and the version in VERSION.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from . import collect, html


def configure(app: Sphinx, config: Config) -> None:
    """Choose the renderer, and keep the script that only the build needs out of the site."""
    config.html_math_renderer = "katex"
    config.exclude_patterns = [*config.exclude_patterns, "**/katex.min.js"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.connect("config-inited", configure)
    app.connect("doctree-read", collect.note)
    app.connect("env-purge-doc", collect.purge)
    app.connect("env-merge-info", collect.merge)
    app.connect("env-updated", html.render_all)
    app.connect("html-page-context", html.add_style_sheets, priority=900)  # after Furo has made its navigation
    app.add_html_math_renderer("katex", (html.visit_inline, None), (html.visit_display, None))
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
