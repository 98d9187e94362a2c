"""Units, compared with pint wherever pint knows the unit."""

from __future__ import annotations

import itertools

import pint
import pytest

from figures.units import UNITS, UnitError, convert, parse

PINT: pint.UnitRegistry[float] = pint.UnitRegistry()
OTHER_NAMES = {"B": "byte", "d": "day", "h": "hour", "min": "minute"}
UNKNOWN_TO_PINT = ("FLOP", "USD", "°C", "dB", "×", "K", "million hours")  # counts, money, offsets, logarithms, words


def pints_name(name: str) -> str | None:
    """The name under which pint knows a unit; none for plain numbers, since pint takes bytes for one of them."""
    counted = parse(name).dimension in ((), (("token", 1),))
    return None if counted or name.endswith(UNKNOWN_TO_PINT) else OTHER_NAMES.get(name, name)


KNOWN = {name: other for name in UNITS if (other := pints_name(name))}


def test_most_units_are_compared() -> None:
    assert len(KNOWN) > 40


def test_every_unit_pint_knows_has_pints_size_and_dimension() -> None:
    for (a, pa), (b, pb) in itertools.combinations(KNOWN.items(), 2):
        same = PINT.Unit(pa).is_compatible_with(PINT.Unit(pb))
        assert (parse(a).dimension == parse(b).dimension) == same, (a, b)
        if same:
            assert convert(1, a, b) == pytest.approx(PINT.Quantity(1, pa).to(pb).magnitude, rel=1e-12), (a, b)


@pytest.mark.parametrize(
    ("value", "old", "new", "expected"),
    [
        (3.35, "TB/s", "GB/s", 3350),
        (1, "GiB", "MiB", 1024),
        (1, "B/ms", "kB/s", 1),
        (2, "kWh", "J", 7.2e6),
        (300, "W", "J/s", 300),
        (8, "bit", "B", 1),
        (50, "%", "1", 0.5),
        (4, "KiB/token", "B/token", 4096),
        (6, "B/(token·layer)", "B/token/layer", 6),
        (3, "requests/min", "1/s", 0.05),
    ],
)
def test_conversions(value: float, old: str, new: str, expected: float) -> None:
    assert convert(value, old, new) == pytest.approx(expected, rel=1e-12)


def test_equal_factors_change_no_bit() -> None:
    assert convert(0.1, "s", "s") == 0.1


@pytest.mark.parametrize("text", ["", "GX", "GB/", "B/(s", "B/(s)(s)", "gb", "Kib"])
def test_unknown_units_are_refused_with_the_way_to_the_list(text: str) -> None:
    with pytest.raises(UnitError, match=r"units are listed in figures/units.py|write the divisor as"):
        parse(text)


def test_other_dimensions_are_refused() -> None:
    with pytest.raises(UnitError, match="cannot express 'B' in 'B/token': the dimensions differ"):
        convert(1, "B", "B/token")
