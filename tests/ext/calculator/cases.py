"""The calculators of all articles, and random cases within their bounds."""

from __future__ import annotations

import random

from figures.calculators import Calculator, Entry, load
from figures.paths import ARTICLES, FIGURES

STEMS = sorted(path.stem for path in ARTICLES.glob("*.md") if (FIGURES / path.stem / "calculators.py").exists())
CALCULATORS = {f"{stem}.{name}": one for stem in STEMS for name, one in load(stem).items()}


def draw(calculator: Calculator, r: random.Random, count: int) -> list[dict[str, Entry]]:
    """Random cases within the declared bounds, spread over their magnitudes; the lists of a case are of one length."""
    kinds = [(field, calculator.is_whole(field.name), calculator.is_list(field.name)) for field in calculator.fields]

    def number(low: float, high: float, whole: bool) -> float:
        floor = max(low, 1 if whole else 1e-3)
        value = float(r.choice([low, high, r.uniform(low, high), floor * (high / floor) ** r.random()]))
        return min(max(low, round(value)), high) if whole else value

    cases = []
    for _ in range(count):
        length = r.randint(1, 4)
        case: dict[str, Entry] = {}
        for field, whole, many in kinds:
            if many:
                case[field.name] = tuple(number(field.low, field.high, whole) for _ in range(length))
            else:
                case[field.name] = number(field.low, field.high, whole)
        cases.append(case)
    return cases
