"""Weights in a slower tier, by hand."""

from __future__ import annotations

import pytest

from figures.formulas import streaming

# 100 B of weights and 10 sequences of 2 B; fast 60 B/s, slow 4 B/s: reading takes 2 s, streaming all weights 25 s.
CASE = {"weights": 100.0, "batch": 10, "cache": 2.0, "fast": 60.0, "slow": 4.0}


def test_offloaded_share() -> None:
    assert streaming.offloaded_share(140e9, 70e9) == 0.5
    assert streaming.offloaded_share(60e9, 70e9) == 0


@pytest.mark.parametrize(
    ("share", "operations", "overlapped", "waiting"),
    [(0, 0, 2, 2), (0.04, 0, 2, 3), (0.2, 0, 5, 7), (0.2, 300, 5, 8), (0.2, 600, 6, 11), (1, 600, 25, 31)],
)
def test_streamed_and_waiting_step_time(share: float, operations: float, overlapped: float, waiting: float) -> None:
    given = {**CASE, "share": share, "operations": operations, "rate": 100.0}
    assert streaming.streamed_step_time(**given) == pytest.approx(overlapped)  # type: ignore[arg-type]  # one is an int
    assert streaming.waiting_step_time(**given) == pytest.approx(waiting)  # type: ignore[arg-type]  # one is an int


def test_local_step_time_reads_each_share_once() -> None:
    # 80 B and 20 B of caches at 60 B/s, 20 B at 4 B/s.
    assert streaming.local_step_time(100, 10, 2, 0.2, 60, 4) == pytest.approx(100 / 60 + 5)


def test_hiding_batch_is_where_arithmetic_takes_as_long_as_the_stream() -> None:
    # 16-bit weights, all streamed over 64 GB/s, at 400 TFLOP/s: 6,250 tokens.
    batch = streaming.hiding_batch(1, 2, 400e12, 64e9)
    assert batch == pytest.approx(6250)
    parameters = 70e9
    assert 2 * batch * parameters / 400e12 == pytest.approx(2 * parameters / 64e9)
    assert streaming.hiding_batch(0.5, 2, 400e12, 64e9) == pytest.approx(3125)


def test_free_share_is_where_streaming_takes_as_long_as_reading() -> None:
    share = streaming.free_share(3350e9, 64e9)
    assert share == pytest.approx(0.0191, abs=5e-5)
    step = streaming.streamed_step_time(100e9, 1, 0, share, 3350e9, 64e9, 0, 1)
    assert step == pytest.approx(100 / 3350) == pytest.approx(share * 100e9 / 64e9)
