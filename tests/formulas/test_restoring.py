"""A prefix restored from both ends: the meeting point by bisection, the limits by hand."""

from __future__ import annotations

import pytest

from figures.formulas import restoring, reuse

# Llama 3.1 70B: 320 KiB per token, 70.6 billion parameters, 80 layers, 64 heads of 128.
SHAPE = (80, 64, 128)
GROWTH, PARAMETERS, RATE = 327_680.0, 70.6e9, 400e12


@pytest.mark.parametrize("prefix", [1_000, 131_072])
@pytest.mark.parametrize(("bandwidth", "latency"), [(64e9, 0.0), (1e9, 0.01)])
def test_both_ends_meet_when_both_are_done(prefix: int, bandwidth: float, latency: float) -> None:
    meeting = restoring.meeting_point(prefix, GROWTH, PARAMETERS, *SHAPE, RATE, bandwidth, latency)

    def computing(tokens: float) -> float:
        return (2 * PARAMETERS * tokens + 2 * 80 * 64 * 128 * tokens * (tokens + 1)) / RATE

    def loading(tokens: float) -> float:
        return latency + GROWTH * (prefix - tokens) / bandwidth

    low, high = 0.0, float(prefix)
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if computing(middle) < loading(middle) else (low, middle)
    assert meeting == pytest.approx(low, rel=1e-9)
    both = restoring.both_ends_time(meeting, PARAMETERS, *SHAPE, RATE)
    assert both == pytest.approx(computing(meeting))
    assert both == pytest.approx(loading(meeting))
    alone = reuse.recompute_time(reuse.prefill_operations(prefix, PARAMETERS, *SHAPE), RATE)
    assert both < min(alone, reuse.reload_time(latency, GROWTH * prefix, bandwidth))


def test_without_attention_the_rates_add() -> None:
    # 2 s to compute, 3 s to load: together 1 / (1/2 + 1/3) = 1.2 s; 60 of 100 tokens are computed.
    # 2e9 operations per token, beside which those of attention vanish, at 100e9 per second; 3 B at 100 B/s.
    assert restoring.meeting_point(100, 3.0, 1e9, 1, 1, 1, 100e9, 100.0, 0.0) == pytest.approx(60, rel=1e-6)
    assert restoring.both_ends_time(60, 1e9, 1, 1, 1, 100e9) == pytest.approx(1.2, rel=1e-6)


def test_a_prefix_that_is_computed_before_the_first_byte_comes() -> None:
    assert restoring.meeting_point(10, GROWTH, PARAMETERS, *SHAPE, RATE, 64e9, 1.0) == 10


def test_hiding_tokens_without_attention_by_hand() -> None:
    # 42.9 GB at 64 GB/s take 0.671 s, in which 400 TFLOP/s do 2 · 70.6e9 operations for 1,901 tokens; one tiny head.
    found = restoring.hiding_tokens(42.949672960e9, 64e9, 400e12, 70.6e9, 1, 1, 1, 1)
    assert found == pytest.approx(1901, abs=1)


def test_hiding_tokens_take_as_long_as_the_load() -> None:
    prefix, cache = 131_072, 131_072 * GROWTH
    new = restoring.hiding_tokens(cache, 55e9, RATE, PARAMETERS, prefix, *SHAPE)
    # Attention to so long a prefix costs more than all weights: a third of the tokens suffice.
    assert new < 0.4 * restoring.hiding_tokens(cache, 55e9, RATE, PARAMETERS, 1, *SHAPE)
    # Counted one by one: the k-th new token attends to the prefix, to those before it and to itself.
    operations = sum(2 * PARAMETERS + 4 * 80 * 64 * 128 * (prefix + k) for k in range(1, round(new) + 1))
    assert operations / RATE == pytest.approx(cache / 55e9, rel=1e-3)
