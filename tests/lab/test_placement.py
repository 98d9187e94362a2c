"""The placement of weights and caches: by hand, and no random placement beats it."""

from __future__ import annotations

import numpy as np
import pytest

from figures.lab.placement import Machine, Placement, place

T4 = Machine(gpu=12e9, host=200e9, disk=1.5e12, memory=300e9, link=12e9, drive=2e9)


def test_what_fits_on_the_gpu_stays_there() -> None:
    found = place(T4, 8e9, 3e9)
    assert found.weights == pytest.approx((1, 0, 0))
    assert found.caches == pytest.approx((1, 0, 0))
    assert found.step == pytest.approx(11 / 300)


def test_without_an_attentive_host_each_byte_outside_crosses_the_link() -> None:
    # 60 GB of weights and 20 of caches: 68 GB lie outside and cross at 12 GB/s, whichever they are.
    found = place(T4, 60e9, 20e9)
    assert found.step == pytest.approx(68 / 12)
    assert found.weights[2] == found.caches[2] == pytest.approx(0)
    assert found.weights[0] == pytest.approx(0.2)  # of equals, the one with most weights on the GPU


def test_a_host_that_attends_fast_gets_the_caches() -> None:
    # Policy of FlexGen for OPT-30B: a fifth of the weights on the GPU, the caches with the host.
    machine = Machine(12e9, 200e9, 1.5e12, 300e9, 12e9, 2e9, attention=100e9)
    found = place(machine, 60e9, 104.6e9)
    assert found.weights == pytest.approx((0.2, 0.8, 0), abs=1e-6)
    assert found.caches == pytest.approx((0, 1, 0), abs=1e-6)
    assert found.step == pytest.approx(48 / 12)


def test_a_host_that_attends_slowly_leaves_caches_to_the_gpu() -> None:
    # At 8.4 GB/s the caches are the longest part: the GPU's 12 GB go to them, and all weights stream.
    machine = Machine(12e9, 200e9, 1.5e12, 300e9, 12e9, 2e9, attention=8.4e9)
    found = place(machine, 60e9, 104.6e9)
    assert found.caches[0] == pytest.approx(12 / 104.6, abs=1e-6)
    assert found.step == pytest.approx((104.6 - 12) / 8.4)


def test_what_overflows_the_host_lies_on_disk_and_sets_the_pace() -> None:
    # 325 GB of weights and 638 of caches: 963 - 12 - 200 GB are read at 2 GB/s.
    machine = Machine(12e9, 200e9, 1.5e12, 300e9, 12e9, 2e9, attention=100e9)
    found = place(machine, 325e9, 638e9)
    assert found.step == pytest.approx((963 - 212) / 2)


def step(machine: Machine, weights: float, caches: float, w: np.ndarray, c: np.ndarray) -> float:
    """The step of any placement, straight from its description; infinite where it does not fit."""
    if (weights * w + caches * c > (machine.gpu, machine.host, machine.disk)).any():
        return np.inf
    outside = caches * (c[1] + c[2])
    drive = (weights * w[2] + caches * c[2]) / machine.drive
    link = weights * (w[1] + w[2]) / machine.link
    if machine.attention:
        return float(max(drive, link, outside / machine.attention, (weights + caches - outside) / machine.memory))
    return float(max(drive, link + outside / machine.link, (weights + caches) / machine.memory))


@pytest.mark.parametrize("attention", [0.0, 20e9])
def test_no_random_placement_is_faster(attention: float) -> None:
    machine = Machine(12e9, 60e9, 300e9, 300e9, 12e9, 2e9, attention)
    rng = np.random.default_rng(0)
    for weights, caches in ((60e9, 20e9), (60e9, 100e9), (20e9, 200e9)):
        found: Placement = place(machine, weights, caches)
        assert found.step == pytest.approx(
            step(machine, weights, caches, np.array(found.weights) - 1e-12, np.array(found.caches) - 1e-12), rel=1e-6
        )
        draws = rng.dirichlet((0.5, 0.5, 0.5), size=(2000, 2))
        assert min(step(machine, weights, caches, w, c) for w, c in draws) >= found.step * (1 - 1e-9)


def test_what_fits_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match=r"2e\+12 B do not fit into the three memories; take a smaller batch"):
        place(T4, 1e12, 1e12)
