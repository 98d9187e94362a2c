r"""The nodes of a mark, and what HTML and LaTeX make of them.

LaTeX macros, each with a default that a design may replace by defining it first:

- ``\lpaSymbol{kind}``: the sign of ``computed``, ``measured``, ``assumed`` or ``cited``, drawn as a superscript;
- ``\lpaMark{kind}{label}{number}``: a number in the text, its sign linked to its item in the appendix.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from _ext.evidence import ledger_nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator

ROLES = ("computed", "measured", "assumed")  # "cited" marks data in generated tables; in the text a citation does
QUESTION = {
    "computed": "How {} was computed",
    "measured": "How {} was measured",
    "assumed": "Why {} was assumed",
    "cited": "Where {} is from",
}

MACROS = r"""
% Marks on numbers (docs/_ext/evidence)
\usepackage{pict2e}
\providecommand*\lpaDraw[1]{\raisebox{.62ex}{\setlength\unitlength{.052em}\begin{picture}(10,8)#1\end{picture}}}
\providecommand*\lpaSymbolcomputed{\lpaDraw{\polygon*(1,0)(9,0)(5,7.4)}}
\providecommand*\lpaSymbolmeasured{\lpaDraw{\put(5,3.6){\circle*{7}}}}
\providecommand*\lpaSymbolassumed{\lpaDraw{\polygon(2,0.5)(8.4,0.5)(8.4,6.9)(2,6.9)}}
\providecommand*\lpaSymbolcited{\lpaDraw{\polygon*(5,0)(8.6,3.6)(5,7.2)(1.4,3.6)}}
\providecommand*\lpaSymbol[1]{\csname lpaSymbol#1\endcsname}
\ifdefined\lpaMark\else
  \DeclareRobustCommand*\lpaMark[3]{\mbox{#3\hspace{.08em}\hyperref[#2]{\lpaSymbol{#1}}}}
\fi
\AtBeginDocument{\pdfstringdefDisableCommands{\def\lpaMark#1#2#3{#3}}}
"""


class evidence_mark(nodes.inline):
    """A number in the text with its mark; ``body`` is the id of its description."""


class failed_mark(nodes.inline):
    """A number whose mark failed: it is shown bare, and the linter knows that its error has been told."""


class evidence_symbol(nodes.inline):
    """The bare sign of a kind, for the legend."""


class evidence_link(nodes.inline):
    """Words in a description that lead to the description ``body`` of an input."""


class evidence_body(nodes.General, nodes.Element):
    """The description of one result, shared by all marks of a document that point to it."""


class evidence_appendix(nodes.General, nodes.Element):
    """All descriptions of a document, at its end."""


def _html_mark(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "span", "", CLASS=f"lpa-mark lpa-mark-{node['kind']}"))


def _html_mark_end(self: HTML5Translator, node: nodes.Element) -> None:
    label = escape(QUESTION[node["kind"]].format(node["literal"]))
    self.body.append(
        f'<button type="button" class="lpa-mark-button" popovertarget="{node["body"]}" '
        f'aria-label="{label}"></button></span>'
    )


def _html_symbol(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(
        f'<span class="lpa-mark lpa-mark-{node["kind"]}"><span class="lpa-mark-button" role="img" '
        f'aria-label="mark: {node["kind"]}"></span>'
    )


def _html_link(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(f'<button type="button" class="lpa-evidence-link" popovertarget="{node["body"]}">')


def _html_link_end(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</button>")


def _html_close_span(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</span>")


def _html_body(self: HTML5Translator, node: nodes.Element) -> None:
    node["start"] = len(self.body)
    identity = node["ids"][0]
    self.body.append(
        f'<div popover class="lpa-evidence lpa-evidence-{node["kind"]}" id="{identity}" role="group" '
        f'aria-labelledby="{identity}-title">\n'
        f'<p class="lpa-evidence-title" id="{identity}-title"><span class="lpa-evidence-kind">'
        f"{node['kind'].capitalize()}</span> {escape(node['title'])}</p>\n"
        f'<button type="button" class="lpa-evidence-close" popovertarget="{identity}" '
        'popovertargetaction="hide" aria-label="Close"></button>\n'
    )


def _html_body_end(self: HTML5Translator, node: nodes.Element) -> None:
    self.body[node["start"] :] = [_light(part) for part in self.body[node["start"] :]]
    self.body.append("</div>\n")


def _light(part: str) -> str:
    """A rendered formula as MathML alone: a page with a hundred popovers would be megabytes of KaTeX's HTML."""
    found = re.search(r'<span class="katex.*?(<math.*</math>).*(</(?:span|div)>\s*)$', part, re.S)
    if not found:
        return part
    return part[: found.start()] + re.sub(r"<annotation.*?</annotation>", "", found[1], flags=re.S) + found[2]


def _html_close_div(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</div>\n")


def _html_appendix(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append('<div class="lpa-evidence-store">\n')


def _latex_mark(self: LaTeXTranslator, node: nodes.Element) -> None:
    label = self.idescape(f"{self.curfilestack[-1]}:{node['body']}")
    anchor = self.hypertarget(node["ids"][0]) if node.get("back") else ""
    self.body.append(rf"\lpaMark{{{node['kind']}}}{{{label}}}{{{anchor}")


def _latex_close(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append("}")


def _latex_symbol(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append(rf"\lpaSymbol{{{node['kind']}}}")


def _skip(self: Any, node: nodes.Element) -> None:
    raise nodes.SkipNode


def _nothing(self: Any, node: nodes.Element) -> None:
    pass


def register(app: Sphinx) -> None:
    """Add the nodes; formats other than HTML and LaTeX show the number alone."""
    ledger_nodes.register(app)
    silent, plain = (_skip, None), (_nothing, _nothing)
    app.add_node(evidence_mark, html=(_html_mark, _html_mark_end), latex=(_latex_mark, _latex_close), text=plain)
    app.add_node(failed_mark, html=plain, latex=plain, text=plain)
    app.add_node(evidence_symbol, html=(_html_symbol, _html_close_span), latex=(_latex_symbol, _nothing), text=plain)
    app.add_node(evidence_link, html=(_html_link, _html_link_end), text=plain)
    app.add_node(evidence_body, html=(_html_body, _html_body_end), text=silent)
    app.add_node(evidence_appendix, html=(_html_appendix, _html_close_div), text=silent)


def add_macros(app: Sphinx, config: Config) -> None:
    """Append the LaTeX macros to the preamble."""
    config.latex_elements["preamble"] = config.latex_elements.get("preamble", "") + MACROS + ledger_nodes.MACROS
