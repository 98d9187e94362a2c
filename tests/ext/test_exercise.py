"""Exercises and solutions: numbered, paired, folded in HTML, gathered in LaTeX."""

from __future__ import annotations

import pytest

from tests.roots import Builder, Result

GOOD = """# Article

See {ref}`ex-two`.

:::{exercise} Size & cost
:name: ex-one

How large?
:::

:::{exercise} Time
:name: ex-two

How long?
:::

:::{solution} ex-two
So long.
:::

:::{solution} ex-one
So large.
:::

## References
"""


def built(build: Builder, text: str = GOOD, **options: object) -> Result:
    return build({"articles/a.md": text}, extensions=["_ext.exercise"], **options)  # type: ignore[arg-type]


def test_numbered_in_order_and_referenced_by_number(build: Builder) -> None:
    result = built(build)
    assert result.warnings == ""
    page = result.html("articles/a")
    assert [title.get_text() for title in page.select(".lpa-exercise-title")] == [
        "Exercise 1 Size & cost",
        "Exercise 2 Time",
    ]
    link = page.select_one("a.reference[href='#ex-two']")
    assert link is not None and link.get_text() == "Exercise 2"


def test_each_solution_is_folded_behind_its_exercise(build: Builder) -> None:
    page = built(build).html("articles/a")
    pairs = {}
    for task in page.select(".lpa-exercise"):
        answer = task.find_next_sibling()
        assert answer is not None and answer.name == "details"
        pairs[task["id"]] = answer.get_text(" ").split("\n")[-2].strip()
    assert pairs == {"ex-one": "So large.", "ex-two": "So long."}
    assert "Solutions to the exercises" not in page.get_text()


def test_latex_gathers_solutions_at_the_end_in_order_of_the_exercises(build: Builder) -> None:
    result = built(build, builder="latex")
    assert result.warnings == ""
    tex = result.text("test.tex").split(r"\begin{document}")[1]
    text, end = tex.split(r"\section{Solutions to the exercises}")
    assert r"\begin{lpaExercise}{1}{Size \& cost}" in text and r"\section{References}" in text
    assert r"\lpaSolutionLink{\detokenize{articles/a:solution-ex-one}}" in text
    assert "So large" not in text
    assert end.index("So large.") < end.index("So long.")
    assert r"\begin{lpaSolution}{2}{Time}{\detokenize{articles/a:ex-two}}" in end
    assert r"\label{\detokenize{articles/a:solution-ex-two}}" in end


BAD = {
    "unsolved": (
        ":::{exercise} T\n:name: ex-a\n\nQ\n:::\n",
        "exercise 'ex-a' has no solution; add ':::{solution} ex-a'",
        3,
    ),
    "unknown": (":::{solution} ex-b\nA\n:::\n", "solution of 'ex-b', which is no exercise of this article", 3),
    "name": (":::{exercise} T\nQ\n:::\n\n:::{solution} ex-t\nA\n:::\n", "exercise 'T' has no name; add ':name:", 3),
    "duplicate": (
        ":::{exercise} T\n:name: ex-a\n\nQ\n:::\n\n:::{exercise} U\n:name: ex-a\n\nQ\n:::\n\n"
        ":::{solution} ex-a\nA\n:::\n",
        "exercise 'ex-a' stands in line 3 already; rename one",
        9,
    ),
    "duplicate-solution": (
        ":::{exercise} T\n:name: ex-a\n\nQ\n:::\n\n:::{solution} ex-a\nA\n:::\n\n:::{solution} ex-a\nA\n:::\n",
        "exercise 'ex-a' has a solution in line 9 already; remove one",
        13,
    ),
    "numbered": (
        ":::{exercise} T\n:name: ex-a\n\nQ\n:::\n\n:::{solution} ex-a\n$$\nx\n$$ (eq-s)\n:::\n",
        "the solution of 'ex-a' holds a numbered math_block",
        9,
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_pair_says_where_and_what(build: Builder, case: str) -> None:
    text, message, line = BAD[case]
    result = built(build, f"# Article\n\n{text}")
    assert result.warnings.count("WARNING") == 1
    assert f"articles/a.md:{line}: WARNING: {message}" in result.warnings
    assert f"[exercise.{case.partition('-')[0]}]" in result.warnings


def test_one_name_in_two_articles(build: Builder) -> None:
    result = build({"articles/a.md": GOOD, "articles/b.md": GOOD}, extensions=["_ext.exercise"], parallel=2)
    assert "exercise 'ex-one' stands in articles/a.md already; rename one" in result.warnings
    assert "articles/b.md:" in result.warnings
