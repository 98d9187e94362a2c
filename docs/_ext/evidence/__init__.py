"""Marks on numbers: ``{computed}``, ``{measured}`` and ``{assumed}``.

Author's form: ``{computed}`320 KiB <llama3_70b_bytes_per_token>` ``. The target names a result in
``figures/<stem>/results.py``; the literal is held against it at its printed precision and unit. In a page that is not
an article the target is ``stem:name``.

One module per concept:

- ``library``   loads results, knows their files, reloads what changed
- ``roles``     the three roles and their checks
- ``describe``  a result as document nodes: formula, inputs, sources; what a popover in HTML shows
- ``nodes``     the nodes and what HTML and LaTeX make of them
- ``appendix``  puts popovers and the PDF's appendix at the end of the document
- ``listing``   the legend and the list of everything assumed

For the appendix, which tells everything once:

- ``reading``   the marks of a document in its order
- ``ledger``    what stands behind them, each thing once and numbered
- ``wording``   values, links between items, citations
- ``numbers``   the part on the numbers of the text and of its tables
- ``origins``   the parts on formulas, data, assumptions and measurements
- ``ledger_nodes``  its nodes and what LaTeX makes of them

The LaTeX macros are described in ``nodes`` and ``ledger_nodes``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from _ext.evidence import appendix, library, listing, nodes, roles

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register roles, directives, nodes, transforms and static files."""
    app.setup_extension("sphinxcontrib.bibtex")
    app.setup_extension("_ext.incomplete")
    for name in ("repository_url", "repository_branch"):
        if name not in app.config:
            app.add_config_value(name, "main" if name.endswith("branch") else "", "env", types=frozenset({str}))
    for kind in nodes.ROLES:
        app.add_role(kind, roles.MarkRole(kind))
    nodes.register(app)
    listing.register(app)
    app.add_transform(appendix.CollectBodies)
    app.add_post_transform(appendix.AppendixSection)
    app.add_post_transform(appendix.PopoversOnly)
    app.connect("builder-inited", library.refresh)
    app.connect("config-inited", nodes.add_macros)
    app.add_css_file("evidence.css")
    app.add_js_file("evidence.js", loading_method="defer")
    return {"version": "1", "env_version": 2, "parallel_read_safe": True, "parallel_write_safe": True}
