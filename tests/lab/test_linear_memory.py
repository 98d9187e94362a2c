"""The memory of fixed size does what linear algebra says."""

from __future__ import annotations

import numpy as np
import pytest

from figures.formulas import linear_attention
from figures.lab.linear_memory import Rule, recall, unit_rows, written


def test_rows_have_unit_length() -> None:
    rows = unit_rows(np.random.default_rng(1), 5, 7)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(5))


@pytest.mark.parametrize("rule", ["sum", "delta", "solved"])
def test_orthogonal_keys_are_recalled_exactly(rule: Rule) -> None:
    values = unit_rows(np.random.default_rng(2), 8, 8)
    assert np.allclose(np.eye(8) @ written(rule, np.eye(8), values, 1), values)


def test_decay_weighs_orthogonal_pairs_by_their_age() -> None:
    values = unit_rows(np.random.default_rng(3), 3, 4)
    state = written("gated", np.eye(3), values, 0.5)
    assert np.allclose(state, values * np.array([[0.25], [0.5], [1.0]]))


def test_the_delta_rule_reads_the_newest_pair_exactly() -> None:
    source = np.random.default_rng(4)
    keys, values = unit_rows(source, 40, 8), unit_rows(source, 40, 8)
    assert np.allclose(keys[-1] @ written("delta", keys, values, 1), values[-1])


def test_the_error_of_a_sum_is_the_formula() -> None:
    errors = [recall("sum", 33, 32, 1, seed).error for seed in range(200)]
    assert np.sqrt(np.mean(np.square(errors))) == pytest.approx(linear_attention.overlap_noise(33, 32), rel=0.03)


def test_as_many_pairs_as_dimensions_can_be_solved_and_no_more() -> None:
    assert recall("solved", 16, 16, 1, 1).error == pytest.approx(0, abs=1e-6)
    assert recall("solved", 24, 16, 1, 1).error > 0.3


def test_only_the_delta_rule_replaces_a_value() -> None:
    assert recall("delta", 8, 64, 1, 1).replaced == 1
    assert np.mean([recall("sum", 8, 64, 1, seed).replaced for seed in range(40)]) < 0.8
