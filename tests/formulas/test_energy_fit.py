"""Two constants of the energy of a token: by hand, and against a solver."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.formulas import energy_fit, token_energy

BATCHES = (8.0, 64.0, 256.0, 512.0)


def test_batch_energy_and_even_batch_by_hand() -> None:
    assert energy_fit.batch_energy(3, 0.06, 50) == pytest.approx(0.12)
    assert energy_fit.even_batch(3, 0.06) == pytest.approx(50)


def test_shared_energy_and_own_energy_of_exact_values_are_the_constants() -> None:
    energies = [energy_fit.batch_energy(27.4, 0.36, batch) for batch in BATCHES]
    shared, own = energy_fit.shared_energy(BATCHES, energies), energy_fit.own_energy(BATCHES, energies)
    assert shared == pytest.approx(27.4)
    assert own == pytest.approx(0.36)
    assert energy_fit.largest_misfit(shared, own, BATCHES, energies) == pytest.approx(0, abs=1e-12)


def test_shared_energy_and_own_energy_are_the_least_squares_of_a_solver() -> None:
    energies = (3.7, 0.82, 0.45, 0.43)
    matrix = np.array([[1 / (b * e), 1 / e] for b, e in zip(BATCHES, energies, strict=True)])
    expected = np.linalg.lstsq(matrix, np.ones(4), rcond=None)[0]
    shared, own = energy_fit.shared_energy(BATCHES, energies), energy_fit.own_energy(BATCHES, energies)
    assert [shared, own] == pytest.approx(expected.tolist())
    worst = float(np.max(np.abs(matrix @ expected - 1)))
    assert energy_fit.largest_misfit(shared, own, BATCHES, energies) == pytest.approx(worst)


def test_batch_for_an_energy_undoes_the_energy_of_a_batch() -> None:
    assert energy_fit.batch_for(20, 0.3, 0.5) == pytest.approx(100)
    assert energy_fit.batch_energy(20, 0.3, 100) == pytest.approx(0.5)
    assert energy_fit.batch_for(20, 0.3, 0.3) == math.inf


def test_gpu_time_and_token_traffic_by_hand() -> None:
    assert energy_fit.gpu_time(4, 200) == pytest.approx(0.02)
    assert energy_fit.token_traffic(140e9, 70, 0.5e9) == pytest.approx(2.5e9)


def test_parts_energy_is_that_of_a_decoded_token() -> None:
    # The same by the formula of a step: four GPUs, 64 sequences, 20 ms.
    step = token_energy.decode_energy(1, 64, 4, 150, 0.02, 100e-12, 140e9, 0.1e9, 1.5e-12, 141e9)
    time, traffic = energy_fit.gpu_time(4, 64 / 0.02), energy_fit.token_traffic(140e9, 64, 0.1e9)
    assert energy_fit.parts_energy(150, time, 100e-12, traffic, 1.5e-12, 141e9) == pytest.approx(step)
    # By hand: 0.1875 J of static power, 0.22875 J of bytes, 0.2115 J of operations.
    assert step == pytest.approx(0.1875 + 0.22875 + 0.2115)


def test_residual_by_hand() -> None:
    assert energy_fit.residual(1.1, 1.0) == pytest.approx(0.1)


def test_static_constant_byte_constant_and_operation_constant_are_the_least_squares_of_a_solver() -> None:
    source = np.random.default_rng(16)
    times, traffics, operations = (
        source.uniform(1e-4, 0.1, 9),
        source.uniform(1e8, 5e10, 9),
        source.uniform(1e10, 1e12, 9),
    )
    energies = (200 * times + 9e-11 * traffics + 1.5e-12 * operations) * source.uniform(0.9, 1.1, 9)
    matrix = np.stack([times, traffics * 1e-12, operations * 1e-12], axis=1) / energies[:, None]
    expected = np.linalg.lstsq(matrix, np.ones(9), rcond=None)[0] * (1, 1e-12, 1e-12)
    given = [column.tolist() for column in (times, traffics, operations, energies)]
    assert energy_fit.static_constant(*given) == pytest.approx(expected[0])
    assert energy_fit.byte_constant(*given) == pytest.approx(expected[1])
    assert energy_fit.operation_constant(*given) == pytest.approx(expected[2])
