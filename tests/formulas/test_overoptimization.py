"""Fitted forms of over-optimization: where they peak, by a search."""

from __future__ import annotations

import numpy as np
import pytest

from figures.formulas.overoptimization import gold_of_best, gold_of_learning, peak_of_best, peak_of_learning


def test_peaks_by_search() -> None:
    grid = np.linspace(0.001, 20, 200_000)
    best = [gold_of_best(d, 0.6, 0.1) for d in grid]
    learned = [gold_of_learning(d, 0.35, 0.15) for d in grid]
    assert grid[int(np.argmax(best))] == pytest.approx(peak_of_best(0.6, 0.1), abs=2e-4)
    assert grid[int(np.argmax(learned))] == pytest.approx(peak_of_learning(0.35, 0.15), abs=2e-4)


def test_values_at_the_peaks_by_hand() -> None:
    assert gold_of_best(peak_of_best(0.6, 0.1), 0.6, 0.1) == pytest.approx(0.6**2 / (4 * 0.1))
    at = peak_of_learning(0.35, 0.15)
    assert gold_of_learning(at, 0.35, 0.15) == pytest.approx(0.15 * at)
    assert gold_of_learning(np.exp(0.35 / 0.15), 0.35, 0.15) == pytest.approx(0, abs=1e-12)
