"""Weights that are kept, and joules per token, by hand."""

from __future__ import annotations

import pytest

from figures.formulas import tiers


def test_kept_bytes() -> None:
    assert tiers.kept_bytes(400e9, 0.25) == pytest.approx(300e9)
    assert tiers.kept_bytes(400e9, 1) == 0


def test_offloaded_bytes_are_the_rest() -> None:
    assert tiers.offloaded_bytes(400e9, 0.25) == pytest.approx(100e9)
    assert tiers.offloaded_bytes(400e9, 0.25) + tiers.kept_bytes(400e9, 0.25) == 400e9


def test_uniform_bytes_of_glm() -> None:
    # 684 GiB of experts, 8 of 256 per token: 21.38 GiB, as the source says.
    assert tiers.uniform_bytes(684 * 2**30, 8, 256) / 2**30 == pytest.approx(21.38, abs=0.01)


def test_token_energy_is_shared_by_the_batch() -> None:
    # 16 GB at 31.36 pJ/B are 0.502 J; 16 · 10⁹ operations at 0.75 pJ are 0.012 J.
    assert tiers.token_energy(31.36e-12, 16e9, 1, 0.75e-12, 8e9) == pytest.approx(0.5018 + 0.012, rel=1e-3)
    assert tiers.token_energy(31.36e-12, 16e9, 64, 0.75e-12, 8e9) == pytest.approx(0.5018 / 64 + 0.012, rel=1e-3)
