"""Functions that formulas may call and that are written once in each language.

Their JavaScript twins stand in ``docs/_static/calculator.js`` under the same name; the parity test
holds them together. Everything else that a calculator computes is translated.
"""

from __future__ import annotations

from statistics import NormalDist


def normal_quantile(p: float) -> float:
    """Value below which a standard normal variable lies with probability ``p`` (Wichura's AS 241).

    Raises:
        ValueError: ``p`` is not strictly between 0 and 1.
    """
    if not 0 < p < 1:
        raise ValueError("a probability must lie between 0 and 1")
    return NormalDist().inv_cdf(p)
