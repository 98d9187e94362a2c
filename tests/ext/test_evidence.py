"""The marks: what a page, a LaTeX file and a bad mark show."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from tests.ext.demo import ARTICLE, EXTENSIONS, FILES, FORMULAS, MODELS, RESULTS
from tests.roots import Builder, Result

pytestmark = pytest.mark.usefixtures("own_figures")


def built(build: Builder, article: str = ARTICLE, **options: object) -> Result:
    files = FILES | {"articles/demo.md": article}
    return build(files, extensions=EXTENSIONS, repository_url="https://example.org/r", **options)  # type: ignore[arg-type]


def popover(page: BeautifulSoup, name: str) -> Tag:
    found = page.select_one(f"#lpa-ev-demo-{name}[popover]")
    assert found is not None
    return found


def test_each_number_carries_a_button_for_its_kind(build: Builder) -> None:
    result = built(build)
    assert result.warnings == ""
    marks = {
        button["aria-label"]: button["popovertarget"]
        for button in result.html("articles/demo").select(".lpa-mark > button[popovertarget]")
    }
    assert marks == {
        "How 4 KiB/token was computed": "lpa-ev-demo-token-bytes",
        "How 4,096 B/token was computed": "lpa-ev-demo-token-bytes",
        "Why 32 was assumed": "lpa-ev-demo-batch",
        "How 12.3 ms was measured": "lpa-ev-demo-step",
        "Why 16 was assumed": "lpa-ev-choice",
    }


def test_every_button_has_its_popover_and_one_result_has_one(build: Builder) -> None:
    page = built(build).html("articles/demo")
    targets = [button["popovertarget"] for button in page.select("button[popovertarget]")]
    assert {len(page.select(f"[popover][id='{target}']")) for target in targets} == {1}


def test_a_computed_number_shows_formula_inputs_sources_and_code(build: Builder) -> None:
    page = built(build).html("articles/demo")
    text = popover(page, "token-bytes").get_text("") + popover(page, "elements").get_text("")
    for part in (
        "Cache bytes of one token",
        r"m = w \sum_g L_g e_g",
        "2\u00a0B, bytes of one element: assumed, BF16 elements",
        "Tiny 1B, text decoder",
        "config.json",
        "seen 24 November 2026",
        "computed, elements stored per token and layer",
        "Assumptions: Keys and values are equally wide.",
        "4,096\u00a0B/token",
        "figures/demo/formulas.py",
    ):
        assert part in text


def test_a_computed_input_has_its_own_description_which_many_share(build: Builder) -> None:
    more = RESULTS + "\ntwice = computed(formulas.token_bytes, width=width, layers=[batch], elements=[elements])\n"
    article = ARTICLE.replace("A step lasts", "It is {computed}`32 KiB/token <twice>`. A step lasts")
    files = FILES | {"articles/demo.md": article, "figures/demo/results.py": more}
    result = build(files, extensions=EXTENSIONS, repository_url="")
    assert result.warnings == ""
    page = result.html("articles/demo")
    for name in ("token-bytes", "twice"):
        link = popover(page, name).select_one("button.lpa-evidence-link")
        assert link is not None and link["popovertarget"] == "lpa-ev-demo-elements"
    assert "e = 2 h d" in popover(page, "elements").get_text()
    assert page.get_text().count("e = 2 h d") == 1


def test_inputs_made_twice_are_described_once(build: Builder) -> None:
    twice = "elements=[computed(formulas.elements, heads=model('heads'), dim=model('head_dim'))]"
    results = RESULTS.replace("elements=[elements]", twice)
    result = build(FILES | {"figures/demo/results.py": results}, extensions=EXTENSIONS, repository_url="")
    assert popover(result.html("articles/demo"), "elements")


def test_a_measured_number_shows_how_it_was_measured(build: Builder) -> None:
    found = popover(built(build).html("articles/demo"), "step")
    text = found.get_text("")
    for part in ("python figures/measurements/step.py", "0123abc", "2026-11-24", "desktop", "8 cores", "median", "20"):
        assert part in text
    links = [link["href"] for link in found.select("a")]
    assert "https://example.org/r/blob/main/figures/demo/times.csv" in links


def test_formula_link_names_the_line(build: Builder) -> None:
    links = [link["href"] for link in popover(built(build).html("articles/demo"), "token-bytes").select("a")]
    line = next(n for n, text in enumerate(FORMULAS.splitlines(), 1) if "sum_g" in text)
    assert f"https://example.org/r/blob/main/figures/demo/formulas.py#L{line}" in links


def test_sources_of_inputs_are_cited_by_the_article_and_link_back_to_the_mark(build: Builder) -> None:
    page = built(build).html("articles/demo")
    references = page.select_one("#references")
    assert references is not None
    assert "The tiny model" in references.get_text() and "A paper" in references.get_text()
    backlinks = {link["href"] for link in references.select("a[role=doc-backlink]")}
    assert backlinks == {"#lpa-mark-demo-token-bytes"}
    assert page.select_one("#lpa-mark-demo-token-bytes.lpa-mark")


def test_no_appendix_section_in_html(build: Builder) -> None:
    page = built(build).text("articles/demo.html")
    assert "Where the numbers come from" not in page and "Everything once" not in page


BAD = {
    "{computed}`5 KiB/token <token_bytes>`": (
        "printed 5 KiB/token, but token_bytes is 4 KiB/token (figures/demo/results.py); correct the number",
        "evidence.mismatch",
    ),
    "{computed}`4 KiB/token <token_byte>`": (
        "has no result 'token_byte'; did you mean token_bytes",
        "evidence.unknown",
    ),
    "{computed}`4 KiB <token_bytes>`": (
        "'4 KiB' cannot be token_bytes: cannot express 'B/token' in 'KiB': the dimensions differ",
        "evidence.unit",
    ),
    "{computed}`4 blubb <token_bytes>`": ("unknown symbol 'blubb'", "evidence.unit"),
    "{computed}`four <token_bytes>`": ("'four' is not a number with a unit", "evidence.literal"),
    "{computed}`12.3 ms <step>`": ("{computed} points to 'step', which is a measured result", "evidence.kind"),
    "{measured}`32 <batch>`": ("{measured} points to 'batch', which is an assumed result", "evidence.kind"),
    "{computed}`4 KiB`": ("{computed}`4 KiB` names no result; write {computed}`4 KiB <name>`", "evidence.target"),
    "{assumed}`many`": ("'many' is not a number with a unit", "evidence.literal"),
    "{computed}`4 KiB <absent:x>`": ("figures/absent/results.py does not exist", "evidence.results"),
}


@pytest.mark.parametrize("mark", BAD)
def test_a_bad_mark_says_where_and_what(build: Builder, mark: str) -> None:
    message, kind = BAD[mark]
    result = built(build, f"---\ntitle: Demo\n---\n\n# Demo\n\nFirst line\nand then {mark} here.\n")
    assert "articles/demo.md:8: WARNING: " in result.warnings
    assert message in result.warnings
    assert f"[{kind}]" in result.warnings
    assert result.warnings.count("WARNING") == 1


def test_an_exception_in_results_is_told_once_with_its_line(build: Builder) -> None:
    files = FILES | {"figures/demo/results.py": RESULTS + "\nbroken = 1 / 0\n"}
    result = build(files, extensions=EXTENSIONS, repository_url="")
    line = len(RESULTS.splitlines()) + 2
    assert f"figures/demo/results.py, line {line}: ZeroDivisionError: division by zero" in result.warnings
    assert result.warnings.count("[evidence.results]") == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tiny\n", "figures/tinydata/models.toml:1: malformed TOML: Expected"),
        (MODELS.replace('source = "tiny2024", ', "", 1), "models.toml:4: models.tiny.layers lacks source: every value"),
    ],
)
def test_bad_data_is_told_once_and_no_mark_counts_as_missing(build: Builder, text: str, message: str) -> None:
    files = FILES | {"figures/tinydata/models.toml": text}
    result = build(files, extensions=[*EXTENSIONS, "_ext.evidence_lint"], repository_url="")
    assert result.warnings.count("WARNING") == 1
    line = next(n for n, code in enumerate(RESULTS.splitlines(), 1) if "return value" in code)
    start = "articles/demo.md:7: WARNING: no mark of this page can be checked: figures/demo/results.py, line "
    assert result.warnings.startswith(f"{start}{line}: ")
    assert message in result.warnings
    assert str(build.root) not in result.warnings and ".." not in result.warnings
    assert "4 KiB/token at 32 users" in result.html("articles/demo").get_text()


def test_a_wrong_input_of_a_formula_is_told_with_its_line(build: Builder) -> None:
    results = RESULTS + "\nwrong = computed(formulas.elements, heads=width)\n"
    result = build(FILES | {"figures/demo/results.py": results}, extensions=EXTENSIONS, repository_url="")
    line = len(RESULTS.splitlines()) + 2
    assert f"figures/demo/results.py, line {line}: figures.demo.formulas.elements takes heads" in result.warnings


def test_a_syntax_error_in_results_is_told(build: Builder) -> None:
    files = FILES | {"figures/demo/results.py": "x = (\n"}
    result = build(files, extensions=EXTENSIONS, repository_url="")
    assert "figures/demo/results.py, line 1: SyntaxError" in result.warnings


def test_a_page_that_is_no_article_names_the_stem(build: Builder) -> None:
    page = "# Page\n\nSays {computed}`4 KiB/token <demo:token_bytes>` and {computed}`4 KiB/token <token_bytes>`.\n"
    result = build(FILES | {"docs/page.md": page}, extensions=EXTENSIONS, repository_url="")
    assert "page is not an article: write the article's stem too, as in <stem:token_bytes>" in result.warnings
    assert len(result.html("page").select(".lpa-mark")) == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "value"),
    [
        ("figures/demo/formulas.py", "2 * heads * dim", "3 * heads * dim", "6 KiB"),
        ("figures/demo/results.py", "Assumed(2,", "Assumed(4,", "8 KiB"),
        ("figures/tinydata/models.toml", "{value = 4,", "{value = 8,", "8 KiB"),
    ],
)
def test_editing_what_is_behind_a_number_reads_the_article_again(
    build: Builder, file: str, old: str, new: str, value: str
) -> None:
    assert built(build).warnings == ""
    text = FILES[file]
    assert isinstance(text, str) and old in text
    result = build({file: text.replace(old, new)}, extensions=EXTENSIONS, repository_url="https://example.org/r")
    assert "articles/demo" in result.updated
    assert f"printed 4 KiB/token, but token_bytes is {value}" in result.warnings


def test_a_warning_comes_back_until_it_is_mended(build: Builder) -> None:
    bad = ARTICLE.replace("4 KiB/token", "5 KiB/token")
    first, second = built(build, bad), build({}, extensions=EXTENSIONS, repository_url="https://example.org/r")
    assert "evidence.mismatch" in first.warnings and "evidence.mismatch" in second.warnings


def test_methods_page_lists_what_is_assumed_everywhere(build: Builder) -> None:
    methods = "# Methods\n\n```{evidence-legend}\n```\n\n```{assumed-list}\n```\n"
    result = build(FILES | {"docs/methods.md": methods}, extensions=EXTENSIONS, repository_url="", parallel=2)
    assert result.warnings == ""
    page = result.html("methods")
    rows = [[cell.get_text() for cell in row.select("td")] for row in page.select("table tbody tr")]
    assert rows == [
        ["Demo", "2 B", "BF16 elements"],
        ["Demo", "32", "a middling load"],
        ["Demo", "16", "chosen in the text"],
    ]
    assert page.select_one("table a[href='articles/demo.html']")
    assert [symbol["aria-label"] for symbol in page.select(".lpa-legend [role=img]")] == [
        "mark: computed",
        "mark: measured",
        "mark: cited",
        "mark: assumed",
    ]


def test_the_list_follows_an_article(build: Builder) -> None:
    methods = "# Methods\n\n```{assumed-list}\n```\n"
    build(FILES | {"docs/methods.md": methods}, extensions=EXTENSIONS, repository_url="")
    shorter = ARTICLE.replace(", with {assumed}`16` prompts", "")
    result = build({"articles/demo.md": shorter}, extensions=EXTENSIONS, repository_url="")
    assert "chosen in the text" not in result.text("methods.html")


def test_parallel_reading_changes_nothing(build: Builder) -> None:
    serial = built(build).text("articles/demo.html")
    others = {f"docs/p{n}.md": f"# Page {n}\n" for n in range(8)}
    result = build.fresh(FILES | others, extensions=EXTENSIONS, repository_url="https://example.org/r", parallel=2)
    assert result.warnings == ""
    start, end = '<div class="lpa-evidence-store">', "</section>"
    assert serial.split(start)[1].split(end)[0] == result.text("articles/demo.html").split(start)[1].split(end)[0]
