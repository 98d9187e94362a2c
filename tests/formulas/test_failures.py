"""Checkpoint intervals against Daly's published optima, the exact optimum by search, and a simulation."""

from __future__ import annotations

import numpy as np
import pytest

from figures.formulas import failures

# Daly 2006, captions of figures 3 to 5: saving 5 min, restart 10 min; mean time between failures and optimum in
# minutes.
DALY = [(24 * 60, 117), (6 * 60, 57), (15, 9.1)]


@pytest.mark.parametrize(("between", "optimum"), DALY)
def test_published_optima(between: float, optimum: float) -> None:
    assert failures.daly_interval(5, between) == pytest.approx(optimum, abs=0.5 if optimum > 10 else 0.05)


@pytest.mark.parametrize("save", [0.01, 0.5, 5])
@pytest.mark.parametrize("between", [15.0, 180.0, 10_000.0])
def test_best_interval_by_search(save: float, between: float) -> None:
    grid = np.geomspace(0.02 * between**0.5, 3 * between, 40_001)
    lost = [failures.goodput(float(interval), save, 10, between) for interval in grid]
    best = float(grid[int(np.argmax(lost))])
    assert failures.best_interval(save, between) == pytest.approx(best, rel=2e-3)


def test_the_three_intervals_agree_where_saving_is_short() -> None:
    for save, between in ((1, 100_000), (0.1, 1000)):
        best = failures.best_interval(save, between)
        assert failures.daly_interval(save, between) == pytest.approx(best, rel=1e-4)
        assert failures.young_interval(save, between) == pytest.approx(best, rel=0.01)
    assert failures.young_interval(5, 15) == pytest.approx(12.25, abs=0.01)  # far from 9.1


def test_goodput_by_simulation() -> None:
    """Draw failures until many intervals are done: work over time, saving and restarting exposed to failures too."""
    interval, save, restart, between = 40.0, 5.0, 10.0, 180.0
    source = np.random.default_rng(2026)
    clock, done, intervals = 0.0, 0, 20_000
    while done < intervals:
        failure = source.exponential(between)
        if failure >= interval + save:
            clock += interval + save
            done += 1
            continue
        clock += failure
        while (again := source.exponential(between)) < restart:
            clock += again
        clock += restart
    found = intervals * interval / clock
    assert failures.goodput(interval, save, restart, between) == pytest.approx(found, rel=0.005)


def test_first_order_is_the_limit() -> None:
    loss = failures.first_order_loss(60, 0.6, 2, 10_000)
    assert loss == pytest.approx(0.01 + 32 / 10_000)
    assert failures.share_kept(loss) == pytest.approx(failures.goodput(60, 0.6, 2, 10_000), rel=1e-4)


def test_llama_3() -> None:
    """Llama 3, Table 5: 419 unexpected interruptions in 54 days: one in 3.1 h; 5.8 years for each of 16,384 GPUs."""
    between = failures.mean_time_between(54 * 86400, 419)
    assert between / 3600 == pytest.approx(3.09, abs=0.005)
    device = between * 16_384
    assert device / (365.25 * 86400) == pytest.approx(5.8, abs=0.05)
    assert failures.job_failure_time(device, 16_384) == pytest.approx(between)


def test_bloom() -> None:
    """BLOOM: 40 s to save, a failure in a week: Young's interval is 1.93 h; they saved every 3 h."""
    assert failures.young_interval(40, 7 * 86400) / 3600 == pytest.approx(1.93, abs=0.01)
