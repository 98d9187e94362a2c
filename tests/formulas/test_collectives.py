"""Collectives against the definitions of nccl-tests, by counting bytes, and against a measurement."""

from __future__ import annotations

import math

import pytest

from figures.formulas import collectives


def test_bus_bandwidth_of_a_ring_is_the_link() -> None:
    """nccl-tests, doc/PERFORMANCE.md: t = (S / B) (2 (n - 1) / n)."""
    time = collectives.ring_all_reduce(1e9, 8, 0, 450e9)
    assert time == pytest.approx(1e9 / 450e9 * 2 * 7 / 8)
    assert collectives.bus_bandwidth(1e9, 8, time) == pytest.approx(450e9)


def test_ring_by_steps() -> None:
    """Seven steps of one eighth each, all links at once; an all-reduce is two of these."""
    step = 5e-6 + 1e9 / 8 / 450e9
    assert collectives.ring_half(1e9, 8, 5e-6, 450e9) == pytest.approx(7 * step)
    assert collectives.ring_all_reduce(1e9, 8, 5e-6, 450e9) == pytest.approx(14 * step)


def test_tree_has_few_hops() -> None:
    assert collectives.tree_all_reduce(0, 1024, 1e-6, 50e9) == pytest.approx(20e-6)
    assert collectives.ring_all_reduce(0, 1024, 1e-6, 50e9) == pytest.approx(2046e-6)
    assert collectives.tree_all_reduce(1e9, 1024, 0, 50e9) == pytest.approx(0.04)


def test_switch_exceeds_the_link() -> None:
    """Bekman 2026: 480.0 GB/s of bus bandwidth on 450 GB/s links, 8 H200 and 16 GiB; the bound is 14/9 of the link."""
    time = collectives.switch_all_reduce(2**34, 8, 0, 450e9)
    bound = collectives.bus_bandwidth(2**34, 8, time)
    assert bound == pytest.approx(450e9 * 14 / 9)
    assert 450e9 < 480.0e9 < bound


def test_two_levels_send_one_part_each() -> None:
    """Eight GPUs, two nodes: 2 (7/8) Q inside; then each GPU exchanges an eighth with one partner."""
    time = collectives.two_level_all_reduce(1e9, 8, 2, 0, 0, 450e9, 50e9)
    assert time == pytest.approx(2 * 7 / 8 * 1e9 / 450e9 + 1e9 / 8 / 50e9)


def test_half_of_the_bandwidth() -> None:
    size = collectives.half_bandwidth_size(8, 5e-6, 450e9)
    time = collectives.ring_all_reduce(size, 8, 5e-6, 450e9)
    assert collectives.bus_bandwidth(size, 8, time) == pytest.approx(225e9)
    assert math.isclose(size, 18e6)
