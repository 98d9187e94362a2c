"""Formulas that exercise each node of the translator's whitelist; the parity test runs them in both languages."""

from __future__ import annotations

import math
from collections.abc import Sequence

from figures.formula import formula
from figures.formulas import kv_cache, primitives
from figures.formulas.kv_cache import head_elements

SCALE = 1.5


@formula(latex="f", symbols={"x": "x", "y": "y"})
def arithmetic(x: float, y: float) -> float:
    """Operators on numbers of either sign.

    Args:
        x (1): from -100 to 100.
        y (1): from -100 to 100.

    Returns:
        (1) a mixture.
    """
    result = -x + y * SCALE - x / y + x // y + (x % y) * +2.0 + abs(x) ** 1.5 + y**3
    return float(result)


@formula(latex="f", symbols={"m": "m", "n": "n"})
def whole(m: int, n: int) -> float:
    """Operators on whole numbers of either sign.

    Args:
        m (1): from -1000 to 1000.
        n (1): from -1000 to 1000.

    Returns:
        (1) a mixture.
    """
    if n == 0:
        raise ValueError("n must not be zero")
    return float(m // n * 3 + m % n + m**3 + 3 ** abs(n % 20) + abs(m).bit_length())


@formula(latex="f", symbols={"x": "x", "y": "y"})
def branches(x: float, y: float) -> float:
    """Comparisons, logic, branches and local variables.

    Args:
        x (1): from -100 to 100.
        y (1): from -100 to 100.

    Returns:
        (1) a mixture.
    """
    low = 0
    new: float = min(x, y, 3.0)
    if -10 < x <= 50 and not y > 20:
        new += 2
        new *= x
    elif x != y or y >= 7:
        new -= max(x, y)
    else:
        return low
    if new == 0:
        return 1.0
    return new if new < 0 else (new or 5.0)


@formula(latex="f", symbols={"x": "x", "p": "p"})
def functions(x: float, p: float) -> float:
    """Functions of the mathematics library.

    Args:
        x (1): above 0, to 100.
        p (1): between 0 and 1.

    Returns:
        (1) a mixture.
    """
    rounding = math.ceil(x * 7) + math.floor(x / 3) + round(x * 2) + int(x - 50) + float(round(x))
    analysis = math.exp(x / 10) + math.log(x) ** 2 + math.log2(x + 1) + math.sqrt(x) + math.pow(x, 0.3) + math.pi
    return rounding + analysis + primitives.normal_quantile(p)


@formula(latex="f", symbols={"n": "n", "a": "a", "b": "b"})
def sums(n: int, a: Sequence[int], b: Sequence[float]) -> float:
    """Sums over lists and ranges.

    Args:
        n (1): from 0 to 50.
        a (1): list of whole numbers.
        b (1): list of as many numbers.

    Returns:
        (1) a mixture.
    """
    pairs = sum(x * y if x > 3 else y for x, y in zip(a, b, strict=True))
    return pairs + sum(x**2 for x in a if x % 2 == 0) + sum(1 / (k + 1) for k in range(1, n)) + len(b)


@formula(latex="f", symbols={"n": "n", "a": "a", "b": "b"})
def calls(n: int, a: Sequence[int], b: Sequence[float]) -> float:
    """Calls of other formulas, by name and by module, with lists and keywords.

    Args:
        n (1): from 0 to 50.
        a (1): list of whole numbers.
        b (1): list of as many numbers.

    Returns:
        (1) a mixture.
    """
    return sums(n, b=b, a=a) + head_elements(n, len(a)) + kv_cache.latent_elements(latent_dim=n, rope_dim=2)


@formula(latex="f", symbols={"p": "p"})
def quantile(p: float) -> float:
    """Normal quantile alone, where relative error shows.

    Args:
        p (1): between 0 and 1.

    Returns:
        (1) its quantile.
    """
    return primitives.normal_quantile(p)
