"""Formulas in the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from .collect import Formula, formulas
from .katex import Malformed, Renderer

logger = logging.getLogger(__name__)


def renderer(env: BuildEnvironment) -> Renderer:
    """The renderer of this build."""
    builder: Any = env._app.builder
    if not hasattr(builder, "lpa_renderer"):
        builder.lpa_renderer = Renderer(Path(env.doctreedir) / "katex.json")
    found: Renderer = builder.lpa_renderer
    return found


def render_all(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Render the formulas of all documents before the first page is written, and report those that KaTeX refuses."""
    if app.builder.format != "html":
        return []
    everything = [formula for found in formulas(env).values() for formula, _ in found]
    answers = renderer(env).render(everything)
    renderer(env).save(everything)
    for docname, found in sorted(formulas(env).items()):
        for formula, line in found:
            answer = answers[formula]
            if isinstance(answer, Malformed):
                logger.warning(
                    f"malformed formula `{formula.tex}`: {answer.message}; expected LaTeX that KaTeX knows "
                    "(https://katex.org/docs/supported): correct the formula",
                    location=(docname, line),
                    type="maths",
                    subtype="malformed",
                )
    return []


def markup(self: HTML5Translator, node: nodes.math | nodes.math_block) -> str:
    """Give the HTML of a formula. One that was not in the documents as read, say in a popover, is rendered now."""
    formula = Formula.of(node)
    answer = renderer(self.builder.env).render([formula])[formula]
    if isinstance(answer, Malformed):  # reported by `render_all`
        return f"<code>{self.encode(formula.tex)}</code>"
    return answer


def visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line of text."""
    self.body.append(self.starttag(node, "span", "", CLASS="math notranslate nohighlight"))
    self.body.append(markup(self, node) + "</span>")
    raise nodes.SkipNode


def visit_display(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a displayed formula: a wide one scrolls in its own box, its number stays in sight beside it."""
    number = get_node_equation_number(self, node) if node["number"] else ""
    label = f"Equation {number}".strip()
    self.body.append(self.starttag(node, "div", CLASS="math notranslate nohighlight"))
    self.body.append(f'<div class="lpa-equation" role="group" aria-label="{label}">{markup(self, node)}</div>')
    if number:
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append("</div>\n")
    raise nodes.SkipNode


def add_style_sheets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load the style sheets on pages with a formula, which may also stand in a title of the navigation."""
    parts = (context.get(part) or "" for part in ("body", "toc", "furo_navigation_tree"))
    if any('class="katex' in part for part in parts):
        app.add_css_file("vendor/katex/katex.min.css")
        app.add_css_file("maths.css")
