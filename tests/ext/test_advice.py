"""Stock warnings that an author can cause say what to do."""

from __future__ import annotations

import pytest

from tests.roots import Builder

EXTENSIONS = ["sphinxcontrib.bibtex", "_ext.advice"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[x](c.md)", "articles/a.md:3: WARNING: 'myst' cross-reference target not found: 'c.md': no such file; give"),
        ("[x](#c)", "articles/a.md:3: WARNING: 'myst' cross-reference target not found: 'c': define the label"),
        ("[x](b.md#c)", "articles/a.md:3: WARNING: local id not found in doc 'articles/b': 'c': no heading or label"),
        (
            "{cite:p}`c2020{p. 1}`",
            'articles/a.md:3: WARNING: could not find bibtex key "c2020": correct the key, or add',
        ),
        ("{term}`c`", "articles/a.md:3: WARNING: term not in glossary: 'c': add the term to docs/glossary.md"),
        ("{eq}`c`", "articles/a.md:3: WARNING: equation not found: c: define the label"),
        ("{numref}`c`", "articles/a.md:3: WARNING: undefined label: 'c': define the label, or correct its name"),
        ("(x)=\n## B\n\n(x)=\n## C", 'articles/a.md:6: WARNING: Duplicate explicit target name: "x": rename one'),
    ],
)
def test_a_warning_ends_with_what_to_do(build: Builder, text: str, message: str) -> None:
    result = build({"articles/a.md": f"# A\n\n{text}\n", "articles/b.md": "# B\n"}, extensions=EXTENSIONS)
    assert message in result.warnings


def test_workers_are_advised_too(build: Builder) -> None:
    files: dict[str, str | bytes | None] = {f"articles/a{n}.md": "# A\n\n{term}`c`\n" for n in range(6)}
    result = build(files, extensions=EXTENSIONS, parallel=2)
    assert result.warnings.count("term not in glossary") == result.warnings.count("add the term to") == 6


def test_without_a_fault_nothing_is_said(build: Builder) -> None:
    assert build({"articles/a.md": "# A\n\n100 % of it.\n"}, extensions=EXTENSIONS).warnings == ""
