"""The fitted step time: what it was made from comes back, and it counts what a step reads and does."""

from __future__ import annotations

import pytest

from figures.lab.scheduler.state import Work
from figures.lab.step_fit import FittedStep, StepFit, fit

TRUE = StepFit(fixed=0.03, bandwidth=2e10, rate=7e10)
PARTS = [(0.0, 1e9), (5e8, 2e9), (1e9, 1e10), (2e9, 1e9), (0.0, 5e10)]


def rows(*factors: float) -> list[tuple[float, float, float]]:
    return [
        (cache, work, TRUE.seconds(cache, work) * factor) for (cache, work), factor in zip(PARTS, factors, strict=True)
    ]


def test_three_parts_are_found_again() -> None:
    assert fit(rows(1, 1, 1, 1, 1)) == pytest.approx(TRUE)


def test_relative_errors_count_alike_for_short_and_long_steps() -> None:
    found = fit(rows(1.1, 0.9, 1.1, 0.9, 1.0))
    assert found.seconds(0, 5e10) == pytest.approx(TRUE.seconds(0, 5e10), rel=0.1)
    assert found.fixed == pytest.approx(TRUE.fixed, rel=0.25)


def test_rows_that_say_too_little_are_refused() -> None:
    with pytest.raises(ValueError, match="2 steps do not determine fixed time"):
        fit(rows(1, 1, 1, 1, 1)[:2])


def test_a_step_of_the_simulator_by_hand() -> None:
    step = FittedStep(TRUE, parameters=1000, head_parameters=50, layers=2, query_heads=4, head_dim=8, growth=64)
    # 3 and 5 positions upon 10 and 0: 2·1000·8 for the weights, 2·2·4·8 for 3·(20+4) + 5·(0+6) pairs, twice
    operations = 2 * 1000 * 8 + 2 * 2 * 4 * 8 * (3 * 24 + 5 * 6) + 2 * 50 * 2
    assert step([Work(10, 3), Work(0, 5)]) == pytest.approx(0.03 + 10 * 64 / 2e10 + operations / 7e10)
