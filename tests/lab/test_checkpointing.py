"""The simulated run against the closed form, and against cases that need no chance."""

from __future__ import annotations

import pytest

from figures.formulas import failures
from figures.lab.checkpointing import kept_share


@pytest.mark.parametrize(
    ("interval", "save", "restart", "between"), [(40, 5, 10, 180), (10, 0.5, 10, 23), (60, 1, 0, 600)]
)
def test_closed_form(interval: float, save: float, restart: float, between: float) -> None:
    found = kept_share(interval, save, restart, between, failures=200_000, seed=1)
    assert failures.goodput(interval, save, restart, between) == pytest.approx(found, rel=0.01)


def test_without_failures_only_saving_costs() -> None:
    assert kept_share(9, 1, 5, 1e7, failures=50, seed=1) == pytest.approx(0.9, abs=1e-3)


def test_nothing_is_kept_if_no_interval_ends() -> None:
    assert kept_share(1e9, 1, 0, 1, failures=1000, seed=1) == 0
