"""Numbers of the article on power from published curves: fitted and found again without the formulas."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from figures import data
from figures.data import Datum
from figures.power_and_thermal_management import results_caps, results_parts, results_smoothing

Columns = tuple[NDArray[np.float64], NDArray[np.float64]]
# Parameters, bytes of one, elements of a token's cache, operations of a token and context beside the parameters.
LLAMA = {
    "llama31_8b_h100": (8e9, 2, 2 * 32 * 8 * 128, 4 * 32 * 32 * 128),
    "llama31_70b_h100": (70e9, 2, 2 * 80 * 8 * 128, 4 * 80 * 64 * 128),
    "llama31_405b_h100": (405e9, 1, 2 * 126 * 8 * 128, 4 * 126 * 128 * 128),
}
QWEN = {
    "qwen3_8b_h100": (8e9, 2, 2 * 36 * 8 * 128, 4 * 36 * 32 * 128),
    "qwen3_8b_gpqa_h100": (8e9, 2, 2 * 36 * 8 * 128, 4 * 36 * 32 * 128),
    "qwen3_32b_h100": (32e9, 2, 2 * 64 * 8 * 128, 4 * 64 * 64 * 128),
    "qwen3_32b_gpqa_h100": (32e9, 2, 2 * 64 * 8 * 128, 4 * 64 * 64 * 128),
}


def columns(key: str, shape: tuple[float, float, float, float]) -> Columns:
    """What multiplies the three constants, in s, TB and TFLOP a token; and the published energies."""
    entry = data.load("token_energies")[key]
    parameters, width, elements, attention = shape

    def all_of(name: str) -> NDArray[np.float64]:
        return np.array(
            [one.value for field, one in entry.items() if field.startswith(name) and isinstance(one, Datum)]
        )

    context, gpus = data.value("token_energies", key, "context").value, data.value("token_energies", key, "gpus").value
    batch, rate = all_of("batch_"), all_of("rate_")
    traffic = parameters * width / batch + 2 * elements * context
    operations = np.full_like(batch, 2 * parameters + attention * context)
    return np.stack([gpus / rate, traffic / 1e12, operations / 1e12], axis=1), all_of("energy_")


def test_three_constants_by_a_solver_and_what_they_miss() -> None:
    found = [columns(key, shape) for key, shape in LLAMA.items()]
    matrix = np.concatenate([one / energy[:, None] for one, energy in found])
    constants = np.linalg.lstsq(matrix, np.ones(len(matrix)), rcond=None)[0]
    assert results_parts.fitted_static.value == pytest.approx(constants[0], rel=0.02)
    assert results_parts.fitted_byte.value * 1e12 == pytest.approx(constants[1], rel=0.02)
    assert results_parts.fitted_operation.value * 1e12 == pytest.approx(constants[2], rel=0.02)
    residuals = matrix @ constants - 1
    assert results_parts.fit_least.value == pytest.approx(residuals.min(), abs=0.01)
    assert results_parts.fit_most.value == pytest.approx(residuals.max(), abs=0.01)
    tested = [columns(key, shape) for key, shape in QWEN.items()]
    missed = np.concatenate([one @ constants / energy - 1 for one, energy in tested])
    assert results_parts.test_least.value == pytest.approx(missed.min(), abs=0.01)
    assert results_parts.test_most.value == pytest.approx(missed.max(), abs=0.01)
    assert (len(residuals), len(missed)) == (31, 28)


def test_least_energy_under_a_limit() -> None:
    # A40: 175 W for 1156.77 s at 167.14 W, against 909.465 s at 266.957 W; at 100 W 3699.825 s and 105.925 W.
    assert results_caps.best_limit_a40.value == 175
    assert results_caps.best_energy_a40.value == pytest.approx(1156.77 * 167.14 / (909.465 * 266.957), rel=1e-3)
    assert results_caps.best_time_a40.value == pytest.approx(1156.77 / 909.465, rel=1e-3)
    assert results_caps.lowest_energy_a40.value == pytest.approx(3699.825 * 105.925 / (909.465 * 266.957), rel=1e-3)
    assert results_caps.lowest_time_a40.value == pytest.approx(3699.825 / 909.465, rel=1e-3)
    assert results_caps.best_limit_v100.value == 150
    assert results_caps.best_energy_v100.value == pytest.approx(2221.15 * 146.42 / (1733.285 * 228.219), rel=1e-3)
    assert results_caps.best_time_v100.value == pytest.approx(2221.15 / 1733.285, rel=1e-3)


def test_a_pause_is_a_triangle() -> None:
    # From 120 to 50 kW at 5 kW/s: 14 s, and half of 14 s times 70 kW.
    assert results_smoothing.burnt_in_pause.value == pytest.approx(490e3)
    assert results_smoothing.pause_store.value == pytest.approx(490e3)
    assert results_smoothing.lost_in_store.value == pytest.approx(49e3)
