"""The schedule of fetches: its rules, and a case by hand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.lab.prefetch import makespan, schedule

STEPS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12)


def test_two_buffers_by_hand() -> None:
    first, second, third = schedule([(2, 5), (2, 5), (2, 5)], buffers=2)
    assert first == (0, 2, 2, 7)
    assert second == (2, 4, 7, 12)
    assert third == (7, 9, 12, 17)  # its buffer is free when the first layer is computed


@given(STEPS, st.integers(1, 4))
def test_link_device_and_buffers_are_never_overcommitted(steps: list[tuple[float, float]], buffers: int) -> None:
    done = schedule(steps, buffers)
    for before, after in pairwise(done):
        assert after.load_start >= before.load_end
        assert after.compute_start >= max(before.compute_end, after.load_end)
    for before, after in zip(done, done[buffers:], strict=False):
        assert after.load_start >= before.compute_end


@given(STEPS)
def test_more_buffers_never_hurt_and_no_schedule_beats_the_bounds(steps: list[tuple[float, float]]) -> None:
    spans = [makespan(schedule(steps, buffers)) for buffers in (1, 2, 3, len(steps))]
    assert spans == sorted(spans, reverse=True)
    assert spans[0] == sum(load + compute for load, compute in steps)
    assert spans[-1] >= max(sum(load for load, _ in steps), sum(compute for _, compute in steps))


def test_no_buffer_is_refused() -> None:
    with pytest.raises(ValueError, match="0 buffers; a layer needs one"):
        schedule([(1, 1)], 0)
