"""Experts in a slower tier, by hand."""

from __future__ import annotations

import pytest

from figures.formulas import offloaded_experts


def test_missed_bytes() -> None:
    # 10 layers of 8 experts of 1,000 parameters in 4 bits, three quarters of them hits: 10 of 40 kB.
    assert offloaded_experts.missed_bytes(0.75, 0.5, 10, 8, 1000) == pytest.approx(10_000)
    assert offloaded_experts.missed_bytes(1, 0.5, 10, 8, 1000) == 0


def test_cached_experts_of_mixtral() -> None:
    # 32 layers, experts of 3 · 4,096 · 14,336 parameters: 176.2 million, 352 MB each in 16 bits.
    expert = 3 * 4096 * 14336
    assert offloaded_experts.cached_experts(32 * 2 * 2 * expert, 2, 32, expert) == pytest.approx(2)
    assert offloaded_experts.cached_experts(12e9, 2, 32, expert) == pytest.approx(12e9 / 32 / 352.3e6, rel=1e-3)


def test_hiding_hit_rate_is_where_fetches_take_as_long_as_the_step() -> None:
    # 40 kB touched, a step of 2 s, 5 kB/s: 10 kB are free, so that three quarters must be hits.
    assert offloaded_experts.hiding_hit_rate(5000, 2, 0.5, 10, 8, 1000) == pytest.approx(0.75)
    assert offloaded_experts.missed_bytes(0.75, 0.5, 10, 8, 1000) / 5000 == pytest.approx(2)
    assert offloaded_experts.hiding_hit_rate(5000, 9, 0.5, 10, 8, 1000) == 0
