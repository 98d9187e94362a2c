"""Tiny source roots for tests of the Sphinx extensions: write a few files, build, look at the result.

    def test_something(build):
        result = build({"articles/a.md": "# A\n\nText."}, extensions=["_ext.evidence"], evidence_strict=True)
        assert result.warnings == ""
        assert result.html("articles/a").select_one("h1").text == "A"

`build` is a fixture (tests/conftest.py) with a fresh root per test, laid out as the repository is: docs/, articles/,
figures/, references/ under `build.root`. What it does for you:

- conf.py is written with `myst_parser`, `_ext.source_tree` and your `extensions`, the author-facing settings of the
  real docs/conf.py (MyST, numbering, bibtex style), and any further keyword as a configuration value;
- every `references/*.bib` is a bibliography when `sphinxcontrib.bibtex` is among the extensions;
- docs/index.md, if you give none, lists all other documents;
- the style sheets and scripts of the real docs/_static are found, as the extensions add them;
- the theme is `basic`, the quick one; pass `html_theme="furo"` where the theme matters.

Calling `build` again changes the files given (None deletes one; bytes are written as they are), keeps the rest and
builds incrementally; `build.fresh` starts from nothing. An exception of the build (bad configuration, say) is raised.
"""

from __future__ import annotations

import re
import runpy
import shutil
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.testing.util import SphinxTestApp

REPOSITORY = Path(__file__).resolve().parent.parent
HOUSE_SETTINGS = (
    "myst_enable_extensions",
    "myst_dmath_allow_digits",
    "myst_heading_anchors",
    "numfig",
    "numfig_secnum_depth",
    "math_numfig",
    "nitpicky",
    "bibtex_reference_style",
    "suppress_warnings",
    "html_copy_source",
)


@cache
def house_settings() -> dict[str, Any]:
    """The settings of the real conf.py that decide what an author's Markdown means."""
    conf = runpy.run_path(str(REPOSITORY / "docs" / "conf.py"))
    return {name: conf[name] for name in HOUSE_SETTINGS if name in conf}


@dataclass(frozen=True)
class Result:
    """What a build left behind. Warnings are plain text, paths in them relative to the root."""

    app: SphinxTestApp
    root: Path
    warnings: str
    updated: tuple[str, ...]  # the documents that were read in this build

    @property
    def outdir(self) -> Path:
        return Path(self.app.outdir)

    def text(self, path: str) -> str:
        """The text of an output file, e.g. "articles/a.html" or "article.tex"."""
        return (self.outdir / path).read_text(encoding="utf-8")

    def html(self, docname: str) -> BeautifulSoup:
        """The parsed page of a document."""
        return BeautifulSoup(self.text(f"{docname}.html"), "html.parser")

    def doctree(self, docname: str) -> nodes.document:
        """The document tree as read (references are still pending)."""
        return self.app.env.get_doctree(docname)


class Builder:
    """The `build` fixture: see the module's docstring."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(
        self,
        files: Mapping[str, str | bytes | None],
        *,
        extensions: Sequence[str] = (),
        builder: str = "html",
        parallel: int = 1,
        keep: Literal["all", "nothing"] = "all",
        **config: Any,
    ) -> Result:
        """Write `files` (paths from the root), build, and return the result."""
        if keep == "nothing":
            shutil.rmtree(self.root / "build", ignore_errors=True)
        self._write(files)
        self._write_conf(extensions, config)
        updated: list[str] = []
        with warnings.catch_warnings():
            for category in (DeprecationWarning, PendingDeprecationWarning):
                warnings.simplefilter("ignore", category)  # MyST and others use names that Sphinx 11 will remove …
                warnings.filterwarnings("error", module="_ext", category=category)  # … our extensions must not
            app = SphinxTestApp(builder, self.root / "docs", self.root / "build", parallel=parallel)
            app.connect("source-read", lambda app, docname, source: updated.append(docname))
            try:
                app.build()
            finally:
                app.cleanup()  # docutils' registries are global: leave them as they were
        return Result(app, self.root, self._plain(app.warning.getvalue()), tuple(sorted(updated)))

    def fresh(self, files: Mapping[str, str | bytes | None], **options: Any) -> Result:
        """Build without anything kept from an earlier build."""
        return self(files, keep="nothing", **options)

    def _write(self, files: Mapping[str, str | bytes | None]) -> None:
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content.encode() if isinstance(content, str) else content)
        (self.root / "docs").mkdir(exist_ok=True)
        index = self.root / "docs" / "index.md"
        if not index.exists():
            others = any(path for folder in ("docs", "articles") for path in (self.root / folder).glob("*.md"))
            index.write_text("# Index\n" + ("\n```{toctree}\n:glob:\n\n**\n```\n" if others else ""), encoding="utf-8")

    def _write_conf(self, extensions: Sequence[str], config: Mapping[str, Any]) -> None:
        settings = house_settings() | {
            "project": "Test",
            "extensions": ["myst_parser", "_ext.source_tree", *extensions],
            "html_theme": "basic",
            "html_static_path": [str(REPOSITORY / "docs" / "_static")],
            "bibtex_bibfiles": [f"../references/{file.name}" for file in sorted(self.root.glob("references/*.bib"))],
            **config,
        }
        text = "".join(f"{name} = {value!r}\n" for name, value in settings.items())
        (self.root / "docs" / "conf.py").write_text(text, encoding="utf-8")

    def _plain(self, text: str) -> str:
        return re.sub(r"\x1b\[[0-9;]*m", "", text).replace(f"{self.root.resolve()}/", "")
