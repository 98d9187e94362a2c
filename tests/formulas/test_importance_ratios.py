"""Ratios of long answers: a published example, and draws."""

from __future__ import annotations

import numpy as np
import pytest

from figures.formulas.importance_ratios import effective_share, sequence_ratio, tokens_at_share


def test_published_example() -> None:
    """verl's notes: a ratio of 1.1 per token is 2.6 for 10 tokens and 13,780 for 100."""
    assert sequence_ratio(1.1, 10) == pytest.approx(2.6, abs=0.01)
    assert sequence_ratio(1.1, 100) == pytest.approx(13_780, rel=1e-4)


def test_effective_share_against_draws() -> None:
    logs = np.random.default_rng(8).normal(-0.02 / 2, np.sqrt(0.02), (400_000, 30)).sum(axis=1)
    weights = np.exp(logs)
    found = float(weights.mean() ** 2 / (weights**2).mean())
    assert effective_share(np.sqrt(0.02), 30) == pytest.approx(found, rel=0.02)


def test_length_is_the_inverse() -> None:
    assert effective_share(0.03, tokens_at_share(0.1, 0.03)) == pytest.approx(0.1)
