"""The ``@formula`` decorator: one typed function that text, figures and calculators share.

The docstring is the single home of what a reader sees of a formula: its first line names the
quantity, ``Args`` gives each argument as ``name (unit): meaning.``, ``Returns`` the result as
``(unit) meaning.``, ``Assumptions`` what must hold. The equation is LaTeX kept beside the function.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, ParamSpec, get_origin, get_type_hints

from figures import units

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a formula. ``kind`` is ``int``, ``float``, ``bool`` or ``list``."""

    name: str
    symbol: str
    unit: str
    meaning: str
    kind: str


@dataclass(frozen=True, slots=True)
class Formula(Generic[P]):
    """A formula with what a reader needs to trust it. Call it like the function it wraps.

    ``name`` is ``module.function`` below ``figures.formulas``; ``unit`` is the unit of the result;
    ``sources`` are citations in the form ``key{locator}``.
    """

    function: Callable[P, float]
    name: str
    quantity: str
    meaning: str
    unit: str
    latex: str
    arguments: tuple[Argument, ...]
    assumptions: str
    sources: tuple[str, ...]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> float:
        """Evaluate the formula; lists of one group must have one length."""
        return self.function(*args, **kwargs)


REGISTRY: dict[str, Formula[...]] = {}


def formula(
    *, latex: str, symbols: Mapping[str, str], sources: Sequence[str] = ()
) -> Callable[[Callable[P, float]], Formula[P]]:
    """Turn a typed function into a registered :class:`Formula`.

    Args:
        latex: the equation, without ``$``; its symbols are those of ``docs/notation.md``.
        symbols: LaTeX symbol of each argument.
        sources: where the formula stands in the literature, as ``key{locator}``; empty when it is
            derived in the article.

    Raises:
        TypeError: docstring, annotations and symbols do not agree.
    """

    def wrap(function: Callable[P, float]) -> Formula[P]:
        name = f"{function.__module__.removeprefix('figures.formulas.')}.{function.__name__}"
        doc = _sections(inspect.getdoc(function) or "", name)
        hints = get_type_hints(function)
        arguments = tuple(
            _argument(parameter, hints, doc["Args"], symbols, name)
            for parameter in inspect.signature(function).parameters
        )
        extra = set(symbols) - {a.name for a in arguments}
        if extra:
            raise TypeError(f"{name}: symbols for unknown arguments: {', '.join(sorted(extra))}")
        returned = re.fullmatch(r"\(([^)]+(?:\([^)]*\))?)\) (.+)", doc["Returns"])
        if not returned:
            raise TypeError(f"{name}: write the Returns section as '(unit) meaning.'")
        units.parse(returned[1])
        result = Formula(
            function,
            name,
            doc["summary"],
            returned[2],
            returned[1],
            latex,
            arguments,
            doc["Assumptions"],
            tuple(sources),
        )
        REGISTRY[name] = result
        return result

    return wrap


def _sections(doc: str, name: str) -> dict[str, str]:
    """The docstring's summary and its ``Args``, ``Returns`` and ``Assumptions``, whitespace folded."""
    head, *rest = re.split(r"^(Args|Returns|Assumptions):\n", doc, flags=re.M)
    found = {"summary": head.strip().split("\n\n")[0].replace("\n", " ").rstrip("."), "Assumptions": ""}
    for title, body in zip(rest[::2], rest[1::2], strict=True):
        found[title] = body if title == "Args" else " ".join(body.split())
    for title in ("Args", "Returns"):
        if title not in found:
            raise TypeError(f"{name}: the docstring has no {title!r} section")
    return found


def _argument(
    parameter: str, hints: Mapping[str, object], args: str, symbols: Mapping[str, str], name: str
) -> Argument:
    line = re.search(rf"^    {parameter} \(([^)]+(?:\([^)]*\))?)\): ((?:.+(?:\n        )?)+)", args, re.M)
    if not line:
        raise TypeError(f"{name}: the docstring lacks '{parameter} (unit): meaning.' in Args")
    if parameter not in symbols:
        raise TypeError(f"{name}: no symbol for the argument {parameter!r}")
    units.parse(line[1])
    hint = hints.get(parameter)
    kinds: dict[object, str] = {int: "int", float: "float", bool: "bool"}
    kind = kinds.get(hint, "list" if get_origin(hint) is Sequence else "")
    if not kind:
        raise TypeError(f"{name}: argument {parameter!r} is {hint!r}; use int, float, bool or Sequence[…]")
    return Argument(parameter, symbols[parameter], line[1], " ".join(line[2].split()).rstrip("."), kind)
