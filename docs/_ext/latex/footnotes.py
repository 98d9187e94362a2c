"""No rule at the end of the text: on paper footnotes stand at the foot of their page."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform


class DropFootnoteRule(SphinxPostTransform):
    """Remove the rule that MyST draws above a page's footnotes."""

    default_priority = 500
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Remove the transitions that MyST made."""
        for rule in list(self.document.findall(nodes.transition)):
            if "footnotes" in rule["classes"]:
                rule.parent.remove(rule)
