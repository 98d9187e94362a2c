"""Costs of right and wrong answers, by hand and against draws."""

from __future__ import annotations

import numpy as np
import pytest

from figures.formulas.answer_costs import break_even_loss, cost_per_right_answer


def test_cost_until_right_against_draws() -> None:
    assert cost_per_right_answer(0.5, 0.25) == 2
    tries = np.random.default_rng(7).geometric(0.4, 200_000)
    assert cost_per_right_answer(0.2, 0.4) == pytest.approx(0.2 * float(tries.mean()), rel=0.01)


def test_break_even_by_both_sides() -> None:
    loss = break_even_loss(0.5, 0.2, 0.7, 0.55)
    assert loss == pytest.approx(2)
    assert 0.5 + 0.3 * loss == pytest.approx(0.2 + 0.45 * loss)
