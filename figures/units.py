"""Units of the collection: parse them, compare their dimensions, convert between them.

Small on purpose: only what the articles print. ``pint`` is too slow to load with every build and
serves in the tests as the independent opinion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

# Name → (base symbol, factor). Decimal and binary prefixes are spelled out, never guessed.
_DECIMAL = {"": 1.0, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18}
_BINARY = {"Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30, "Ti": 2.0**40, "Pi": 2.0**50}
_SMALL = {"": 1.0, "m": 1e-3, "µ": 1e-6, "n": 1e-9, "p": 1e-12}


def _table() -> dict[str, tuple[str, float]]:
    units: dict[str, tuple[str, float]] = {"1": ("", 1.0), "×": ("", 1.0), "%": ("", 0.01)}
    for prefix, factor in {**_DECIMAL, **_BINARY}.items():
        units[prefix + "B"] = ("B", factor)
    for prefix, factor in _DECIMAL.items():
        units[prefix + "FLOP"] = ("", factor)  # operations are counted, like layers
        units[prefix + "W"] = ("W", factor)
        units[prefix + "Hz"] = ("Hz", factor)
    for prefix, factor in {**_DECIMAL, **_SMALL}.items():
        units[prefix + "J"] = ("J", factor)
    for prefix, factor in _SMALL.items():
        units[prefix + "s"] = ("s", factor)
    units |= {"mW": ("W", 1e-3), "µW": ("W", 1e-6), "Wh": ("J", 3600.0), "kWh": ("J", 3.6e6)}
    units |= {"MWh": ("J", 3.6e9), "GWh": ("J", 3.6e12)}
    units |= {
        "mV": ("V", 1e-3),
        "V": ("V", 1.0),
        "kV": ("V", 1e3),
        "F": ("F", 1.0),
        "µF": ("F", 1e-6),
        "nF": ("F", 1e-9),
    }
    units |= {"A": ("A", 1.0), "kA": ("A", 1e3), "mΩ": ("Ω", 1e-3), "Ω": ("Ω", 1.0)}
    units |= {"g": ("kg", 1e-3), "kg": ("kg", 1.0), "L": ("m³", 1e-3), "m³": ("m³", 1.0)}
    units |= {"Pa": ("Pa", 1.0), "kPa": ("Pa", 1e3)}
    units |= {"min": ("s", 60.0), "h": ("s", 3600.0), "d": ("s", 86400.0), "days": ("s", 86400.0)}
    units |= {"bit": ("B", 0.125), "Gbit": ("B", 1.25e8), "Mbit": ("B", 1.25e5)}
    units |= {"USD": ("USD", 1.0), "°C": ("°C", 1.0), "K": ("K", 1.0), "dB": ("dB", 1.0)}
    # Tokens are a dimension of their own: bytes per token and bytes must not be mixed up. Other things that
    # are counted are plain numbers with a name for the text: "51 users".
    for thing in (
        "token",
        "request",
        "user",
        "sequence",
        "layer",
        "head",
        "step",
        "GPU",
        "block",
        "position",
        "element",
        "expert",
    ):
        units[thing] = units[thing + "s"] = ("token" if thing == "token" else "", 1.0)
    units |= {"million": ("", 1e6), "billion": ("", 1e9), "trillion": ("", 1e12)}  # "671 billion parameters"
    units |= {"trillion tokens": ("token", 1e12), "million hours": ("s", 3.6e9)}  # of a training run
    return units


UNITS = MappingProxyType(_table())
DERIVED = MappingProxyType(
    {
        "W": {"J": 1, "s": -1},
        "Hz": {"s": -1},
        "F": {"J": 1, "V": -2},
        "A": {"J": 1, "s": -1, "V": -1},
        "Ω": {"V": 2, "s": 1, "J": -1},
        "Pa": {"J": 1, "m³": -1},
        "": {},
    }
)


class UnitError(ValueError):
    """A unit that is unknown, or that does not fit where it is used."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A parsed unit: ``factor`` in base units, ``dimension`` as sorted (symbol, power) pairs."""

    text: str
    factor: float
    dimension: tuple[tuple[str, int], ...]


@cache
def parse(text: str) -> Unit:
    """Parse ``GB``, ``B/s``, ``FLOP/B``, ``KiB/token``, ``B/(token·layer)`` or ``1``.

    Raises:
        UnitError: a symbol is not in the table.
    """
    numerator, *denominators = text.strip().split("/")
    if any("(" in part and not re.fullmatch(r"\([^()]+\)", part) for part in denominators):
        raise UnitError(f"unit {text!r}: write the divisor as '/a' or '/(a·b)'")
    factor = 1.0
    powers: dict[str, int] = {}
    signed = [(symbol, 1) for symbol in numerator.split("·")]
    signed += [(symbol, -1) for part in denominators for symbol in part.strip("()").split("·")]
    for symbol, sign in signed:
        if symbol.strip() not in UNITS:
            raise UnitError(f"unit {text!r}: unknown symbol {symbol.strip()!r}; units are listed in figures/units.py")
        base, scale = UNITS[symbol.strip()]
        factor *= scale**sign
        for name, power in DERIVED.get(base, {base: 1}).items():
            powers[name] = powers.get(name, 0) + sign * power
    return Unit(text, factor, tuple(sorted((s, p) for s, p in powers.items() if p)))


def convert(value: float, from_unit: str, to_unit: str) -> float:
    """``value`` in ``from_unit`` expressed in ``to_unit``.

    Raises:
        UnitError: the two have different dimensions.
    """
    source, target = parse(from_unit), parse(to_unit)
    if source.dimension != target.dimension:
        raise UnitError(f"cannot express {from_unit!r} in {to_unit!r}: the dimensions differ")
    return value if source.factor == target.factor else value * source.factor / target.factor
