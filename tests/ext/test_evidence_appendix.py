"""The PDF's appendix: everything behind the numbers of an article, once."""

from __future__ import annotations

import re

import pytest
from _ext.evidence.wording import precise, short

from tests.ext.demo import ARTICLE, EXTENSIONS, FILES, MODELS, RESULTS
from tests.ext.test_datatable import ARTICLE as TABLE_ARTICLE
from tests.roots import Builder

pytestmark = pytest.mark.usefixtures("own_figures")

TWO_MODELS = MODELS + MODELS.replace("[tiny]", "[small]").replace("Tiny 1B", "Small 2B").replace(
    "value = 4", "value = 8"
)
TABLES = """
from figures.data import value
from figures.demo import formulas, results
from figures.results import computed
from figures.tables import Column, Table


def row(name):
    def of(field):
        return value("models", name, field, results.HERE.parent / "tinydata")

    elements = computed(formulas.elements, heads=of("heads"), dim=of("head_dim"))
    return computed(formulas.token_bytes, width=results.width, layers=[of("layers")], elements=[elements])


sizes = Table(
    columns=("Model", Column("Cache", unit="KiB/token"), "Step"),
    rows=(("Tiny 1B", row("tiny"), results.step), ("Small 2B", row("small"), "")),
)
"""
BODY = """| Model    | Cache (KiB/token) | Step    |
| -------- | ----------------: | ------- |
| Tiny 1B  |                 4 | 12.3 ms |
| Small 2B |                 8 |         |
"""


SIGNS = {r"\sphinxhyphen{}": "-", "{[}": "[", "{]}": "]", r"\(\rightarrow\)": "→", r"\textendash{}": "–", r"\_": "_"}


def printed(tex: str) -> str:
    """The appendix as one reads it, near enough."""
    _, found = tex.split(r"\section{Where the numbers come from}")
    found = found.split(r"\lpaLedgerEnd")[0]
    found = re.sub(r"\\phantomsection|\\label\{\\detokenize\{[^}]*\}\}|\\sphinxAtStartPar", "", found)
    found = re.sub(r"\\hyperref\[\\detokenize\{[^}]*\}\]\{([^{}]*)\}", r"\1", found)
    found = re.sub(r"\\hyperlink\{[^}]*\}\{([^{}]*)\}", r"\1", found)
    found = re.sub(r"\\sphinxstyle\w+\{([^{}]*)\}|\\sphinxcode\{\\sphinxupquote\{([^{}]*)\}\}", r"\1\2", found)
    found = re.sub(r"\\lpa(?:Item|Group|Part|Lead)\{([^{}]*)\}%?", r"\1", found)
    for tex, sign in SIGNS.items():
        found = found.replace(tex, sign)
    return " ".join(found.replace("\u00a0", " ").replace("\u200b", "").split())


def tex_of(build: Builder, article: str = ARTICLE, **files: str) -> str:
    named = {f"figures/demo/{name}.py": text for name, text in files.items() if name != "models"}
    named |= {"figures/tinydata/models.toml": files.get("models", MODELS), "articles/demo.md": article}
    options = {"extensions": [*EXTENSIONS, "_ext.datatable"], "repository_url": "https://example.org/r"}
    result = build(FILES | named, builder="latex", **options)  # type: ignore[arg-type]
    assert result.warnings == ""
    return result.text("test.tex")


def test_marks_lead_to_items_and_items_back(build: Builder) -> None:
    tex = tex_of(build)
    text, appendix = tex.split(r"\lpaLedgerBegin" + "\n")
    label, back = (rf"\detokenize{{articles/demo:lpa-{kind}-demo-token-bytes}}" for kind in ("ev", "mark"))
    assert rf"\lpaMark{{computed}}{{{label}}}{{\phantomsection\label{{{back}}}4 KiB/token}}" in text
    assert rf"\label{{{label}}}" in appendix
    assert rf"\hyperref[{back}]" in appendix
    assert rf"\lpaMark{{computed}}{{{label}}}{{4,096 B/token}}" in text  # the second mark of a result
    for kind in ("batch", "step"):
        assert rf"\label{{\detokenize{{articles/demo:lpa-ev-demo-{kind}}}}}" in appendix
    assert r"\label{\detokenize{articles/demo:lpa-ev-choice}}" in appendix


def test_every_link_of_the_appendix_has_its_end(build: Builder) -> None:
    tex = tex_of(build).split(r"\begin{document}")[1]
    targets = re.findall(r"\\(?:hyperref\[|lpaMark\{\w+\}\{)\\detokenize\{([^}]*)\}", tex)
    labels = re.findall(r"\\label\{\\detokenize\{([^}]*)\}\}", tex)
    assert set(targets) <= set(labels)
    assert len(labels) == len(set(labels))


