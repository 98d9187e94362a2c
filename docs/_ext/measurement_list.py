"""For the page of measurements: ``{measurement-list}`` lists every script that writes data, with what it wrote.

Everything comes from the files: what a script measures from the first line of its docstring, machine, date, command
and whether time was taken from the headers of its data. A script that has no data yet is listed as waiting.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from _ext.source_tree import PREFIX
from figures import measurement, paths
from figures.measurement import Measurement

RUNS = "harness.main("
MODULE = "figures.measurements."
TIMED, COUNTED, SIMULATED = "timed", "counted", "simulated"
KINDS = {
    TIMED: "Timed",
    COUNTED: "Counted or computed, so that every machine finds the same",
    SIMULATED: "Simulated",
}


@dataclass(frozen=True, slots=True)
class Script:
    """A measurement, and the data files that it wrote; none if it still waits for its machine."""

    path: Path
    subject: str
    files: tuple[Measurement, ...]

    @property
    def kind(self) -> str:
        """Whether it takes time, counts, or simulates."""
        headers = [file.header for file in self.files]
        if any("simulation" in header.get("kind", "") for header in headers):
            return SIMULATED
        return COUNTED if all(header["warm-up"].startswith("0 ") for header in headers) else TIMED

    @property
    def stems(self) -> tuple[str, ...]:
        """The articles that the data belong to."""
        return tuple(sorted({file.path.parent.name for file in self.files}))


def scripts(folder: Path) -> Iterator[Script]:
    """All measurements below ``folder``, the directory ``figures``, by name.

    Raises:
        MeasurementError: a data file without a whole header.
    """
    written: dict[str, list[Measurement]] = {}
    for path in sorted(folder.glob("*/*.csv")):
        data = measurement.read(path)
        written.setdefault(data.header["command"].rpartition(MODULE)[2], []).append(data)
    for path in sorted((folder / "measurements").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        if RUNS in text:
            subject = (ast.get_docstring(ast.parse(text)) or path.stem).splitlines()[0].removesuffix(".")
            yield Script(path, subject, tuple(written.get(path.stem, ())))


class MeasurementList(SphinxDirective):
    """All measurements, by article; at the end those without data."""

    def run(self) -> list[nodes.Node]:
        """A definition list per article, under its name."""
        found = list(scripts(paths.FIGURES))
        for script in found:
            for path in (script.path, *(file.path for file in script.files)):
                self.env.note_dependency(str(path))
        made: list[nodes.Node] = []
        for stem in sorted({stem for script in found for stem in script.stems}):
            shown = [script for script in found if stem in script.stems]
            made += [self._heading(stem), self._items(shown, stem)]
        if waiting := [script for script in found if not script.files]:
            made += [nodes.rubric("", "Written and tested, without data yet"), self._items(waiting, "")]
        return made

    def _heading(self, stem: str) -> nodes.Node:
        """The article's title, as a link."""
        target = addnodes.pending_xref(
            "", refdomain="std", reftype="doc", reftarget=f"/{PREFIX}{stem}", refexplicit=False, refwarn=True
        )
        target += nodes.inline("", stem)
        return nodes.rubric("", "", target)

    def _items(self, found: list[Script], stem: str) -> nodes.Node:
        items = nodes.definition_list(classes=["lpa-measurements"])
        for script in found:
            definition = nodes.definition("", *self._paragraphs(script, stem))
            items += nodes.definition_list_item("", nodes.term("", script.subject), definition)
        return items

    def _paragraphs(self, script: Script, stem: str) -> Iterator[nodes.Node]:
        """When and on what; how to repeat it; what it wrote for this article."""
        files = [file for file in script.files if file.path.parent.name == stem]
        if files:
            head = files[0].header
            words = "; ".join(head[key] for key in ("date", "machine", "processor", "libraries"))
            yield nodes.paragraph("", f"{KINDS[script.kind]}: ", nodes.literal("", words))
        command = nodes.literal("", f"nox -s measure -- {script.path.stem}")
        links = [self._link(script.path), *(self._link(file.path) for file in files)]
        paragraph = nodes.paragraph("", "Repeat it: ", command, nodes.Text(". Script"))
        paragraph += nodes.Text(" and data: " if files else ": ")
        for number, link in enumerate(links):
            paragraph += [nodes.Text(", "), link] if number else [link]
        paragraph += nodes.Text(".")
        yield paragraph

    def _link(self, path: Path) -> nodes.Node:
        """A file of the repository."""
        place = path.relative_to(paths.ROOT).as_posix()
        url = f"{self.config.repository_url}/blob/{self.config.repository_branch}/{place}"
        return nodes.reference("", path.name, refuri=url, internal=False)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("measurement-list", MeasurementList)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
