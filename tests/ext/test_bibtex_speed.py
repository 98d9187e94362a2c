"""The speed-ups of the bibliography: same bytes as stock, and each in effect."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pybtex.plugin
import pytest
import sphinxcontrib.bibtex.domain
from _ext import bibtex_speed
from sphinx.environment import BuildEnvironment

from tests.roots import REPOSITORY, Builder, Result

BIB = """
@article{dao2022, author={Dao, Tri and Fu, Daniel}, title={Fast and {Exact}}, journal={J}, year={2022}}
@article{kwon2023, author={Kwon, Woosuk and Li, Zhuohan and Zhuang, Siyuan}, title={Paged}, journal={J}, year={2023},
  doi={10.1/x}}
@misc{nvidia2024, author={{NVIDIA}}, title={A Sheet}, year={2024}, howpublished={Data sheet}, url={https://a.b/c}}
@misc{unused2020, author={Nobody, A}, title={Unused}, year={2020}, url={https://a.b/d}}
"""
ARTICLE = """# {name}

See {{cite:p}}`kwon2023{{§4.2}}` and {{cite:t}}`dao2022`, {{cite:p}}`{{see}}nvidia2024{{p. 3}}, kwon2023{{Table 1}}`.
Look at {{numref}}`fig-{name}`, {{numref}}`fig-A` and {{numref}}`fig-B`.

:::{{figure-md}} fig-{name}

![alt](../figures/x.svg)

A caption {{cite:p}}`dao2022`.
:::

## References

```{{bibliography}}
:filter: {filter}
```
"""
FILES: dict[str, str | bytes | None] = {
    "references/papers.bib": BIB,
    "figures/x.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "articles/a.md": ARTICLE.format(name="A", filter="docname in docnames"),
    "articles/b.md": ARTICLE.format(name="B", filter="docname in docnames"),
}
EXTENSIONS = ["sphinxcontrib.bibtex", "_ext.bibtex_speed"]


def patched(build: Builder, files: dict[str, str | bytes | None] = FILES, builder: str = "html") -> Result:
    result = build(files, extensions=EXTENSIONS, builder=builder, root_doc="index", html_theme="furo")
    assert result.warnings == ""
    return result


def stock(build: Builder, builder: str) -> Path:
    """Build the same root without the extension, in a process that never saw a patch."""
    conf = build.root / "docs" / "conf.py"
    conf.write_text(conf.read_text().replace(", '_ext.bibtex_speed'", ""))
    out = build.root / "stock"
    subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "-b", builder, "-d", out / ".doctrees", "docs", out],
        cwd=build.root,
        env=os.environ | {"PYTHONPATH": f"{REPOSITORY}:{REPOSITORY / 'docs'}"},
        check=True,
        capture_output=True,
    )
    return out


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".doctrees" not in path.parts and path.name != ".buildinfo"
    }


@pytest.mark.parametrize("builder", ["html", "latex"])
@pytest.mark.parametrize("filter_", ["docname in docnames", "cited", "key % '202[23]'"])
def test_the_output_is_the_stock_output(build: Builder, builder: str, filter_: str) -> None:
    files = FILES | {"articles/b.md": ARTICLE.format(name="B", filter=filter_)}
    mine = contents(patched(build, files, builder).outdir)
    theirs = contents(stock(build, builder))
    assert len(mine) > 5
    assert mine == theirs


def test_plugins_are_looked_up_once(build: Builder) -> None:
    pybtex.plugin.entry_points.cache_clear()
    patched(build)
    found = pybtex.plugin.entry_points.cache_info()
    assert found.hits >= found.misses > 0


def test_numref_loads_a_doctree_once(build: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    loads: Counter[str] = Counter()
    bibtex_speed.forget(patched(build).app)
    original = BuildEnvironment.get_doctree

    def get_doctree(env: BuildEnvironment, docname: str) -> Any:
        if sys._getframe(1).f_code.co_filename == bibtex_speed.__file__:
            loads[docname] += 1
        return original(env, docname)

    monkeypatch.setattr(BuildEnvironment, "get_doctree", get_doctree)
    build.fresh({}, extensions=EXTENSIONS)
    assert loads == {"articles/a": 1, "articles/b": 1}  # six references


def test_the_usual_filters_are_answered_from_the_index(build: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    visited: list[str] = []

    class Visitor(sphinxcontrib.bibtex.domain._FilterVisitor):
        def visit(self, node: Any) -> Any:
            visited.append(type(node).__name__)
            return super().visit(node)

    monkeypatch.setattr(sphinxcontrib.bibtex.domain, "_FilterVisitor", Visitor)
    patched(build)
    assert visited == []
    patched(build, {"articles/b.md": ARTICLE.format(name="B", filter="key % '202[23]'")})
    assert "BinOp" in visited


def test_each_work_is_formatted_once(build: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    formatted: Counter[str] = Counter()
    original = bibtex_speed.STOCK_FORMAT

    def format_entry(self: Any, label: str, entry: Any, bib_data: Any = None) -> Any:
        formatted[entry.key] += 1
        return original(self, label, entry, bib_data)

    monkeypatch.setattr(bibtex_speed, "STOCK_FORMAT", format_entry)
    patched(build)
    assert formatted == {"dao2022": 1, "kwon2023": 1, "nvidia2024": 1}  # two lists, with tooltips


def test_nothing_is_kept_after_the_build(build: Builder) -> None:
    patched(build)
    assert not bibtex_speed._texts
    assert bibtex_speed._doctree.cache_info().currsize == 0


def test_garbage_is_collected_less_often(build: Builder) -> None:
    gc.set_threshold(700, 10, 10)
    patched(build)
    assert gc.get_threshold() == (50_000, 20, 20)
