"""How numbers are printed, and how printed numbers are checked."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from figures import units
from figures.formatting import LiteralError, agrees, entry, number, parse, show

SHOWN_UNITS = (
    *("1", "B", "B/s", "B/token", "FLOP", "FLOP/s", "FLOP/B", "s", "J", "J/token", "W", "Hz", "GiB"),
    *("token", "token/s", "1/token", "GPU", "USD", "%", "×"),
)
magnitudes = st.floats(1e-200, 1e200) | st.floats(1e-9, 1e16) | st.integers(1, 2**60).map(float)


@pytest.mark.parametrize(
    ("value", "unit", "digits", "literal"),
    [
        (327680, "B", 3, "320 KiB"),
        (1023.9, "B", 3, "1.00 KiB"),  # %.3g would say "1.02e+03 B"
        (1023.9, "B", 5, "1,023.9 B"),
        (1019, "B", 3, "1,019 B"),
        (999.6e6, "B/s", 3, "1.00 GB/s"),
        (3.35e12, "B/s", 3, "3.35 TB/s"),
        (80 * 2**30, "B", 3, "80 GiB"),
        (0.99996, "s", 3, "1.00 s"),
        (0.0123, "s", 3, "12.3 ms"),
        (3.2e-10, "s", 2, "0.32 ns"),
        (0, "s", 3, "0 s"),
        (-1536, "B", 2, "-1.5 KiB"),
        (131072, "token", 3, "131,072 tokens"),
        (1, "token", 3, "1 token"),
        (1.5, "token/s", 2, "1.5 tokens/s"),
        (2048, "1/token", 3, "2,048 per token"),
        (1500.0, "FLOP/B", 3, "1,500 FLOP/B"),
        (0.25, "J/token", 2, "250 mJ/token"),
        (8, "×", 3, "8×"),
        (1.5e24, "1", 3, "1.50 × 10²⁴"),
        (2.5e-9, "1", 1, "3 × 10⁻⁹"),
    ],
)
def test_shown(value: float, unit: str, digits: int, literal: str) -> None:
    assert show(value, unit, digits) == literal


@pytest.mark.parametrize(
    ("value", "digits", "literal"),
    [
        (0.125, 2, "0.12"),  # exact ties go to even
        (0.375, 2, "0.38"),
        (2.5, 1, "2"),
        (12346.5, 3, "12,346"),
        (12347.5, 3, "12,348"),
        (0.15, 1, "0.1"),  # the double nearest to 0.15 is below it
        (999.5, 3, "1,000"),
        (9.995, 3, "9.99"),  # the double is below 9.995
        (123456789012345, 3, "123,456,789,012,345"),
        (1e15, 3, "1.00 × 10¹⁵"),
        (5e-324, 3, "4.94 × 10⁻³²⁴"),
        (-0.0, 3, "0"),
    ],
)
def test_rounding_is_exact_on_the_binary_value(value: float, digits: int, literal: str) -> None:
    assert number(value, digits) == literal


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_only_finite_numbers_are_printed(value: float) -> None:
    with pytest.raises(ValueError, match="only finite numbers"):
        number(value)


@given(magnitudes, st.sampled_from(SHOWN_UNITS), st.integers(1, 7), st.booleans())
@example(1023.9, "B", 3, False)
@example(0.99996, "s", 3, False)
def test_what_is_shown_agrees_with_its_value(value: float, unit: str, digits: int, negative: bool) -> None:
    value = -value if negative else value
    assert agrees(show(value, unit, digits), value, unit)


@given(magnitudes, st.sampled_from(SHOWN_UNITS))
def test_what_is_shown_disagrees_with_a_value_far_from_it(value: float, unit: str) -> None:
    assert not agrees(show(value, unit, 4), value * 1.6 + 1, unit)


@given(st.floats(1e-6, 1e14), st.integers(1, 7))
def test_as_many_digits_as_asked_and_never_fewer_than_the_whole(value: float, digits: int) -> None:
    printed, step, _ = parse(number(value, digits))
    assert abs(Decimal(value) - printed) <= step / 2
    assert step <= max(Decimal(1), Decimal(10) ** (printed.adjusted() - digits + 1))


@pytest.mark.parametrize(
    ("literal", "value", "step", "unit"),
    [
        ("1,024 tokens", "1024", "1", "tokens"),
        ("3.35 TB/s", "3.35", "0.01", "TB/s"),
        ("12 %", "12", "1", "%"),
        ("8×", "8", "1", "×"),
        ("−1.5", "-1.5", "0.1", "1"),
        ("4.0e-3 s", "0.0040", "0.0001", "s"),
        ("1.5 × 10^24 FLOP", "1.5e24", "1e23", "FLOP"),
        ("1.5 × 10⁻⁹", "1.5e-9", "1e-10", "1"),
        ("320 KiB per token", "320", "1", "KiB/token"),
        ("2,048 per token", "2048", "1", "1/token"),
        ("7\u202fms", "7", "1", "ms"),
    ],
)
def test_parsed(literal: str, value: str, step: str, unit: str) -> None:
    assert parse(literal) == (Decimal(value), Decimal(step), unit)


@pytest.mark.parametrize("literal", ["", "about 5 GB", "GiB", ".5 s"])
def test_what_is_no_number_is_refused(literal: str) -> None:
    with pytest.raises(LiteralError, match="is not a number with a unit, such as '320 KiB'"):
        parse(literal)


@pytest.mark.parametrize(
    ("literal", "value", "unit", "right"),
    [
        ("0.31 MiB", 327680, "B", True),
        ("0.32 MiB", 327680, "B", False),
        ("0.3 MiB", 327680, "B", True),
        ("328 kB", 327680, "B", True),
        ("0.12", 0.125, "1", True),  # a tie may go either way
        ("0.13", 0.125, "1", True),
        ("12 %", 0.1249, "1", True),
        ("13 %", 0.1249, "1", False),
    ],
)
def test_a_literal_is_held_to_its_own_precision(literal: str, value: float, unit: str, right: bool) -> None:
    assert agrees(literal, value, unit) is right


def test_a_literal_in_another_dimension_is_refused() -> None:
    with pytest.raises(units.UnitError, match="dimensions differ"):
        agrees("3 s", 3, "B")


@pytest.mark.parametrize(
    ("value", "text"), [(131072, "131,072"), (0.9, "0.9"), (1e-5, "0.00001"), (1234.5, "1,234.5"), (-3.0, "-3")]
)
def test_entries_are_exact(value: float, text: str) -> None:
    assert entry(value) == text
    assert float(text.replace(",", "")) == value
