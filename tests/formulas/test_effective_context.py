"""Effective lengths as RULER's and NoLiMa's tables print them."""

from __future__ import annotations

import pytest

from figures.formulas import effective_context

RULER = (4096, 8192, 16_384, 32_768, 65_536, 131_072)
NOLIMA = (1024, 2048, 4096, 8192, 16_384, 32_768)


def test_effective_length_of_rows_of_ruler() -> None:
    # README at 22 July 2026, threshold 85.6: Llama 3.1 70B 64K, Yi-34B 32K, LWM below 4K
    assert effective_context.effective_length(RULER, (96.5, 95.8, 95.4, 94.8, 88.4, 66.6), 85.6) == 65_536
    assert effective_context.effective_length(RULER, (93.3, 92.2, 91.3, 87.5, 83.2, 77.3), 85.6) == 32_768
    assert effective_context.effective_length(RULER, (82.3, 78.4, 73.7, 69.1, 68.1, 65.0), 85.6) == 0
    assert effective_context.effective_length(RULER, (98.4, 96.0, 96.2, 94.4, 91.8, 85.6), 85.6) == 65_536


def test_relative_threshold_of_rows_of_nolima() -> None:
    # README of April 2025: GPT-4o, base 99.3, threshold 84.4, 8K; Gemini 1.5 Pro, base 92.6, 78.7, 2K
    for base, printed, scores, length in (
        (99.3, 84.4, (98.1, 98.0, 95.7, 89.2, 81.6, 69.7), 8192),
        (92.6, 78.7, (86.4, 82.7, 75.4, 63.9, 55.5, 48.2), 2048),
    ):
        threshold = effective_context.relative_threshold(0.85, base)
        assert threshold == pytest.approx(printed, abs=0.06)
        assert effective_context.effective_length(NOLIMA, scores, threshold) == length


def test_usable_share_by_hand() -> None:
    assert effective_context.usable_share(2048, 131_072) == 1 / 64
