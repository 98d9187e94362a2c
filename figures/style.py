"""House style of the figures: palette, type, sizes and the one way to save.

A figure is drawn once, in the light palette. ``save`` writes it twice: as an SVG with real text
whose colours follow the reader's colour scheme, and as a PDF twin for print. Both have the same
bytes whenever the same versions draw the same thing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from figures.tidy import assert_tidy

WIDTH = 380.0
"""Width of every figure in points: one column in print, and 11-point text stays legible on a phone."""
TEXT = 11.0
PX_PER_PT = 4 / 3


@dataclass(frozen=True, slots=True)
class Role:
    """A colour of the palette on light and on dark paper."""

    light: str
    dark: str


# Five hues that stay apart for every common colour blindness, dark enough to be text on white and
# light enough to be text on dark paper (tests/figures/test_style.py holds them to both).
PALETTE = MappingProxyType(
    {
        "ink": Role("#1f2328", "#e6e8eb"),
        "muted": Role("#5b6470", "#a9b1bb"),
        "blue": Role("#1659cc", "#b3cdf9"),
        "orange": Role("#9c5407", "#eba35f"),
        "green": Role("#0a4a2d", "#86efc9"),
        "purple": Role("#6b1a78", "#c585f4"),
        "rose": Role("#cf1059", "#f66f84"),
    }
)
GRID_ALPHA = 0.25
TINT_ALPHA = 0.1

# In the browser the reader's own sans; the layout is measured in DejaVu Sans, which is wider than all of these.
SCREEN_FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans","DejaVu Sans",sans-serif'
# Formulas are set glyph by glyph, so they need the metrics that they were set in; Verdana shares them.
MATH_FONTS = '"DejaVu Sans",Verdana,Geneva,sans-serif'

RC: dict[Any, Any] = {
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: the same everywhere
    "font.size": TEXT,
    "mathtext.fontset": "dejavusans",
    "text.color": PALETTE["ink"].light,
    "axes.labelcolor": PALETTE["ink"].light,
    "axes.labelsize": TEXT,
    "axes.edgecolor": PALETTE["muted"].light,
    "axes.linewidth": 0.9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.facecolor": "none",
    "axes.unicode_minus": True,
    "xtick.color": PALETTE["muted"].light,
    "ytick.color": PALETTE["muted"].light,
    "xtick.labelsize": TEXT,
    "ytick.labelsize": TEXT,
    "lines.linewidth": 1.8,
    "lines.solid_capstyle": "round",
    "figure.dpi": 72,
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "llm-papers-and-articles",  # fixed ids
    "pdf.fonttype": 42,  # TrueType, not Type 3: sharp, searchable
    "pdf.compression": 0,  # bytes that do not depend on the zlib at hand; LaTeX compresses them anyway
}


def color(role: str) -> str:
    """The colour of a palette role, as the scripts draw it."""
    return PALETTE[role].light


@contextmanager
def house_style() -> Iterator[None]:
    """Matplotlib's defaults with the house's on top, whatever the reader's own configuration says."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(RC)
        yield


def figure(height: float) -> Figure:
    """An empty figure of the one width and ``height`` points."""
    return Figure(figsize=(WIDTH / 72, height / 72))


def axes(
    fig: Figure,
    *,
    x: str,
    y: str,
    left: float = 46,
    right: float = 14,
    top: float = 30,
    bottom: float = 40,
) -> Axes:
    """Axes with margins in points; ``x`` and ``y`` are quantity and unit, ``y`` is set flat above its axis."""
    height = fig.get_figheight() * 72
    ax = fig.add_axes((left / WIDTH, bottom / height, 1 - (left + right) / WIDTH, 1 - (top + bottom) / height))
    ax.set_xlabel(x, labelpad=5)
    fig.text(4 / WIDTH, 1 - 6 / height, y, ha="left", va="top")
    ax.grid(True, axis="y", color=color("muted"), alpha=GRID_ALPHA, linewidth=0.7)
    ax.set_axisbelow(True)
    ax.tick_params(length=3, width=0.9)
    return ax


def ticks(ax: Axes, axis: str, values: Sequence[float], labels: Sequence[str]) -> None:
    """Exactly these ticks on ``axis`` (``"x"`` or ``"y"``), with these labels."""
    which = ax.xaxis if axis == "x" else ax.yaxis
    which.set_ticks(list(values), labels=list(labels))
    which.set_ticks([], minor=True)


def label(
    ax: Axes,
    at: tuple[float, float],
    text: str,
    role: str,
    *,
    offset: tuple[float, float] = (5, 0),
    ha: str = "left",
    va: str = "center",
) -> Text:
    """A direct label at a data point, ``offset`` points away, instead of a legend."""
    return ax.annotate(
        text, at, xytext=offset, textcoords="offset points", ha=ha, va=va, color=color(role), annotation_clip=False
    )


