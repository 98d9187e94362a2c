"""A small article with everything that the evidence extensions look at; tests change one thing and look."""

from __future__ import annotations

FIELD = '{{value = {}, unit = "1", qualifier = "{}", source = "tiny2024", locator = "{}", date = 2026-11-24}}'
MODELS = f"""
[tiny]
name = "Tiny 1B"
layers = {FIELD.format(4, "text decoder", "config.json")}
heads = {FIELD.format(2, "key-value heads", "Table 1")}
head_dim = {FIELD.format(128, "all heads", "config.json")}
"""

FORMULAS = '''
from collections.abc import Sequence

from figures.formula import formula


@formula(latex=r"e = 2 h d", symbols={"heads": "h", "dim": "d"}, sources=("paper2023{§2}",))
def elements(heads: int, dim: int) -> float:
    """Elements stored per token and layer.

    Args:
        heads (1): key-value heads.
        dim (1): dimension of a head.

    Returns:
        (1/token) keys and values.

    Assumptions:
        Keys and values are equally wide.
    """
    return 2 * heads * dim


@formula(latex=r"m = w \\sum_g L_g e_g", symbols={"width": "w", "layers": "L_g", "elements": "e_g"})
def token_bytes(width: float, layers: Sequence[int], elements: Sequence[int]) -> float:
    """Cache bytes of one token.

    Args:
        width (B): bytes of one element.
        layers (1): layers of each group.
        elements (1/token): elements per token of each group.

    Returns:
        (B/token) over all layers.
    """
    return width * sum(l * e for l, e in zip(layers, elements, strict=True))
'''

RESULTS = """
from pathlib import Path

from figures.data import value
from figures.demo import formulas
from figures.measurement import read
from figures.results import Assumed, Measured, computed

HERE = Path(__file__).parent


def model(field):
    return value("models", "tiny", field, HERE.parent / "tinydata")


width = Assumed(2, "B", "BF16 elements")
batch = Assumed(32, "1", "a middling load")
elements = computed(formulas.elements, heads=model("heads"), dim=model("head_dim"))
token_bytes = computed(formulas.token_bytes, width=width, layers=[model("layers")], elements=[elements])
_times = read(HERE / "times.csv")
step = Measured(_times, "one decode step at 64 tokens", _times.cell("ms", tokens=64), "ms")
"""

TIMES = """# command: python figures/measurements/step.py
# commit: 0123abc
# date: 2026-11-24
# machine: desktop
# processor: 8 cores
# memory: 32 GiB
# libraries: numpy 2.3
# repetitions: 20
# warm-up: 3
# statistic: median
tokens,ms
64,12.34
128,25.1
"""

BIB = """
@article{paper2023, author = {Ada Author and Bo Writer}, title = {A Paper}, journal = {J}, year = {2023}}
@misc{tiny2024, author = {Cy Maker}, title = {The Tiny Model}, year = {2024}, howpublished = {repository}}
"""

ARTICLE = """---
title: Demo
---

# Demo

A token takes {computed}`4 KiB/token <token_bytes>` at {assumed}`32 <batch>` users,
and again {computed}`4,096 B/token <token_bytes>`.
A step lasts {measured}`12.3 ms <step>`, with {assumed}`16` prompts.

## References

```{bibliography}
:filter: docname in docnames
```
"""

FILES: dict[str, str | bytes | None] = {
    "articles/demo.md": ARTICLE,
    "references/all.bib": BIB,
    "figures/demo/__init__.py": "",
    "figures/demo/formulas.py": FORMULAS,
    "figures/demo/results.py": RESULTS,
    "figures/demo/times.csv": TIMES,
    "figures/tinydata/models.toml": MODELS,
}

EXTENSIONS = ["sphinxcontrib.bibtex", "_ext.evidence"]
