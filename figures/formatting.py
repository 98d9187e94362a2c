"""One way to print a number, and to check a printed one.

``show`` makes the literal of tables and calculators, ``agrees`` holds a literal in the text
against its result at the precision at which it is printed. ``docs/_static/calculator.js`` has
the twin of ``number`` and ``Scale.show``; a test holds the two together, so change both.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from figures import units

NUMBER = re.compile(
    r"^([-−]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:e([-+]?\d+)|\s?×\s?10(?:\^([-−]?\d+)|([⁻]?[⁰¹²³⁴-⁹]+)))?\s*(.*)$"
)
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
PLAIN = range(-6, 15)  # powers of ten that are written out; beyond them the number is "1.50 × 10²⁴"


class LiteralError(ValueError):
    """A literal that is not a number with a unit."""


def parse(literal: str) -> tuple[Decimal, Decimal, str]:
    """``(value, step, unit)`` of a literal such as ``1,024 tokens``, ``3.35 TB/s``, ``12 %``, ``8×``, ``2 per token``.

    ``step`` is one unit of the last printed digit.

    Raises:
        LiteralError: the literal does not start with a number.
    """
    match = NUMBER.match(literal.strip().replace("\u202f", " ").replace("\u00a0", " "))
    if not match:
        raise LiteralError(f"{literal!r} is not a number with a unit, such as '320 KiB' or '3.35 TB/s'")
    sign, whole, fraction, *powers, unit = match.groups()
    power = int(next((p for p in powers if p), "0").translate(LOWERED))
    value = Decimal(("-" if sign else "") + whole.replace(",", "") + (fraction or "")).scaleb(power)
    step = Decimal(1).scaleb(power - len((fraction or ".")[1:]))
    unit = re.sub(r"^per ", "1/", unit.strip()).replace(" per ", "/")
    return value, step, unit or "1"


def agrees(literal: str, value: float, unit: str) -> bool:
    """Whether ``literal`` is ``value`` (in ``unit``) rounded to the literal's precision; ties go either way.

    Raises:
        LiteralError: not a number with a unit. UnitError: unknown unit, or another dimension.
    """
    printed, step, printed_unit = parse(literal)
    exact = Decimal(repr(units.convert(value, unit, printed_unit)))
    return abs(exact - printed) <= step / 2 * (1 + Decimal("1e-9"))


def number(value: float, digits: int = 3) -> str:
    """``value`` with ``digits`` significant digits, all those before the point: ``0.00123``, ``12.3``, ``1,024``.

    Whole numbers get no decimals (``32``, not ``32.0``), very large and small ones a power of ten
    (``1.50 × 10²⁴``). Ties round to even on the exact binary value, as in JavaScript's twin.

    Raises:
        ValueError: infinity or not a number.
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be printed; only finite numbers can")
    if not value:
        return "0"
    sign = "-" if value < 0 else ""
    significand, power = _rounded(abs(value), digits)
    last = power - digits + 1  # power of ten of the last printed digit
    if power not in PLAIN:
        text = str(significand)
        mantissa = text if digits == 1 else f"{text[0]}.{text[1:]}"
        return f"{sign}{mantissa} × 10{str(power).translate(RAISED)}"
    if last >= 0 or value == int(value):
        return f"{sign}{round(abs(value)):,}"
    text = str(significand).zfill(1 - last)
    return f"{sign}{int(text[:last]):,}.{text[last:]}"


def _rounded(value: float, digits: int) -> tuple[int, int]:
    """``(significand, power)``: ``value`` > 0 rounded half to even, significand of ``digits`` digits,
    ``power`` that of its first digit. Exact: integers only, whatever the size of ``value``."""
    numerator, denominator = value.as_integer_ratio()
    power = math.floor(math.log10(value))
    while True:
        shift = digits - 1 - power
        top, bottom = numerator * 10 ** max(shift, 0), denominator * 10 ** max(-shift, 0)
        significand, rest = divmod(top, bottom)
        if significand >= 10**digits:  # log10 may be off by one near a power of ten
            power += 1
        elif significand < 10 ** (digits - 1):
            power -= 1
        else:
            break
    if 2 * rest > bottom or (2 * rest == bottom and significand % 2):
        significand += 1
    if significand == 10**digits:
        significand, power = significand // 10, power + 1
    return significand, power


@dataclass(frozen=True, slots=True)
class Scale:
    """How values of one unit are printed: ``steps`` are (suffix, size in that unit), ascending.

    ``one`` is the suffix after exactly ``1``; ``whole`` prints whole numbers (counts) with all digits.
    """

    steps: tuple[tuple[str, float], ...]
    one: str
    whole: bool

    @property
    def plain(self) -> str:
        """The unit without a prefix, as it stands behind several: ``tokens``, ``B/s``."""
        return next(suffix for suffix, size in self.steps if size == 1).strip()

    def show(self, value: float, digits: int = 3) -> str:
        """``value`` in the largest step in which it rounds to at least 1, else in the smallest."""
        suffix, size = self.steps[0]
        if not value:
            suffix, size = next((step for step in self.steps if step[1] == 1), self.steps[0])
        for step in self.steps:
            scaled = abs(value / step[1])
            if 0 < scaled < math.inf and _rounded(scaled, digits)[1] >= 0:
                suffix, size = step
        scaled = value / size
        if self.whole and scaled == int(scaled) and abs(scaled) < 1e15:
            text = f"{int(scaled):,}"
        else:
            text = number(scaled, digits)
        return text + (self.one if text == "1" and len(self.steps) == 1 else suffix)


BINARY = tuple((name, 1024.0**i) for i, name in enumerate(("", "Ki", "Mi", "Gi", "Ti", "Pi")))
DECIMAL = tuple((name, 1000.0**i) for i, name in enumerate(("", "k", "M", "G", "T", "P", "E")))
SMALL = {"s": (("n", 1e-9), ("µ", 1e-6), ("m", 1e-3), ("", 1.0)), "J": (("µ", 1e-6), ("m", 1e-3), *DECIMAL)}


@cache
def scale(unit: str) -> Scale:
    """How values in ``unit`` are printed.

    Sizes in bytes take binary prefixes; rates, FLOP, W, J and Hz decimal ones; times ns to s.
    Arithmetic intensity (FLOP/B) takes none. Counted things take their plural.
    """
    head, slash, tail = unit.partition("/")
    if unit in ("1", "×"):
        suffix = unit.removeprefix("1")
        return Scale(((suffix, 1.0),), suffix, True)
    if head == "1":
        return Scale(((f" per {tail}", 1.0),), f" per {tail}", True)
    prefixes: tuple[tuple[str, float], ...] = (("", 1.0),)
    if head == "B":
        prefixes = DECIMAL if tail == "s" else BINARY
    elif head in SMALL:
        prefixes = SMALL[head]
    elif head in ("FLOP", "W", "Hz") and tail != "B":
        prefixes = DECIMAL
    counted = f"{head}s" in units.UNITS
    plural = f"{head}s" if counted else head
    steps = tuple((f" {prefix}{plural}{slash}{tail}", size) for prefix, size in prefixes)
    return Scale(steps, f" {head}{slash}{tail}", counted)


def show(value: float, unit: str, digits: int = 3) -> str:
    """``value`` with the prefix that keeps it readable: ``show(327680, "B")`` is ``320 KiB``.

    Counts are printed whole: ``show(131072, "token")`` is ``131,072 tokens``.
    """
    return scale(unit).show(value, digits)


def entry(value: float) -> str:
    """``value`` as one would type it, exactly: ``131,072``, ``0.9``, ``0.00001``."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{Decimal(repr(float(value))):,f}"
