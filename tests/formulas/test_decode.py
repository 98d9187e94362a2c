"""Decode traffic by hand."""

from __future__ import annotations

from figures.formulas import decode


def test_step_traffic_by_hand() -> None:
    assert decode.step_traffic(140e9, 10, 2e9) == 160e9


def test_step_time_by_hand() -> None:
    # 160 GB over 4 × 2 TB/s.
    assert decode.step_time(140e9, 10, 2e9, 4, 2e12) == 0.02


def test_at_parity_half_the_traffic_is_cache() -> None:
    batch = decode.parity_batch(140e9, 2e9)
    assert batch == 70
    assert decode.step_traffic(140e9, 70, 2e9) == 2 * 140e9


def test_token_rate_by_hand() -> None:
    assert decode.token_rate(50, 1, 0.02) == 2500
