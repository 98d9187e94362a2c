r"""The nodes of the PDF's appendix, and what LaTeX makes of them; HTML has popovers instead.

LaTeX macros, each with a default that a design may replace by defining it first:

- ``\lpaLedgerBegin`` and ``\lpaLedgerEnd`` around the appendix; environment ``lpaItems``: the items of one part;
- ``\lpaPart{title}`` and ``\lpaGroup{title}``: headings in it; ``\lpaLead{text}``: a line before items;
- ``\lpaItem{number}``: begins an item; ``\lpaEquation{maths}``: an equation no wider than the line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.latex import LaTeXTranslator

MACROS = r"""
% The appendix "Where the numbers come from" (docs/_ext/evidence)
\providecommand\lpaLedgerBegin{}
\providecommand\lpaLedgerEnd{}
\ifdefined\lpaItems\else\newenvironment{lpaItems}{\begin{list}{}{}\item\relax}{\end{list}}\fi
\providecommand*\lpaPart[1]{\par\textbf{#1}\par}
\providecommand*\lpaGroup[1]{\par\textit{#1}\par}
\providecommand\lpaLead[1]{\par#1\par}
\providecommand*\lpaItem[1]{\par\textbf{#1}\enspace}
\providecommand\lpaEquation[1]{\par\(\displaystyle#1\)\par}
"""


class ledger_whole(nodes.General, nodes.Element):
    """The whole appendix, until LaTeX makes a section of it."""


class ledger_items(nodes.General, nodes.Element):
    """The items of one part."""


class ledger_part(nodes.TextElement):
    """The heading of a part."""


class ledger_group(nodes.TextElement):
    """The heading of a few items."""


class ledger_lead(nodes.TextElement):
    """A line before the items that it is about."""


class ledger_item(nodes.TextElement):
    """One item, a paragraph; ``number`` is shown, links lead to ``ids``."""


class ledger_link(nodes.inline):
    """Text that leads to ``target``, an id of this document."""


class ledger_math(nodes.Inline, nodes.Element):
    """Maths, ``latex``; ``nodes.math`` would be rendered for HTML, too. ``display`` gives it a line of its own."""


def _items(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append("\n\\begin{lpaItems}\n")


def _items_end(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append("\n\\end{lpaItems}\n")


def _part(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append("\n\\lpaPart{")


def _group(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append("\n\\lpaGroup{")


def _lead(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append("\n\\lpaLead{")


def _brace(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append("}\n")


def _item(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append(f"\n\\lpaItem{{{node['number']}}}{self.hypertarget_to(node, anchor=True)}%\n")


def _item_end(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append("\\par\n")


def _link(self: LaTeXTranslator, node: nodes.Element) -> None:
    label = self.idescape(f"{self.curfilestack[-1]}:{node['target']}")
    self.body.append(rf"\hyperref[{label}]{{")


def _close(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append("}")


def _math(self: LaTeXTranslator, node: nodes.Element) -> None:
    latex = node["latex"]
    if node["display"]:
        rows = rf"\begin{{aligned}}{latex}\end{{aligned}}" if r"\\" in latex else latex
        self.body.append(f"\n\\lpaEquation{{{rows}}}%\n")
    else:
        self.body.append(rf"\({latex}\)")
    raise nodes.SkipNode


def register(app: Sphinx) -> None:
    """Add the nodes; only LaTeX ever meets them."""
    app.add_node(ledger_whole)
    app.add_node(ledger_items, latex=(_items, _items_end))
    app.add_node(ledger_part, latex=(_part, _brace))
    app.add_node(ledger_group, latex=(_group, _brace))
    app.add_node(ledger_lead, latex=(_lead, _brace))
    app.add_node(ledger_item, latex=(_item, _item_end))
    app.add_node(ledger_link, latex=(_link, _close))
    app.add_node(ledger_math, latex=(_math, None))
