"""Furo's containers of tables and equations do not repeat an id."""

from __future__ import annotations

from collections import Counter

from tests.roots import Builder

PAGE = """# A

$$ a = b $$ (eq-a)

:::{table} Caption
:name: tab-a

| a | b |
|---|---|
| 1 | 2 |
:::

See {numref}`tab-a` and {eq}`eq-a`.
"""


def ids(build: Builder, extensions: list[str]) -> Counter[str]:
    page = build.fresh({"articles/a.md": PAGE}, extensions=extensions, html_theme="furo").html("articles/a")
    return Counter(str(element["id"]) for element in page.select("[id]"))


def test_each_id_is_written_once(build: Builder) -> None:
    assert ids(build, [])["tab-a"] == 2, "Furo is mended: remove the extension"
    found = ids(build, ["_ext.single_ids"])
    assert found["tab-a"] == found["equation-eq-a"] == 1
    assert max(found.values()) == 1
