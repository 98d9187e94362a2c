"""What a page says of itself to search engines and link previews: the front matter's description.

Instead of sphinxext-opengraph, which would draw a picture for every page and guess descriptions.
"""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from _ext.source_tree import PREFIX

logger = logging.getLogger(__name__)


def add_meta(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the meta tags of a page that has a source."""
    if doctree is None:
        return
    description = app.env.metadata[pagename].get("description", "")
    if not description:
        logger.warning(
            "the page has no description; add a line 'description: …' to its front matter",
            location=(pagename, 1),
            type="page_meta",
            subtype="description",
        )
    tags = {
        "name": {"description": description},
        "property": {
            "og:title": app.env.titles[pagename].astext(),
            "og:description": description,
            "og:type": "article" if pagename.startswith(PREFIX) else "website",
            "og:site_name": app.config.project,
            "og:url": app.config.html_baseurl + app.builder.get_target_uri(pagename),
        },
    }
    context["metatags"] += "".join(
        f'<meta {kind}="{name}" content="{escape(content)}">\n'
        for kind, group in tags.items()
        for name, content in group.items()
    )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.connect("html-page-context", add_meta)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
