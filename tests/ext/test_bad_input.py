"""Each way to break the sources stops the session that builds the site, says what to do, and leaves the last output.

The house itself (docs/conf.py, extensions, figures, references) around two small articles; one real build per case.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

import noxfile
from tests.ext import demo
from tests.ext.calculator.test_directive import CALCULATORS
from tests.references.test_checker import RECORD
from tests.roots import REPOSITORY

FRONT = """---
title: {0}
description: What {0} is.
reviewed: 2026-11-24
prerequisites: []
keywords: [letters]
---

# {0}
"""
ALT = "A rising line: the cache grows in proportion to the context."
ARTICLE = f"""{FRONT.format("Demo")}
A token takes {{computed}}`4 KiB/token <token_bytes>`, which [another article](other.md#lesson) explains.
It was known before {{cite:p}}`author2023{{§2}}`.

:::{{figure-md}} fig-demo

![{ALT}](../figures/demo/picture.svg)

The cache grows.
:::

:::{{calculator}} plain
Try it.
:::

## References

```{{bibliography}}
:filter: docname in docnames
```
"""
OTHER = f"{FRONT.format('Other')}\n## Lesson\n\nIt is short.\n"
PAPERS = """@article{author2023,
  author = {Ada Author and Bo Writer},
  title = {A Paper},
  journal = {J},
  year = {2023},
  doi = {10.1000/1},
}
"""
SOFTWARE = """@misc{maker2024,
  author = {Cy Maker},
  title = {The Tiny Model},
  year = {2024},
  howpublished = {repository},
  note = {version 1.0},
  url = {https://example.org/tiny},
}
"""
EXTRA = "@article{kept2020, author = {A. Kept}, title = {T}, journal = {J}, year = {2020}, doi = {10.1000/2}}\n"


def _renamed(text: str) -> str:
    return text.replace("paper2023", "author2023").replace("tiny2024", "maker2024")


FILES: dict[str, str] = {
    "docs/index.md": "---\ndescription: Two.\n---\n\n# Index\n\n```{toctree}\n:glob:\n\narticles/*\n```\n",
    "articles/demo.md": ARTICLE,
    "articles/other.md": OTHER,
    "references/papers.bib": PAPERS,
    "references/software.bib": SOFTWARE,
    "references/verified.toml": RECORD.format("author2023") + RECORD.format("maker2024"),
    "figures/demo/__init__.py": "",
    "figures/demo/formulas.py": _renamed(demo.FORMULAS),
    "figures/demo/results.py": demo.RESULTS,
    "figures/demo/calculators.py": CALCULATORS,
    "figures/demo/times.csv": demo.TIMES,
    "figures/demo/picture.svg": '<svg width="38" height="20" xmlns="http://www.w3.org/2000/svg"></svg>',
    "figures/demo/picture.pdf": "%PDF-1.4 twin",
    "figures/tinydata/models.toml": _renamed(demo.MODELS),
}


class Case(NamedTuple):
    """A fault: in ``file``, ``old`` becomes ``new`` (None: the file is gone). What the build must say, in parts."""

    file: str
    old: str
    new: str | None
    place: str
    problem: str
    remedy: str


def _line(file: str, text: str) -> int:
    return next(number for number, line in enumerate(FILES[file].splitlines(), 1) if text in line)


TOKEN, CITED, IMAGE = (_line("articles/demo.md", text) for text in ("A token", "It was", "picture.svg"))
CASES = {
    "unknown citation key": Case(
        "articles/demo.md",
        "author2023{",
        "autor2023{",
        f"articles/demo.md:{CITED - 1}",  # its paragraph
        'could not find bibtex key "autor2023"',
        "correct the key, or add the work to the file of its kind in references/",
    ),
    "uncited entry": Case(
        "references/papers.bib",
        PAPERS,
        PAPERS + EXTRA,
        f"references/papers.bib:{len(PAPERS.splitlines()) + 1}",
        "`kept2020`: no page cites this entry",
        "cite it, or remove it and its record",
    ),
    "computed literal that disagrees": Case(
        "articles/demo.md",
        "`4 KiB/token",
        "`5 KiB/token",
        f"articles/demo.md:{TOKEN}",
        "printed 5 KiB/token, but token_bytes is 4 KiB/token (figures/demo/results.py)",
        "correct the number in the text, or the formula and data behind the result",
    ),
    "unknown result": Case(
        "articles/demo.md",
        "<token_bytes>",
        "<token_byte>",
        f"articles/demo.md:{TOKEN}",
        "figures/demo/results.py has no result 'token_byte'; did you mean token_bytes?",
        "Correct the name, or define it there",
    ),
    "wrong unit": Case(
        "articles/demo.md",
        "`4 KiB/token",
        "`4 KiB",
        f"articles/demo.md:{TOKEN}",
        "'4 KiB' cannot be token_bytes: cannot express 'B/token' in 'KiB': the dimensions differ",
        "print it in a unit of that dimension",
    ),
    "missing figure": Case(
        "figures/demo/picture.svg",
        "",
        None,
        f"articles/demo.md:{IMAGE}",
        "image file ../figures/demo/picture.svg does not exist",
        "there is no script picture.py beside it either: mend the path",
    ),
    "missing alt text": Case(
        "articles/demo.md",
        ALT,
        "",
        f"articles/demo.md:{IMAGE - 2}",  # its figure
        "image ../figures/demo/picture.svg has no alt text",
        "say in at least 40 characters what the picture shows",
    ),
    "duplicate label": Case(
        "articles/other.md",
        "## Lesson",
        "(fig-demo)=\n## Lesson",
        f"articles/other.md:{_line('articles/other.md', 'Lesson') + 1}",
        f"label `fig-demo` is used twice: here and at articles/demo.md:{IMAGE - 2}",
        "rename one, and what refers to it",
    ),
    "broken link between articles": Case(
        "articles/demo.md",
        "(other.md",
        "(gone.md",
        f"articles/demo.md:{TOKEN}",
        "'myst' cross-reference target not found: 'gone.md#lesson': no such file",
        "give the path from this file's folder",
    ),
    "malformed TOML": Case(
        "figures/tinydata/models.toml",
        "[tiny]",
        "[tiny",
        "figures/tinydata/models.toml:2",
        "malformed TOML: Expected ']'",
        "look for a missing quote, bracket or equals sign there",
    ),
    "value without source": Case(
        "figures/tinydata/models.toml",
        'source = "maker2024", ',
        "",
        f"figures/tinydata/models.toml:{_line('figures/tinydata/models.toml', 'layers')}",
        "models.tiny.layers lacks source",
        "add what is missing, as the source has it",
    ),
    "malformed TOML of the records": Case(
        "references/verified.toml",
        "[author2023]",
        "[author2023",
        "references/verified.toml:1",
        "malformed TOML: Expected ']'",
        "look for a missing quote, bracket or equals sign there",
    ),
    "malformed BibTeX": Case(
        "references/papers.bib",
        "{A Paper},",
        "{A Paper}",
        "references/papers.bib:4",
        "malformed BibTeX: syntax error",
        "look for a missing comma, brace or quote on the lines above",
    ),
    "front matter without a required field": Case(
        "articles/demo.md",
        "reviewed: 2026-11-24\n",
        "",
        "articles/demo.md:1",
        "front matter has no field `reviewed`",
        "add a line like `reviewed: ",
    ),
    "calculator on a formula that cannot be translated": Case(
        "figures/demo/formulas.py",
        "return 2 * heads * dim",
        "return 2 * heads * [dim][0]",
        f"figures/demo/formulas.py:{_line('figures/demo/formulas.py', 'return 2 * heads')}",
        "figures.demo.formulas.elements cannot be translated: '[dim][0]'",
        "allowed are numbers, arguments",
    ),
}


def build() -> None:
    """Run what the session `docs` runs, in the working directory."""

    def run(program: str, *arguments: str) -> None:
        assert program == "sphinx-build"
        subprocess.run([sys.executable, "-m", "sphinx", "-q", *arguments], check=True, capture_output=True, text=True)

    session: Any = SimpleNamespace(cache_dir="build/cache", run=run)
    noxfile.sphinx(session, "html", Path("build/html"))


def snapshot(folder: Path) -> Mapping[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def write(files: Mapping[str, str]) -> None:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A repository with the two articles, built once."""
    root = tmp_path_factory.mktemp("house")
    ours = shutil.ignore_patterns("__pycache__", "*.md", "*.bib", "verified.toml", *_stems())
    for folder in ("docs", "figures", "references"):
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=ours)
    shutil.copy(REPOSITORY / "pyproject.toml", root)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        write(FILES)
        try:
            build()
        except subprocess.CalledProcessError as error:
            pytest.fail(f"the sound house must build: {error.stderr}")
        yield root


def _stems() -> list[str]:
    return [article.stem for article in (REPOSITORY / "articles").glob("*.md")]


@pytest.mark.parametrize("name", CASES)
def test_it_stops_the_build_says_what_to_do_and_leaves_the_output(house: Path, name: str) -> None:
    case = CASES[name]
    previous = snapshot(house / "build/html")
    assert "index.html" in previous and "articles/demo.html" in previous
    if case.new is None:
        (house / case.file).unlink()
    else:
        assert case.old in FILES[case.file]
        write({case.file: FILES[case.file].replace(case.old, case.new, 1)})
    try:
        with pytest.raises(subprocess.CalledProcessError) as stopped:
            build()
    finally:
        write({case.file: FILES[case.file]})
    said = re.sub(r"\x1b\[[0-9;]*m", "", stopped.value.stderr).replace(f"{house}/", "")
    assert any(
        f"{case.place}:" in line and case.problem in line and case.remedy in line for line in said.splitlines()
    ), said
    # Without a bibliography nothing can be read: Sphinx ends there, in its way. All else is a list of warnings.
    assert ("Traceback" in said) == (case.file.startswith("references/") and "malformed" in case.problem), said
    assert snapshot(house / "build/html") == previous
    assert sorted(path.name for path in (house / "build").iterdir()) == ["cache", "html"]
