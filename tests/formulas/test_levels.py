"""Several levels of memory, by hand and in their limits."""

from __future__ import annotations

import pytest

from figures.formulas import levels, roofline


def test_overlapped_time_is_that_of_the_slowest_part() -> None:
    # 6 operations at 2 per second take 3 s; 10 B at 5 B/s take 2 s, 8 B at 2 B/s take 4 s.
    assert levels.overlapped_time(6, 2, (10, 8), (5, 2)) == 4
    assert levels.overlapped_time(10, 2, (10, 8), (5, 2)) == 5


def test_serial_time_is_the_sum() -> None:
    assert levels.serial_time(6, 2, (10, 8), (5, 2)) == 9
    # No more than as many times the overlapped time as there are parts, reached when all are alike.
    assert levels.serial_time(6, 2, (15, 6), (5, 2)) == 3 * levels.overlapped_time(6, 2, (15, 6), (5, 2))


def test_attainable_rate_is_operations_over_the_overlapped_time() -> None:
    operations, peak, traffics, bandwidths = 600.0, 50.0, (200.0, 30.0, 4.0), (100.0, 9.0, 0.5)
    intensities = [operations / traffic for traffic in traffics]
    rate = levels.attainable_rate(peak, intensities, bandwidths)
    assert rate == pytest.approx(operations / levels.overlapped_time(operations, peak, traffics, bandwidths))
    assert rate == pytest.approx(600 / 12)  # the peak: 600 / 50 = 12 s, the levels take 2, 3.3 and 8 s
    # One level is the ordinary roofline.
    assert levels.attainable_rate(50, (0.2,), (100,)) == roofline.attainable(50, 100, 0.2) == 20


def test_effective_bandwidth_is_half_at_the_bytes_in_flight() -> None:
    # Hockney's half-performance length: a transfer of latency times bandwidth takes twice the latency.
    half = levels.bytes_in_flight(2e-6, 50e9)
    assert half == pytest.approx(100_000)
    assert levels.effective_bandwidth(half, 2e-6, 50e9) == pytest.approx(25e9)
    assert levels.effective_bandwidth(1e15, 2e-6, 50e9) == pytest.approx(50e9)


def test_bandwidth_in_flight_is_littles_law() -> None:
    # Ten lines of 64 B and 100 ns: 6.4 GB/s, the textbook's limit of a core with ten line buffers.
    assert levels.bandwidth_in_flight(10, 64, 100e-9) == pytest.approx(6.4e9)
    assert levels.bytes_in_flight(100e-9, 6.4e9) == pytest.approx(640)


def test_movement_energy_and_held_price() -> None:
    # A byte at 1 pJ per bit takes 8 pJ; 141 GB of it 1.128 J.
    assert levels.movement_energy(8e-12, 141e9) == pytest.approx(1.128)
    assert levels.held_price(10e-9, 141e9) == pytest.approx(1410)


def test_copies_through_a_chain() -> None:
    # 12 B over links of 6, 2 and 3 B/s: 6 s at once, 2 + 6 + 4 s in stages.
    assert levels.pipelined_copy_time(1, 12, (6, 2, 3)) == 7
    assert levels.staged_copy_time(1, 12, (6, 2, 3)) == 13


def test_sweep_time_of_published_memories() -> None:
    # H100: 80 GB at 3.35 TB/s, 23.9 ms; a drive of 30.72 TB at 28 GB/s, 18.3 minutes.
    assert levels.sweep_time(80e9, 3.35e12) == pytest.approx(0.02388, rel=1e-3)
    assert levels.sweep_time(30.72e12, 28e9) / 60 == pytest.approx(18.3, abs=0.05)


def test_clocked_bandwidth_of_published_memories() -> None:
    # Eight channels of DDR5-4800; 512 bits of GDDR7 at 28 Gbit/s; HBM4's 2,048 pins at 8 Gbit/s.
    assert levels.clocked_bandwidth(8, 8, 4.8e9) == pytest.approx(307.2e9)
    assert levels.clocked_bandwidth(512, 1 / 8, 28e9) == pytest.approx(1792e9)
    assert levels.clocked_bandwidth(2048, 1 / 8, 8e9) == pytest.approx(2048e9)


def test_combined_capacity_of_hoppers_first_caches() -> None:
    assert levels.combined_capacity(132, 256) == 33 * 1024


def test_tile_intensity() -> None:
    # A tile of 128 x 256 reads 384 elements of 2 B for 2 * 128 * 256 operations.
    assert levels.tile_intensity(128, 256, 2) == pytest.approx(65536 / 768)
    # Three tiles of 100 x 100 elements of 2 B fill 60,000 B: 100 / 2 operations per byte.
    assert levels.capacity_intensity(60_000, 2) == pytest.approx(50)


def test_energy_ridge() -> None:
    # 31.36 pJ per byte (3.92 pJ/bit) against 0.75 pJ per operation.
    assert levels.energy_ridge(31.36e-12, 0.75e-12) == pytest.approx(41.8, abs=0.02)


def test_interleaving() -> None:
    share = levels.interleave_share(300, 100)
    assert share == 0.25
    assert levels.interleaved_bandwidth(share, 300, 100) == pytest.approx(400)
    assert levels.interleaved_bandwidth(0.5, 300, 100) == 200  # slower than the faster memory alone
    assert levels.interleaved_bandwidth(0, 300, 100) == 300


def test_energies_and_powers() -> None:
    # 640 pJ for 32 bits: 160 pJ per byte, 20 per bit; 3.92 pJ per bit at 3.35 TB/s: 105 W.
    assert levels.energy_per_byte(640e-12, 4) == pytest.approx(160e-12)
    assert levels.energy_per_operation(1.5e-12, 2) == pytest.approx(0.75e-12)
    assert levels.movement_power(3.92e-12 * 8, 3.35e12) == pytest.approx(105.06, abs=0.01)


def test_in_flight_per_unit() -> None:
    assert levels.in_flight_per_unit(1.1e6, 132) == pytest.approx(8333, abs=1)


def test_timed_bandwidth_and_rate() -> None:
    assert levels.timed_bandwidth(512e6, 0.032) == pytest.approx(16e9)
    assert levels.timed_rate(2 * 2048**3, 0.2) == pytest.approx(85.9e9, rel=1e-3)


def test_operation_energy() -> None:
    assert levels.operation_energy(0.75e-12, 16e9) == pytest.approx(0.012)


def test_chip_chain_time() -> None:
    # 1,000 chips of 3 us and 1 us to the next: 4 ms.
    assert levels.chip_chain_time(1000, 3e-6, 1e-6) == pytest.approx(0.004)
