"""The best of n: published bounds, and the optimum that it is compared with."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.formulas import selection
from figures.formulas.best_of_n import gold_gain, kl_bound, kl_bound_of_few, tilt_gain, win_rate_bound


def test_published_divergences() -> None:
    """Gao, Schulman and Hilton: n = 1,000 is about 6 nats, n = 60,000 about 10."""
    assert kl_bound(1000) == pytest.approx(6, abs=0.1)
    assert kl_bound(60_000) == pytest.approx(10, abs=0.01)
    assert kl_bound(1) == 0
    assert [kl_bound(n) for n in (2, 4, 16, 64)] == pytest.approx([0.1931, 0.6363, 1.8351, 3.1745], abs=1e-4)


def test_divergence_is_the_integral_over_quantiles() -> None:
    u = (np.arange(200_000) + 0.5) / 200_000
    density = 8 * u**7
    assert float((density * np.log(density)).mean()) == pytest.approx(kl_bound(8), abs=1e-6)
    assert float((density * u).mean()) == pytest.approx(win_rate_bound(8), abs=1e-6)


def test_a_probable_answer_caps_the_divergence() -> None:
    assert kl_bound_of_few(1e6, 0.1) == pytest.approx(math.log(10))
    assert kl_bound_of_few(2, 0.1) == kl_bound(2)


@pytest.mark.parametrize(("samples", "share"), [(4, 0.91), (16, 0.92), (1000, 0.94)])
def test_best_of_n_is_nearly_the_optimum_for_a_normal_reward(samples: int, share: float) -> None:
    gain = selection.largest_of_normals(samples)
    assert gain < tilt_gain(kl_bound(samples))
    assert gain / tilt_gain(kl_bound(samples)) == pytest.approx(share, abs=0.006)


def test_tilt_of_a_normal_reward() -> None:
    """The tilt by a factor t moves the mean by t at a cost of t² / 2."""
    assert tilt_gain(2) == 2


def test_gold_gain_against_draws() -> None:
    rng = np.random.default_rng(3)
    gold, noise = rng.normal(size=(2, 400_000, 4))
    proxy = gold + 0.75 * noise
    best = proxy.argmax(axis=1)
    found = float(np.take_along_axis(gold, best[:, None], 1).mean())
    assert gold_gain(selection.largest_of_normals(4), 1 / math.hypot(1, 0.75)) == pytest.approx(found, abs=0.006)
