"""Hit rates by hand, by limits and by integration; their dimensions by rescaling the units."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.formulas import caching

TIMES = st.floats(1e-3, 1e4)


def test_hit_probability_by_hand() -> None:
    assert caching.hit_probability(2.0, 0.0) == 0
    assert caching.hit_probability(np.log(2) / 10, 10) == pytest.approx(0.5)


def test_the_hit_rate_weights_items_by_their_requests() -> None:
    # Items asked for 3 and 1 times a second: 3/4 and 1/4 of the requests.
    expected = 0.75 * (1 - np.exp(-6)) + 0.25 * (1 - np.exp(-2))
    assert caching.hit_rate([3.0, 1.0], 2.0) == pytest.approx(expected)
    assert caching.occupancy([3.0, 1.0], 2.0) == pytest.approx(2 - np.exp(-6) - np.exp(-2))


@given(st.lists(st.floats(0.01, 10), min_size=1, max_size=9), TIMES, st.floats(0.1, 1000))
def test_only_rate_times_time_counts(rates: list[float], time: float, scale: float) -> None:
    """Another unit of time changes neither a probability nor a number of items."""
    other = [rate / scale for rate in rates]
    for formula in (caching.hit_rate, caching.occupancy):
        assert formula(other, time * scale) == pytest.approx(formula(rates, time), rel=1e-6)
    assert caching.hit_probability(other[0], time * scale) == pytest.approx(
        caching.hit_probability(rates[0], time), rel=1e-6
    )


@given(TIMES, st.floats(1, 1e3), st.floats(0.1, 1e3), st.floats(0.1, 1e3))
def test_dimensions_of_the_session_formulas(time: float, gap: float, seconds: float, tokens: float) -> None:
    """Rescaling the units of time and tokens rescales results of that dimension and no others."""
    occupancy = caching.session_occupancy(512, 6, 1280, 512, gap, time)
    scaled = caching.session_occupancy(
        512 * tokens, 6 / seconds, 1280 * tokens, 512 * tokens, gap * seconds, time * seconds
    )
    assert scaled == pytest.approx(occupancy * tokens, rel=1e-9)
    rate = caching.session_hit_rate(512, 1280, 1920, gap, time)
    assert caching.session_hit_rate(
        512 * tokens, 1280 * tokens, 1920 * tokens, gap * seconds, time * seconds
    ) == pytest.approx(rate, rel=1e-9)


def test_session_occupancy_is_rate_times_mean_stay() -> None:
    # Little's law, the mean stay min(gap, time) of the continued part integrated numerically.
    gaps = np.random.default_rng(1).exponential(90, 400_000)
    stay = np.minimum(gaps, 120).mean()
    expected = 512 + 6 * (1280 * stay + 512 * 120)
    assert caching.session_occupancy(512, 6, 1280, 512, 90, 120) == pytest.approx(expected, rel=5e-3)


def test_session_hit_rate_from_nothing_to_all_that_was_seen() -> None:
    assert caching.session_hit_rate(512, 1280, 1920, 90, 0) == pytest.approx(512 / 1920)
    assert caching.session_hit_rate(512, 1280, 1920, 90, 1e9) == pytest.approx(1792 / 1920)
    assert caching.session_hit_rate(0, 100, 100, 90, 90) == pytest.approx(1 - np.exp(-1))


def test_session_lengths_by_listing_the_turns() -> None:
    prompts = [512 + 128 * k + 384 * (k - 1) for k in range(1, 7)]
    assert caching.session_prompt(512, 128, 384, 6) == sum(prompts) / 6
    assert caching.session_continued(128, 384, 6) == sum(512 * (k - 1) for k in range(1, 7)) / 6
