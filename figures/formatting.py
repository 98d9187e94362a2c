"""One way to print a number, and to check a printed one.

``show`` makes the literal of tables and calculators, ``agrees`` holds a literal in the text
against its result at the precision at which it is printed.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

from figures import units

NUMBER = re.compile(r"^([-−]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:e([-+]?\d+)|\s?×\s?10\^?([-−]?\d+))?\s*(.*)$")


class LiteralError(ValueError):
    """A literal that is not a number with a unit."""


def parse(literal: str) -> tuple[Decimal, Decimal, str]:
    """``(value, step, unit)`` of a literal such as ``1,024 tokens``, ``3.35 TB/s``, ``12 %`` or ``8×``.

    ``step`` is one unit of the last printed digit.

    Raises:
        LiteralError: the literal does not start with a number.
    """
    match = NUMBER.match(literal.strip().replace("\u202f", " ").replace("\u00a0", " "))
    if not match:
        raise LiteralError(f"{literal!r} is not a number with a unit, such as '320 KiB' or '3.35 TB/s'")
    sign, whole, fraction, e_power, ten_power, unit = match.groups()
    power = int((e_power or ten_power or "0").replace("−", "-"))
    value = Decimal(("-" if sign else "") + whole.replace(",", "") + (fraction or "")).scaleb(power)
    step = Decimal(1).scaleb(power - len((fraction or ".")[1:]))
    return value, step, unit.strip() or "1"


def agrees(literal: str, value: float, unit: str) -> bool:
    """Whether ``literal`` is ``value`` (in ``unit``) rounded to the literal's precision; ties go either way.

    Raises:
        LiteralError: not a number with a unit. UnitError: unknown unit, or another dimension.
    """
    printed, step, printed_unit = parse(literal)
    exact = Decimal(repr(units.convert(value, unit, printed_unit)))
    return abs(exact - printed) <= step / 2 * (1 + Decimal("1e-9"))


def number(value: float, digits: int = 3) -> str:
    """``value`` with ``digits`` significant digits, never in exponent form: ``1,020``, ``0.00123``, ``320``.

    Ties round to even on the exact binary value, as JavaScript's twin of this function does.
    """
    exact = Decimal(value)
    if not exact:
        return "0"
    step = Decimal(1).scaleb(exact.adjusted() - digits + 1)
    rounded = exact.quantize(step, ROUND_HALF_EVEN)
    step = Decimal(1).scaleb(rounded.adjusted() - digits + 1)  # 999.6 → 1,000: one digit more before the point
    rounded = rounded.quantize(step, ROUND_HALF_EVEN)
    decimals = max(0, -step.normalize().adjusted()) if step < 1 else 0
    return f"{rounded:,.{decimals}f}"


BYTES = ("B", "KiB", "MiB", "GiB", "TiB", "PiB")
PREFIXES = ("", "k", "M", "G", "T", "P", "E")


def show(value: float, unit: str, digits: int = 3) -> str:
    """``value`` with the prefix that keeps it readable: ``show(327680, "B")`` is ``320 KiB``.

    Bytes take binary prefixes, rates and FLOP decimal ones; counts are printed whole, ``1`` without unit.
    """
    names: tuple[str, ...]
    base: float
    head, slash, tail = unit.partition("/")
    if unit == "1":
        return number(value, digits)
    if head == "B" and (not slash or tail not in ("s",)):
        names, base = BYTES, 1024.0
    elif head in ("B", "FLOP", "W", "J"):
        names, base = tuple(p + head for p in PREFIXES), 1000.0
    elif unit == "s":
        return _seconds(value, digits)
    else:
        return f"{number(value, digits)} {unit}"
    index = 0
    while index < len(names) - 1 and abs(float(number(value, digits).replace(",", ""))) >= base:
        value, index = value / base, index + 1
    return f"{number(value, digits)} {names[index]}{slash}{tail}"


def _seconds(value: float, digits: int) -> str:
    for name, factor in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if abs(value) >= factor or not value:
            return f"{number(value / factor, digits)} {name}"
    return f"{number(value / 1e-9, digits)} ns"
