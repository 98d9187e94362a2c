"""Long names may break in print; code, formulas and headings are left alone."""

from __future__ import annotations

from _ext.latex.breaks import MAY_BREAK

from tests.roots import Builder

NAME = "closed/NVIDIA/systems/H200-SXM_trt.json"


def test_a_long_name_may_break_after_its_joints_and_nowhere_else(build: Builder) -> None:
    text = f"# A\n\n## {NAME}\n\nSee {NAME} and `{NAME}`, 70,000,000,000,000 or/not.\n"
    result = build({"articles/a.md": text}, extensions=["_ext.latex"], builder="latex")
    assert result.warnings == ""
    tex = result.text("a.tex").replace(r"\sphinxhyphen{}", "-").replace(r"\_", "_").replace(MAY_BREAK, "|")
    assert "See closed/|NVIDIA/|systems/|H200-|SXM_|trt.|json and" in tex
    assert "70,000,000,000,000 or/not." in tex
    assert tex.count("|") == 6


def test_the_site_has_no_marks(build: Builder) -> None:
    result = build({"articles/a.md": f"# A\n\n{NAME}\n"}, extensions=["_ext.latex"])
    assert MAY_BREAK not in result.text("articles/a.html")