def test_everything_is_said_once_in_this_order(build: Builder) -> None:
    text = printed(tex_of(build))
    for said in (
        "F1 Cache bytes of one token (B/token). \\lpaEquation{m = w \\sum_g L_g e_g}",
        "\\(w\\) bytes of one element (B); \\(L_g\\) layers of each group;",
        "Derived in the article; ",
        "F2 Elements stored per token and layer (1/token). \\lpaEquation{e = 2 h d}",
        "Assumes: Keys and values are equally wide. ",
        "4 KiB/token, 4,096 B/token = F1 with \\(w\\) = 2 B (A2), \\(L_g\\) = 4 (D1), "
        "\\(e_g\\) = 512 per token (F2 with \\(h\\) = 2 (D3), \\(d\\) = 128 (D2)).",
        "12.3 ms, one decode step at 64 tokens (M1): 12.34 ms.",
        "All were seen on 24 November 2026.",
        "A1 32, a middling load.",
        "A2 2 B, BF16 elements.",
        "A3 16, chosen in the text.",
        "M1 ",
        ", written by python figures/measurements/step.py. desktop; 8 cores; commit 0123abc; 2026-11-24; "
        "statistic: median; repetitions: 20.",
    ):
        assert text.count(said) == 1, said
        text = text.split(said)[1] if said[0] in "FAM" else text


def test_data_of_one_file_are_cited_together(build: Builder) -> None:
    models = MODELS.replace("config.json", "config.json, layers", 1).replace('config.json"', 'config.json, head_dim"')
    text = printed(tex_of(build, models=models))
    assert re.search(r"Maker, 2024, config\.json\]\}:\} D1 4 layers, text decoder \[layers\]\.\\par D2 128", text)
    assert re.search(r"Maker, 2024, Table 1\]\}:\} D3 2 key-value heads\.", text)


def test_what_serves_several_numbers_has_an_entry(build: Builder) -> None:
    more = RESULTS + "\ntwice = computed(formulas.token_bytes, width=width, layers=[batch], elements=[elements])\n"
    article = ARTICLE.replace("A step lasts", "It is {computed}`32 KiB/token <twice>`. A step lasts")
    text = printed(tex_of(build, article, results=more))
    assert text.count("F2 with") == 1
    assert "N2 512 per token = F2 with \\(h\\) = 2" in text
    assert text.count("512 per token (N2)") == 2


def test_an_assumption_of_most_uses_is_told_with_the_formula(build: Builder) -> None:
    more = RESULTS + "".join(
        f"\nmore_{n} = computed(formulas.token_bytes, width=width, layers=[Assumed({n}, '1', 'x')], "
        "elements=[elements])\n"
        for n in (1, 2)
    )
    marks = "{computed}`1 KiB/token <more_1>` and {computed}`2 KiB/token <more_2>`"
    text = printed(tex_of(build, ARTICLE.replace("A step lasts", f"Then {marks}. A step lasts"), results=more))
    assert text.count("\\(w\\) = 2 B") == 1
    assert "Unless told otherwise \\(w\\) = 2 B (A" in text


def test_a_table_is_told_row_by_row(build: Builder) -> None:
    article = re.sub(r"\| Model .*\|\n(?=:::)", lambda _: BODY, TABLE_ARTICLE, flags=re.S)
    text = printed(tex_of(build, article, tables=TABLES, models=TWO_MODELS))
    assert "Cache (KiB/token) = F1 with \\(w\\) = 2 B (A1). Row by row:" in text
    assert "N1 Tiny 1B: \\(L_g\\) = 4 (D1), \\(e_g\\) = 512 per token (F2 with" in text
    assert "→ 4,096 B/token; 12.34 ms, one decode step at 64 tokens (M1)." in text
    assert "N2 Small 2B: \\(L_g\\) = 8 (D4)" in text
    assert "→ 8,192 B/token; –." in text


@pytest.mark.parametrize(
    ("value", "unit", "exactly", "shortly"),
    [
        (327680.0, "B/token", "327,680 B/token", "320 KiB/token"),
        (2.039e12, "B/s", "2,039,000,000,000 B/s", "2.039 TB/s"),
        (140e9, "B", "140,000,000,000 B", "140 GB"),
        (1234851667640320.0, "FLOP", "1.234852 PFLOP", "1.234852 PFLOP"),
        (1 / 3, "s", "0.3333333 s", "0.3333333 s"),
        (2.02, "1", "2.02", "2.02"),
        (80, "GB", "80 GB", "80 GB"),
    ],
)
def test_values_are_exact_or_short(value: float, unit: str, exactly: str, shortly: str) -> None:
    assert precise(value, unit) == exactly
    assert short(value, unit) == shortly
