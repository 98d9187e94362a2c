"""Components of variance: by hand, and against repeated samples."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.formulas import score_intervals, variance_components


def test_between_variance_by_hand() -> None:
    # Groups (1, 3), (5, 7), (9, 11): means 2, 6, 10 with variance 16, twice 16 between; 2 within.
    groups = np.array([[1, 3], [5, 7], [9, 11]], dtype=float)
    within = float(groups.var(axis=1, ddof=1).mean())
    between = 2 * float(groups.mean(axis=1).var(ddof=1))
    assert (between, within) == (32, 2)
    assert variance_components.between_variance(between, within, 2) == 15
    assert variance_components.between_variance(1, 2, 2) == 0
    assert variance_components.between_share(15, 2) == pytest.approx(15 / 17)


def test_fleet_mean_error_of_repeated_samples() -> None:
    source = np.random.default_rng(17)
    nodes = source.normal(0, 2, (4000, 5, 1, 1))
    chips = source.normal(0, 3, (4000, 5, 4, 1))
    means = (nodes + chips + source.normal(0, 1, (4000, 5, 4, 2))).mean(axis=(1, 2, 3))
    expected = variance_components.fleet_mean_error(4, 9, 1, 5, 4, 2)
    assert expected == pytest.approx(math.sqrt(4 / 5 + 9 / 20 + 1 / 40))
    assert means.std() == pytest.approx(expected, rel=0.04)


def test_best_repeats_has_the_least_error() -> None:
    def error(repeats: float) -> float:
        chips = 3600 / (120 + 30 * repeats)
        return variance_components.fleet_mean_error(0, 4, 9, 1, chips, repeats)

    best = variance_components.best_repeats(120, 30, 9, 4)
    assert best == pytest.approx(3)
    assert error(best) < min(error(best - 0.1), error(best + 0.1))


def test_acceptance_runs_by_hand_and_by_simulation() -> None:
    # Risks of 5 % and 10 %: (1.645 + 1.282)² = 8.564 squared ratios of variation to margin.
    runs = variance_components.acceptance_runs(0.02, 0.02, 0.05, 0.9)
    assert runs == pytest.approx(8.564, rel=1e-3)
    source = np.random.default_rng(17)
    limit = 1 + 1.644854 * 0.02 / 3
    for mean, rejected in ((1.0, 0.05), (1.02, 0.912)):
        means = source.normal(mean, 0.02, (40_000, 9)).mean(axis=1)
        assert (means > limit).mean() == pytest.approx(rejected, abs=0.01)


def test_devices_to_inspect_inverts_the_unseen_failures() -> None:
    assert variance_components.devices_to_inspect(0.01, 0.95) == pytest.approx(298.07, abs=0.01)
    unseen = score_intervals.unseen_failures(150, 0.95)
    assert variance_components.devices_to_inspect(unseen, 0.95) == pytest.approx(150)


def test_deviation_error_of_repeated_samples() -> None:
    deviations = np.random.default_rng(17).normal(0, 1, (20_000, 51)).std(axis=1, ddof=1)
    assert variance_components.deviation_error(51) == pytest.approx(0.1)
    assert deviations.std() == pytest.approx(0.1, rel=0.03)
