"""Bandwidth for training with states in slower memory, derived from what a step does and moves."""

from __future__ import annotations

import pytest

from figures.formulas import training_offload as training


def test_intensities_from_counts() -> None:
    # One parameter: 2 operations per token forward, 4 backward, 2 again from the checkpoint; 2 B read three times and
    # a gradient of 2 B written once; 16 B of states read and written.
    tokens = 4 * 1024
    assert training.parameter_intensity(4, 1024, 2) == 8 * tokens / (4 * 2)
    assert training.optimizer_intensity(4, 1024, 16) == 8 * tokens / (2 * 16)
    # A block of 12 d² parameters between two checkpoints of 2 B per element, written and read.
    width = 2048
    assert training.activation_intensity(width, 3, 2) == 8 * 3 * 12 * width**2 / (2 * 2 * width)


def test_offload_efficiency_is_compute_time_over_all_time() -> None:
    # A second of computing and a third of a second of moving.
    assert training.offload_efficiency(1024, 210e9, 1024 * 70e9) == pytest.approx(0.75)


def test_efficient_bandwidth_solves_it() -> None:
    bandwidth = training.efficient_bandwidth(0.75, 1024 * 70e9, 1024)
    assert bandwidth == pytest.approx(210e9)
    assert training.offload_efficiency(1024, bandwidth, 1024 * 70e9) == pytest.approx(0.75)
