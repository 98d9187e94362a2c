"""Double buffering: by hand and against the simulated schedule."""

from __future__ import annotations

import pytest

from figures.formulas import prefetch
from figures.lab.prefetch import makespan, schedule


@pytest.mark.parametrize(("load", "compute"), [(3.0, 1.0), (1.0, 3.0), (2.0, 2.0)])
@pytest.mark.parametrize("layers", [1, 2, 7])
def test_times_are_those_of_the_simulated_schedule(layers: int, load: float, compute: float) -> None:
    steps = [(load, compute)] * layers
    assert prefetch.single_buffer_time(layers, load, compute) == makespan(schedule(steps, buffers=1))
    for buffers in (2, 3, 9):  # more than two do not help where all layers are alike
        assert prefetch.double_buffer_time(layers, load, compute) == makespan(schedule(steps, buffers=buffers))


def test_by_hand() -> None:
    # Three layers, 2 s to fetch and 5 s to compute: 2, then 5 and 5, then 5.
    assert prefetch.double_buffer_time(3, 2, 5) == 17
    assert prefetch.single_buffer_time(3, 2, 5) == 21


def test_overlap_gain_is_the_limit_of_many_layers() -> None:
    assert prefetch.overlap_gain(2, 5) == pytest.approx(1.4)
    assert prefetch.overlap_gain(4, 4) == 2
    many = prefetch.single_buffer_time(100_000, 2, 5) / prefetch.double_buffer_time(100_000, 2, 5)
    assert many == pytest.approx(prefetch.overlap_gain(2, 5), rel=1e-4)
