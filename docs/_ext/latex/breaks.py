"""Long names of files and functions may break across lines: `closed/NVIDIA/systems/H200-SXM-141GBx8_TRT.json`.

A locator or an address is one word to LaTeX, and sticks out of the page. Inline code breaks already.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

MAY_BREAK = "\u200b"
"""Zero-width space; docs/_latex/lpa-fonts.sty makes it a place to break, which leaves no trace in copied text."""
LONG = re.compile(r"\S{16,}")
JOINT = re.compile(r"(?<=[\w)\]])[/_.:=-]+(?=\w)|(?<=[a-z])(?=[A-Z])")
UNBREAKABLE = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw, nodes.title)


class LongNamesBreak(SphinxPostTransform):
    """Mark where long words may break."""

    default_priority = 450  # references are resolved; tables are measured afterwards
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Mark the words of all text that is no code, formula or heading."""
        for text in list(self.document.findall(nodes.Text)):
            if not isinstance(text.parent, UNBREAKABLE) and LONG.search(text):
                text.parent.replace(text, nodes.Text(LONG.sub(with_breaks, text)))


def with_breaks(word: re.Match[str]) -> str:
    """Return a long word with a mark after each joint.

    >>> with_breaks(LONG.match("models/llama3_1/card.md")).replace(MAY_BREAK, "|")
    'models/|llama3_|1/|card.|md'
    """
    return JOINT.sub(lambda joint: joint[0] + MAY_BREAK, word[0])
