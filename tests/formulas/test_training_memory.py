"""Model states against the table of ZeRO and that of Megatron's distributed optimizer."""

from __future__ import annotations

import pytest

from figures.formulas import training_memory

# Rajbhandari et al. 2019, Table 1, in GB: data-parallel GPUs; optimizer states, gradients too, weights too; for 7.5,
# 128 and 1,000 billion parameters. Some cells are cut off, not rounded: one unit of the last digit is allowed.
ZERO = [
    (1, (120, 120, 120), (2048, 2048, 2048), (16000, 16000, 16000)),
    (4, (52.5, 41.3, 30), (896, 704, 512), (7000, 5500, 4000)),
    (16, (35.6, 21.6, 7.5), (608, 368, 128), (4750, 2875, 1000)),
    (64, (31.4, 16.6, 1.88), (536, 284, 32), (4187, 2218, 250)),
    (256, (30.4, 15.4, 0.47), (518, 263, 8), (4046, 2054, 62.5)),
    (1024, (30.1, 15.1, 0.12), (513, 257, 2), (4011, 2013, 15.6)),
]


@pytest.mark.parametrize(("shards", "small", "middle", "large"), ZERO)
def test_zero(shards: int, small: tuple[float, ...], middle: tuple[float, ...], large: tuple[float, ...]) -> None:
    for parameters, cells in ((7.5e9, small), (128e9, middle), (1e12, large)):
        for stage, cell in enumerate(cells, start=1):
            found = training_memory.state_bytes(
                parameters, 2, 2, 12, shards if stage > 2 else 1, shards if stage > 1 else 1, shards
            )
            tolerance = 1 if cell > 100 else 0.1 if cell > 10 else 0.01
            assert found / 1e9 == pytest.approx(cell, abs=tolerance)


def test_megatrons_distributed_optimizer() -> None:
    """FP16 20 and 4 + 16/d; BF16 with FP32 gradients 18 and 6 + 12/d; FP32 16 and 8 + 8/d."""
    shards = 8
    for weight, gradient, optimizer, whole in ((2, 2, 16, 20), (2, 4, 12, 18), (4, 4, 8, 16)):
        assert training_memory.state_bytes(1, weight, gradient, optimizer, 1, 1, 1) == whole
        split = training_memory.state_bytes(1, weight, gradient, optimizer, 1, 1, shards)
        assert split == weight + gradient + optimizer / shards


def test_difference_of_two_published_peaks() -> None:
    """torchtitan, Llama 3.1 8B, FP32 states fully sharded: 82.4 GiB on 8 GPUs, 67.0 on 128, all else alike."""
    peaks = [training_memory.state_bytes(8.03e9, 4, 4, 8, shards, shards, shards) for shards in (8, 128)]
    assert (peaks[0] - peaks[1]) / 2**30 == pytest.approx(82.4 - 67.0, rel=0.1)


def test_parameters_on_gpu_by_hand() -> None:
    # Two layers of 12 d² and half of an embedding table of 10 d, over 4 ranks, d = 100.
    assert training_memory.parameters_on_gpu(2, 120_000, 1000, 4) == 60_250


def test_gpu_bytes_by_hand() -> None:
    assert training_memory.gpu_bytes(1.0, 2.0, 3.5, 0.5) == 7.0
