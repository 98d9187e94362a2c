"""The vocabulary at which a character costs least, by hand and against what the authors of the fit published."""

from __future__ import annotations

import itertools
import math

import pytest

from figures.formulas.vocabulary_optimum import (
    best_vocabulary,
    over_best_vocabulary,
    tokens_per_character,
    traffic_parameters,
)


def test_fit_by_hand() -> None:
    # A vocabulary of e^10 tokens: the logarithm is 10.
    assert tokens_per_character(math.exp(10)) == pytest.approx(0.639222 - 1.5811069 + 1.20470122)
    assert tokens_per_character(400_000) == tokens_per_character(200_000)


def test_exponent_that_tao_et_al_found_in_the_same_optima() -> None:
    # Their seven sizes and widths; they fit one exponent through the first size with a loss that is nearly absolute,
    # whose solution is a weighted median, and print 0.8353974.
    sizes = {33e6: 512, 85e6: 768, 151e6: 768, 302e6: 1024, 631e6: 1536, 1130e6: 2048, 2870e6: 3200}
    best = {size: best_vocabulary(size, width) * width for size, width in sizes.items()}
    steps = sorted((math.log(best[size] / best[33e6]) / math.log(size / 33e6), size) for size in sizes if size > 33e6)
    total = sum(math.log(size / 33e6) for _, size in steps)
    weights = itertools.accumulate(math.log(size / 33e6) for _, size in steps)
    median = next(exponent for (exponent, _), weight in zip(steps, weights, strict=True) if weight > total / 2)
    assert median == pytest.approx(0.8353974, abs=2e-4)


def test_best_is_the_least() -> None:
    best = best_vocabulary(7e9, 4096)
    assert 80_000 < best < 100_000
    assert over_best_vocabulary(7e9, best, 4096) == 1
    assert over_best_vocabulary(7e9, best * 1.1, 4096) > 1
    assert over_best_vocabulary(7e9, best / 1.1, 4096) > 1
    assert best_vocabulary(1e13, 4096) == pytest.approx(200_000)  # where the fit ends


def test_least_traffic_with_a_cache() -> None:
    others, width, batch, growth, characters, parameter_bytes = 7e9, 4096, 16, 131_072, 20_000, 2

    def traffic(vocabulary: float) -> float:
        """Bytes per character: weights shared by the batch, and a cache of so many characters."""
        tokens = tokens_per_character(vocabulary)
        weights = parameter_bytes * (others + vocabulary * width) / batch
        return (weights + growth * characters * tokens) * tokens

    least = min(range(50_000, 200_000, 100), key=traffic)
    context = characters * tokens_per_character(least)
    found = best_vocabulary(traffic_parameters(others, batch, growth, context, parameter_bytes), width)
    assert found == pytest.approx(least, rel=2e-3)
    assert found > 1.2 * best_vocabulary(others, width)
