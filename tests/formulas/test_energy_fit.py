"""Two constants of the energy of a token: by hand, and against a solver."""

from __future__ import annotations

import numpy as np
import pytest

from figures.formulas import energy_fit

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
