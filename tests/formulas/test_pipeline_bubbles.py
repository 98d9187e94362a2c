"""Closed forms of pipeline bubbles against published sentences; tests/lab/test_pipeline.py runs the schedules."""

from __future__ import annotations

import pytest

from figures.formulas import pipeline_bubbles


def test_overhead_and_rate() -> None:
    """Huang 2018, §2.3: (K - 1) / (M + K - 1) of all time; Narayanan 2021, §2.2: (p - 1) / (v m) of work."""
    overhead = pipeline_bubbles.bubble_overhead(8, 24, 1)
    assert overhead == pytest.approx(7 / 24)
    assert pipeline_bubbles.bubble_rate(overhead) == pytest.approx(7 / 31)
    assert pipeline_bubbles.bubble_overhead(8, 24, 4) == pytest.approx(7 / 96)


def test_split_backward() -> None:
    """Qi et al. 2023, Table 2: T_F + T_B - T_W and T_F + T_B - 2 T_W for each of p - 1; 1F1B has T_F + T_B + T_W."""
    assert pipeline_bubbles.split_bubble(8, 2, 1.5, 1, 1) == pytest.approx(7 * 2.5)
    assert pipeline_bubbles.split_bubble(8, 2, 1.5, 1, 2) == pytest.approx(7 * 1.5)
    assert pipeline_bubbles.split_bubble(8, 2, 1.5, 1, -1) == pytest.approx(7 * 4.5)


def test_dualpipe() -> None:
    """DeepSeek's README: (PP/2 - 1)(F&B + B - 3W); with equal passes F&B = 3, B = 2, W = 1: two for each pair."""
    assert pipeline_bubbles.bidirectional_bubble(8, 3, 2, 1) == pytest.approx(3 * 2)
