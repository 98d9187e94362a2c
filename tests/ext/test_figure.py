"""`_ext.figure`: what an author may forget is an error; every builder gets its format; no layout shift."""

from __future__ import annotations

import pytest

from tests.roots import Builder

SVG = '<svg width="507" height="267" viewBox="0 0 380 200" xmlns="http://www.w3.org/2000/svg"></svg>'
ALT = "A rising line: the cache grows in proportion to the context."
GOOD = f"""# A

:::{{figure-md}} fig-x

![{ALT}](../figures/a/x.svg)

The cache grows with the context.
:::

See {{numref}}`fig-x`.
"""
FILES: dict[str, str | bytes | None] = {
    "articles/a.md": GOOD,
    "figures/a/x.svg": SVG,
    "figures/a/x.pdf": b"%PDF-1.4 twin",
}
EXTENSIONS = ["_ext.figure"]


def test_the_image_of_a_page_has_size_alt_text_and_waits_until_it_is_near(build: Builder) -> None:
    result = build(FILES, extensions=EXTENSIONS)
    assert result.warnings == ""
    image = result.html("articles/a").select_one("figure#fig-x img")
    assert image is not None
    assert image["src"] == "../_images/x.svg"
    assert (image["width"], image["height"], image["loading"], image["alt"]) == ("507", "267", "lazy", ALT)
    assert not image.has_attr("style")


def test_latex_takes_the_twin_at_its_natural_size(build: Builder) -> None:
    result = build(FILES, extensions=EXTENSIONS, builder="latex")
    assert result.warnings == ""
    assert r"\sphinxincludegraphics{{x}.pdf}" in result.text("test.tex")
    assert (result.outdir / "x.pdf").read_bytes() == b"%PDF-1.4 twin"


def test_the_site_follows_the_theme_toggle(build: Builder) -> None:
    result = build(FILES, extensions=EXTENSIONS)
    links = [link["href"] for link in result.html("articles/a").select("link[rel=stylesheet]")]
    assert any("figure.css" in str(link) for link in links)


def test_a_changed_figure_rereads_its_article(build: Builder) -> None:
    build(FILES, extensions=EXTENSIONS)
    result = build({"figures/a/x.svg": SVG.replace("267", "300")}, extensions=EXTENSIONS)
    assert result.updated == ("articles/a",)
    image = result.html("articles/a").select_one("img")
    assert image is not None
    assert image["height"] == "300"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            {"figures/a/x.svg": None, "figures/a/x.pdf": None, "figures/a/x.py": "def draw(): ..."},
            "articles/a.md:5: WARNING: image file ../figures/a/x.svg does not exist: "
            "run `nox -s figures` to render it, and commit the .svg and .pdf [figure.missing]",
            id="not rendered",
        ),
        pytest.param(
            {"articles/a.md": GOOD.replace("x.svg", "y.svg")},
            "articles/a.md:5: WARNING: image file ../figures/a/y.svg does not exist: "
            "there is no script y.py beside it either: mend the path [figure.missing]",
            id="wrong path",
        ),
        pytest.param(
            {"figures/a/x.pdf": None},
            "articles/a.md:5: WARNING: image file ../figures/a/x.svg has no PDF twin x.pdf, which LaTeX needs: "
            "run `nox -s figures` to render it, and commit the .svg and .pdf [figure.twin]",
            id="no twin",
        ),
        pytest.param(
            {"articles/a.md": GOOD.replace(ALT, "")},
            "articles/a.md:3: WARNING: image ../figures/a/x.svg has no alt text: say in at least 40 characters "
            "what the picture shows to someone who cannot see it [figure.alt]",
            id="no alt text",
        ),
        pytest.param(
            {"articles/a.md": GOOD.replace(ALT, "a plot")},
            "articles/a.md:5: WARNING: image ../figures/a/x.svg has only 6 characters of alt text ('a plot'): "
            "say in at least 40 characters",
            id="short alt text",
        ),
        pytest.param(
            {"articles/a.md": GOOD.replace("figure-md} fig-x", "figure-md}").replace("{numref}`fig-x`", "it")},
            "articles/a.md:3: WARNING: figure of ../figures/a/x.svg has no label, so no text can refer to it: "
            "write ':::{figure-md} fig-name' [figure.label]",
            id="no label",
        ),
        pytest.param(
            {"articles/a.md": f"# A\n\n:::{{figure}} ../figures/a/x.svg\n:name: fig-x\n:alt: {ALT}\n:::\n"},
            "articles/a.md:3: WARNING: figure of ../figures/a/x.svg has no caption: "
            "add a paragraph whose first sentence states the figure's message [figure.caption]",
            id="no caption",
        ),
        pytest.param(
            {"articles/a.md": f"# A\n\n![{ALT}](../figures/a/x.svg)\n"},
            "articles/a.md:3: WARNING: image ../figures/a/x.svg stands alone: wrap it in ':::{figure-md} fig-name' "
            "with a caption, so that it gets a number [figure.bare]",
            id="not in a figure",
        ),
    ],
)
def test_bad_input(build: Builder, change: dict[str, str | bytes | None], message: str) -> None:
    build(FILES)  # writes the files, without the extension
    warnings = build.fresh(change, extensions=EXTENSIONS).warnings
    assert message in warnings
    assert warnings.count("WARNING") == 1


def test_a_missing_figure_is_told_until_it_is_there(build: Builder) -> None:
    build(FILES)
    first = build({"figures/a/x.svg": None, "figures/a/x.pdf": None}, extensions=EXTENSIONS)
    second = build({}, extensions=EXTENSIONS)
    assert first.warnings == second.warnings != ""
    assert first.html("articles/a").select("figure#fig-x img") == []
    assert build(FILES, extensions=EXTENSIONS).warnings == ""
