"""The palette is legible on every paper and for every eye; saving writes what it promises."""

from __future__ import annotations

import itertools
import math
import re
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest

from figures import style
from figures.tidy import TidyError

PAPERS = {"light": ("#ffffff",), "dark": ("#131416", "#0d1117", "#212830")}  # Furo, GitHub dark, GitHub dimmed
HUES = ("blue", "orange", "green", "purple", "rose")
SVG = "{http://www.w3.org/2000/svg}"

# Machado, Oliveira and Fernandes 2009, severity 1: what the colour-blind eye sees, in linear RGB.
VISION = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def rgb(color: str) -> tuple[float, float, float]:
    r, g, b = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return r, g, b


def linear(color: str) -> tuple[float, ...]:
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(color))


def contrast(one: str, other: str) -> float:
    low, high = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other)))
    return (high + 0.05) / (low + 0.05)


def over(color: str, paper: str, alpha: float) -> str:
    mixed = (round(255 * (alpha * c + (1 - alpha) * p)) for c, p in zip(rgb(color), rgb(paper), strict=True))
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def lab(color: str, vision: str) -> tuple[float, float, float]:
    seen = [min(1, max(0, sum(m * c for m, c in zip(row, linear(color), strict=True)))) for row in VISION[vision]]
    matrix = ((0.4339, 0.3762, 0.1899), (0.2126, 0.7152, 0.0722), (0.0178, 0.1095, 0.8727))  # to XYZ over white
    x, y, z = (
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116
        for t in (sum(m * c for m, c in zip(row, seen, strict=True)) for row in matrix)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("paper", [(mode, color) for mode, colors in PAPERS.items() for color in colors], ids=str)
@pytest.mark.parametrize("role", style.PALETTE)
def test_every_role_is_legible_as_text_also_on_its_own_tint(role: str, paper: tuple[str, str]) -> None:
    mode, background = paper
    color = getattr(style.PALETTE[role], mode)
    assert contrast(color, background) >= 4.5  # more than the 3:1 that lines need: every line labels itself
    assert contrast(color, over(color, background, style.TINT_ALPHA)) >= 4.5


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("mode", PAPERS)
def test_hues_stay_apart_for_every_eye(mode: str, vision: str) -> None:
    seen = {hue: lab(getattr(style.PALETTE[hue], mode), vision) for hue in HUES}
    near = {
        (a, b): round(math.dist(seen[a], seen[b]))
        for a, b in itertools.combinations(HUES, 2)
        if math.dist(seen[a], seen[b]) < 20
    }
    assert near == {}


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # the well-known near miss


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A small plot with text, mathtext, a line and a tint, saved as SVG and PDF."""
    return draw(tmp_path / "plot")


def draw(stem: Path, line: str = "") -> Path:
    with style.house_style():
        fig = style.figure(200)
        ax = style.axes(fig, x="Context (tokens)", y="Cache (GiB) & more")
        ax.plot([1, 2], [3, 4], color=line or style.color("blue"))
        ax.fill_between([1, 2], [3, 3], [3, 4], color=style.color("orange"), alpha=style.TINT_ALPHA, linewidth=0)
        style.label(ax, (1.5, 3.2), r"$M_\mathrm{w}$", "blue")
        style.save(fig, stem, "A <test>")
    return stem


def test_saving_twice_gives_the_same_bytes(tmp_path: Path, saved: Path) -> None:
    again = draw(tmp_path / "again")
    for suffix in (".svg", ".pdf"):
        assert again.with_suffix(suffix).read_bytes() == saved.with_suffix(suffix).read_bytes()


def test_svg_has_real_text_a_title_and_its_size(saved: Path) -> None:
    root = ElementTree.fromstring(saved.with_suffix(".svg").read_bytes())
    assert root.findtext(f"{SVG}title") == "A <test>"
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("507", "267", "0 0 380 200")
    words = {"".join(text.itertext()).strip() for text in root.iter(f"{SVG}text")}
    assert {"Context (tokens)", "Cache (GiB) & more"} <= words


def test_svg_takes_all_paint_from_classes_that_adapt(saved: Path) -> None:
    svg = saved.with_suffix(".svg").read_text()
    css = svg[svg.index("<style>") : svg.index("</style>")]
    light, dark = css.split("@media (prefers-color-scheme:dark)")
    used = {name for names in re.findall(r'class="([^"]+)"', svg) for name in names.split()}
    assert {"s-blue", "f-orange", "f-blue", "f-ink"} <= used
    for name in used - {"m"}:
        assert f".{name}{{" in light
        assert f".{name}{{" in dark
    assert "#" not in svg.replace(css, "").replace("url(#", "").replace('href="#', "")  # no colour left in the body
    assert style.PALETTE["blue"].light in light
    assert style.PALETTE["blue"].dark in dark


def test_formulas_keep_the_metrics_that_they_were_set_in(saved: Path) -> None:
    svg = saved.with_suffix(".svg").read_text()
    root = ElementTree.fromstring(svg)
    glyphs = list(root.iter(f"{SVG}tspan"))
    assert [g.text for g in glyphs] == ["M", "w"]
    assert all("m" in (g.get("class") or "").split() for g in glyphs)
    assert ".m{font-family:" + style.MATH_FONTS in svg
    assert "font-family:" not in svg[svg.index("</style>") :]


def test_pdf_embeds_truetype_and_no_date(saved: Path) -> None:
    with pikepdf.open(saved.with_suffix(".pdf")) as pdf:
        assert str(pdf.docinfo["/Title"]) == "A <test>"
        assert "/CreationDate" not in pdf.docinfo
        fonts = [font for font in pdf.objects if isinstance(font, pikepdf.Dictionary) and font.get("/Type") == "/Font"]
        assert fonts
        assert "/Type3" not in {str(font["/Subtype"]) for font in fonts}
        assert any("/FontFile2" in o for o in pdf.objects if isinstance(o, pikepdf.Dictionary))


def test_a_color_outside_the_palette_is_refused_and_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"stroke #123456 in <path> is not in the palette; use figures\.style\.color"):
        draw(tmp_path / "odd", line="#123456")
    assert list(tmp_path.iterdir()) == []


def test_an_untidy_figure_is_refused_and_nothing_written(tmp_path: Path) -> None:
    with style.house_style():
        fig = style.figure(100)
        fig.text(0.99, 0.5, "far too long")
        with pytest.raises(TidyError):
            style.save(fig, tmp_path / "untidy", "Untidy")
    assert list(tmp_path.iterdir()) == []


def test_end_labels_spread_without_leaving_their_lines() -> None:
    with style.house_style():
        fig = style.figure(200)
        ax = style.axes(fig, x="x", y="y", right=80)
        ax.set_ylim(0, 100)
        style.end_labels(ax, [(50, "b", "blue"), (51, "c", "orange"), (49, "a", "green"), (90, "far", "ink")])
        heights = {text.get_text(): 200 * text.get_position()[1] for text in fig.texts}
    assert heights["a"] + 14 <= heights["b"] + 1e-6
    assert heights["b"] + 14 <= heights["c"] + 1e-6
    middle = float(ax.transData.transform((0, 50))[1])
    assert heights["b"] == pytest.approx(middle, abs=14)
    assert heights["far"] == pytest.approx(float(ax.transData.transform((0, 90))[1]), abs=14)