def end_labels(ax: Axes, lines: Sequence[tuple[float, str, str]], *, gap: float = 14) -> None:
    """Label lines at the right edge of the axes: ``(y in data, text, role)``, spread so that none overlap."""
    height = ax.figure.bbox.height  # points, at 72 dpi
    spots = sorted((float(ax.transData.transform((1, y))[1]), text, role) for y, text, role in lines)
    placed: list[float] = []
    for want, _, _ in spots:
        placed.append(max(want, placed[-1] + gap) if placed else want)
    # Spreading only upwards drifts: move the whole stack back by half of its mean displacement.
    drift = sum(p - s[0] for p, s in zip(placed, spots, strict=True)) / len(spots)
    right = ax.get_position().x1
    for y, (_, text, role) in zip(placed, spots, strict=True):
        ax.figure.text(
            right + 6 / WIDTH, (y - drift) / height, text, color=color(role), ha="left", va="center_baseline"
        )


def save(fig: Figure, stem: Path, title: str) -> None:
    """Write ``stem.svg`` and ``stem.pdf``, both or neither, after checking that the figure is tidy.

    Args:
        fig: drawn under :func:`house_style`.
        stem: where, without suffix.
        title: what the picture is, in a few words, for the SVG's ``<title>`` and the PDF's metadata.

    Raises:
        TidyError: labels overlap, leave the canvas or are too small.
        ValueError: a colour that is not in the palette.
    """
    assert_tidy(fig)
    made = {".svg": _svg(fig, title).encode(), ".pdf": _pdf(fig, title)}
    fresh = {stem.with_name(f".{stem.name}{suffix}.new"): stem.with_name(stem.name + suffix) for suffix in made}
    for temporary, content in zip(fresh, made.values(), strict=True):
        temporary.write_bytes(content)
    for temporary, final in fresh.items():
        temporary.replace(final)


def _pdf(fig: Figure, title: str) -> bytes:
    out = io.BytesIO()
    fig.savefig(out, format="pdf", metadata={"Title": title, "CreationDate": None, "Creator": None})
    return out.getvalue()


def _svg(fig: Figure, title: str) -> str:
    out = io.StringIO()
    fig.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    body = out.getvalue()
    body = re.sub(r"<([\w:]+)((?:\s[^<>]*?)?)\sstyle=\"([^\"]*)\"", _classes, body[body.index("<svg") :])
    used = set(re.findall(r'class="([^"]+)"', body))
    rules = {name: role for name, role in PALETTE.items() if any(f"-{name}" in names for names in used)}
    head = f"<title>{escape(title)}</title>\n<style>{_css(rules)}</style>\n"
    height = float(re.search(r'height="([\d.]+)pt"', body)[1])  # type: ignore[index]  # matplotlib always writes a height
    size = f'width="{WIDTH * PX_PER_PT:.0f}" height="{height * PX_PER_PT:.0f}"'
    body = re.sub(r'width="[\d.]+pt" height="[\d.]+pt"', size, body, count=1)
    body = re.sub(r"(<svg[^>]*>\n)", lambda match: match[1] + head, body, count=1)
    return re.sub(r"[ \t]+$", "", body, flags=re.M)


def _css(roles: dict[str, Role]) -> str:
    """The rules that give each role its colour on light and on dark paper."""

    def rules(paper: str) -> str:
        return "".join(
            f".f-{name}{{fill:{getattr(role, paper)}}}.s-{name}{{stroke:{getattr(role, paper)}}}"
            for name, role in roles.items()
        )

    fonts = f"text{{font-family:{SCREEN_FONTS}}}.m{{font-family:{MATH_FONTS}}}"
    return f"{fonts}{rules('light')}@media (prefers-color-scheme:dark){{{rules('dark')}}}"


def _classes(match: re.Match[str]) -> str:
    """Move the paint and the font of one start tag from its style into classes."""
    tag, attributes, style = match.groups()
    names, rest = [], []
    by_hex = {role.light: name for name, role in PALETTE.items()}
    for declaration in filter(None, (part.strip() for part in style.split(";"))):
        key, _, value = (part.strip() for part in declaration.partition(":"))
        if key in ("fill", "stroke") and value.startswith("#"):
            if value not in by_hex:
                raise ValueError(f"{key} {value} in <{tag}> is not in the palette; use figures.style.color(role)")
            names.append(f"{key[0]}-{by_hex[value]}")
        elif key == "font-family":
            names += ["m"] if tag == "tspan" else []
        else:
            rest.append(f"{key}:{value}")
    parts = [f' class="{" ".join(names)}"' if names else "", f' style="{";".join(rest)}"' if rest else ""]
    return f"<{tag}{attributes}{''.join(parts)}"
