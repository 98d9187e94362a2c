"""Energy of a token: by hand, and its parts against each other."""

from __future__ import annotations

import pytest

from figures.formulas import decode_batch, token_energy

# 100 GB of weights, caches of 1 GB, 100 GFLOP a token; 20 pJ a byte and 0.5 pJ an operation.
WORK = (20e-12, 100e9, 1e9, 0.5e-12, 100e9)


def test_dynamic_energy_by_hand() -> None:
    # 120 GB at 20 pJ: 2.4 J; 2 TFLOP at 0.5 pJ: 1 J.
    assert token_energy.dynamic_energy(20e-12, 120e9, 0.5e-12, 2e12) == pytest.approx(3.4)


def test_capped_step_time_by_hand() -> None:
    # 40 J through two GPUs with 400 W to spare each: 50 ms.
    assert token_energy.capped_step_time(0.04, 40, 2, 600, 200) == pytest.approx(0.05)
    assert token_energy.capped_step_time(0.06, 40, 2, 600, 200) == 0.06


def test_step_power_and_energy_per_token_by_hand() -> None:
    power = token_energy.step_power(2, 200, 40, 0.05)
    assert power == pytest.approx(1200)
    assert token_energy.energy_per_token(1.2, power, 400) == pytest.approx(3.6)


def test_energy_per_token_in_the_units_of_a_bill() -> None:
    # 700 W at 1,000 tokens per second are 0.7 J each, 0.194 kWh per million.
    assert token_energy.energy_per_token(1, 700, 1000) * 1e6 / 3.6e6 == pytest.approx(0.19444, rel=1e-4)


def test_decode_energy_by_hand() -> None:
    # Two GPUs of 100 W for 40 ms: 8 J; 100 GB + 20 GB at 20 pJ: 2.4 J; 2 TFLOP: 1 J. 11.4 J for 20 tokens, times 1.1.
    assert token_energy.decode_energy(1.1, 20, 2, 100, 0.04, *WORK) == pytest.approx(1.1 * 11.4 / 20)


def test_decode_energy_of_a_cap_is_at_the_cap() -> None:
    dynamic = token_energy.dynamic_energy(WORK[0], 120e9, WORK[3], 2e12)
    step = token_energy.capped_step_time(1e-3, dynamic, 2, 500, 100)
    power = token_energy.step_power(2, 100, dynamic, step)
    assert power == pytest.approx(1000)
    expected = token_energy.energy_per_token(1.1, power, decode_batch.batch_rate(20, step))
    assert token_energy.decode_energy(1.1, 20, 2, 100, step, *WORK) == pytest.approx(expected)


def test_decode_energy_falls_with_the_batch_to_caches_and_operations() -> None:
    def each(batch: int) -> float:
        step = decode_batch.batch_step_time(100e9, batch, 1e9, 100e9, 2, 3e12, 1, 1e15, 1, 0)
        return token_energy.decode_energy(1, batch, 2, 100, step, *WORK)

    energies = [each(batch) for batch in (1, 8, 64, 512, 10**6)]
    assert energies == sorted(energies, reverse=True)
    # No batch goes below a cache's reading, in time and in energy, and a token's operations.
    assert energies[-1] == pytest.approx(2 * 100 * 1e9 / (2 * 3e12) + 20e-12 * 1e9 + 0.05, rel=1e-3)


def test_answer_energy_by_hand() -> None:
    assert token_energy.answer_energy(50, 400, 0.5) == 250


def test_implied_byte_energy_and_implied_operation_energy_by_hand() -> None:
    # 300 W above the static power, for 3 TB/s or 600 TFLOP/s of each of two GPUs.
    assert token_energy.implied_byte_energy(1000, 2, 200, 3e12) == pytest.approx(100e-12)
    assert token_energy.implied_operation_energy(1000, 2, 200, 1.2e15) == pytest.approx(0.5e-12)


def test_node_and_meter_by_hand() -> None:
    assert token_energy.node_power(2200, 4, 350) == 3600
    assert token_energy.metered_energy(1.25, 0.8) == pytest.approx(1)


def test_training_energy_by_hand() -> None:
    # 6 · 1e9 · 1e12 operations at 0.5 · 1e15 per second are 12e6 GPU-seconds; at 1 kW and a PUE of 1.2 14.4 GJ, 4 MWh.
    assert token_energy.training_energy(1.2, 1000, 1e9, 1e12, 0.5, 1e15) == pytest.approx(14.4e9)
