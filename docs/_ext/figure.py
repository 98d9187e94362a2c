"""Figures: check what an author forgets, give LaTeX the PDF twin, and reserve the space in HTML.

An article shows ``../figures/<stem>/<name>.svg``, which GitHub renders as it stands. Here the suffix
becomes ``.*``, so that every builder takes the format it likes best. An SVG without its twin would
pass Sphinx unnoticed and break LaTeX much later: it is an error here.
"""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

SHORTEST_ALT = 40
"""Characters of alt text below which a picture has been named rather than described."""
RENDER = "run `nox -s figures` to render it, and commit the .svg and .pdf"


def _warn(subtype: str, message: str, node: nodes.Element) -> None:
    # MyST knows no line for an image without alt text; its figure's line is close enough to find it.
    located = node if node.line else node.parent
    logger.warning(message, type="figure", subtype=subtype, location=located)


class CheckFigures(SphinxTransform):
    """Check every local image and figure of a document; turn ``x.svg`` into ``x.*``."""

    default_priority = 870  # before the image collector (880) looks for candidates

    def apply(self, **kwargs: object) -> None:
        """Run on one document."""
        for figure in self.document.findall(nodes.figure):
            self._check_figure(figure)
        for image in list(self.document.findall(nodes.image)):
            if "://" not in image["uri"] and not image["uri"].startswith("data:"):
                self._check_image(image)

    def _check_figure(self, figure: nodes.figure) -> None:
        image = figure.next_node(nodes.image)
        uri = image["uri"] if image is not None else "an unknown image"
        if not figure["names"]:
            _warn(
                "label",
                f"figure of {uri} has no label, so no text can refer to it: write ':::{{figure-md}} fig-name'",
                figure,
            )
        if figure.next_node(nodes.caption) is None:
            _warn(
                "caption",
                f"figure of {uri} has no caption: add a paragraph whose first sentence states the figure's message",
                figure,
            )

    def _check_image(self, image: nodes.image) -> None:
        if not isinstance(image.parent, nodes.figure) and Path(image["uri"]).suffix == ".svg":
            _warn(
                "bare",
                f"image {image['uri']} stands alone: wrap it in ':::{{figure-md}} fig-name' with a caption, "
                "so that it gets a number",
                image,
            )
        alt = image.get("alt", "").strip()
        if len(alt) < SHORTEST_ALT:
            problem = f"only {len(alt)} characters of alt text ({alt!r})" if alt else "no alt text"
            _warn(
                "alt",
                f"image {image['uri']} has {problem}: say in at least {SHORTEST_ALT} characters what the picture shows "
                "to someone who cannot see it",
                image,
            )
        _, absolute = self.env.relfn2path(image["uri"], self.env.docname)
        file = Path(absolute)
        if not file.exists():
            script = file.with_suffix(".py")
            todo = RENDER if script.exists() else f"there is no script {script.name} beside it either: mend the path"
            _warn("missing", f"image file {image['uri']} does not exist: {todo}", image)
            self.env.note_dependency(absolute)  # read the page again when it is there
            image.replace_self(nodes.inline("", alt))  # what Sphinx does not see, it does not report again
        elif file.suffix == ".svg":
            if file.with_suffix(".pdf").exists():
                image["uri"] = image["uri"].removesuffix(".svg") + ".*"
            else:
                _warn(
                    "twin",
                    f"image file {image['uri']} has no PDF twin {file.stem}.pdf, which LaTeX needs: {RENDER}",
                    image,
                )


class ReserveSpace(SphinxPostTransform):
    """Give each SVG its size, so that the text does not jump when it arrives, and load it when it comes near."""

    default_priority = 500
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Run on one document for one HTML builder."""
        for image in self.document.findall(nodes.image):
            path = image["candidates"].get("image/svg+xml")
            if path is None or "width" in image:
                continue
            with Path(self.env.srcdir, path).open(encoding="utf-8") as stream:
                size = re.search(r'<svg[^>]*?\bwidth="(\d+)" height="(\d+)"', stream.read(1000))
            if size:
                image["width"], image["height"] = size.groups()
            image["loading"] = "lazy"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.add_transform(CheckFigures)
    app.add_post_transform(ReserveSpace)
    app.add_css_file("figure.css")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
