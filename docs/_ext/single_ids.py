"""Write each id once: Furo wraps tables and equations into a container that repeats the id of what it holds.

Two elements with one id are invalid HTML, and axe reports them. The inner element keeps the id: it is what is numbered.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

WRAPPERS = {"table-wrapper", "math-wrapper"}


class SingleIds(SphinxPostTransform):
    """Take the id from Furo's containers."""

    default_priority = 501  # after Furo's WrapTableAndMathInAContainerTransform
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Perform the transform."""
        for container in self.document.findall(nodes.container):
            if WRAPPERS & set(container["classes"]):
                container["ids"] = []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.add_post_transform(SingleIds)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
