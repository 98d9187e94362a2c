"""The two constants that the article on power prints: fitted again by another way."""

from __future__ import annotations

import numpy as np
import pytest

from figures.power_and_thermal_management import results_tokens


@pytest.mark.parametrize(
    ("key", "shared", "own", "worst"),
    [
        ("llama31_8b_h100", 3.16, 0.0665, 0.040),
        ("llama31_70b_h100", 27.4, 0.360, 0.045),
        ("llama31_405b_h100", 96.1, 1.68, 0.033),
        ("llama31_70b_b200", 28.8, 0.201, 0.14),
    ],
)
def test_constants_of_a_token_by_a_solver(key: str, shared: float, own: float, worst: float) -> None:
    batches, energies = (np.array([one.value for one in some]) for some in results_tokens.series(key))
    matrix = np.stack([1 / (batches * energies), 1 / energies], axis=1)
    found = np.linalg.lstsq(matrix, np.ones(len(batches)), rcond=None)[0]
    assert found.tolist() == [pytest.approx(shared, rel=5e-3), pytest.approx(own, rel=5e-3)]
    assert float(np.max(np.abs(matrix @ found - 1))) == pytest.approx(worst, rel=0.03)
