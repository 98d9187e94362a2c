"""Operations and utilization of training against published rates: Megatron-LM, MegaScale, Megatron Bridge, OPT."""

from __future__ import annotations

import pytest

from figures.formulas import roofline, training_compute

A100 = 312e12


def gpt(width: int, layers: int, vocabulary: int) -> float:
    """Parameters that a token of a GPT is multiplied with: 12 L d² and the output layer."""
    return 12 * layers * width**2 + vocabulary * width


# Korthikanti et al. 2022, Tables 3 and 5: width, layers, heads, GPUs, batch, seconds, MFU, HFU with selective
# recomputation of attention (percent).
KORTHIKANTI = [
    (6144, 48, 64, 8, 4, 1.10, 41.5, 43.7),
    (12288, 96, 96, 64, 64, 13.75, 51.4, 52.8),
    (20480, 105, 128, 280, 280, 37.83, 56.0, 57.0),
    (25600, 128, 160, 512, 512, 71.49, 56.3, 57.0),
]


@pytest.mark.parametrize(("width", "layers", "heads", "gpus", "batch", "step", "mfu", "hfu"), KORTHIKANTI)
def test_published_utilization(
    width: int, layers: int, heads: int, gpus: int, batch: int, step: float, mfu: float, hfu: float
) -> None:
    """Their FLOPs count all pairs of tokens, causal or not; seconds are printed with three digits.

    Their equation 8 adds s/6h to the bracket for recomputed attention, 12 B L s² h: three times the forward pass.
    """
    active = gpt(width, layers, 51_200)
    operations = training_compute.token_operations(active, 1, layers, heads, width // heads, 2048)
    rate = training_compute.token_rate(batch * 2048, step)
    found = training_compute.utilization(rate, operations, gpus, A100)
    assert 100 * found == pytest.approx(mfu, abs=0.2)
    recomputed = training_compute.attention_share(active, 1, layers, heads, width // heads, 2048)
    assert 100 * found * training_compute.hardware_factor(3 * recomputed) == pytest.approx(hfu, abs=0.2)


def test_full_recomputation_is_a_third_more() -> None:
    assert training_compute.hardware_factor(1) == pytest.approx(4 / 3)
    assert training_compute.hardware_factor(0) == 1


def test_megascale() -> None:
    """Jiang et al. 2024, Table 2: Megatron-LM with 175B on 12,288 GPUs, batch 6,144 in 8.57 s: 41.2 %."""
    operations = training_compute.token_operations(gpt(12288, 96, 64_000), 1, 96, 128, 96, 2048)
    rate = training_compute.token_rate(6144 * 2048, 8.57)
    assert training_compute.utilization(rate, operations, 12_288, A100) == pytest.approx(0.412, abs=0.001)


def test_causal_convention_of_megatron_bridge() -> None:
    """Llama 3.1 405B on GB300: 1,048 tokens per second and GPU and 2,646 TFLOP/s: 2.525e12 operations per token."""
    active = 126 * (2 * 16384 * 128 * (128 + 8) + 3 * 16384 * 53248) + 128_256 * 16384
    causal = training_compute.token_operations(active, 0.5, 126, 128, 128, 8192)
    assert causal == pytest.approx(2646e12 / 1048, rel=0.001)
    # Counting all pairs instead gives four per cent more.
    every = training_compute.token_operations(active, 1, 126, 128, 128, 8192)
    assert every / causal == pytest.approx(1.04, abs=0.002)


def test_time_of_gpt3_as_published() -> None:
    """Narayanan et al. 2021, §5.1: 8 T P / (n X): 34 days for 175B, 84 days for a trillion parameters."""
    for parameters, tokens, gpus, rate, days in ((175e9, 300e9, 1024, 140e12, 34), (1.008e12, 450e9, 3072, 163e12, 84)):
        operations = training_compute.run_operations(8 * parameters, tokens)
        seconds = training_compute.run_time(operations, 1, gpus * rate)
        assert seconds / 86400 == pytest.approx(days, abs=0.6)


def test_time_of_opt() -> None:
    """OPT-175B: about 4.30e23 FLOPs and 33 days on 1,024 A100: 147 TFLOP/s, as its log says, with recomputation."""
    seconds = training_compute.run_time(4.30e23, 1, roofline.achieved(1024, A100, 147 / 312))
    assert seconds / 86400 == pytest.approx(33, abs=0.5)


def test_gpu_time_cost_and_energy_by_hand() -> None:
    """DeepSeek-V3: 2.664 million GPU hours at 2 dollars an hour are 5.328 million dollars."""
    time = training_compute.gpu_time(2048, 2.664e6 * 3600 / 2048)
    assert time / 3600 == pytest.approx(2.664e6)
    assert training_compute.run_cost(2 / 3600, time) == pytest.approx(5.328e6)
    assert training_compute.run_energy(1000, time) / 3.6e12 == pytest.approx(2.664)


def test_a_step_of_megascale() -> None:
    """Jiang et al. 2024, Table 2: 6,144 sequences of 2,048 tokens in 6.34 s are 1,984.0 thousand tokens per second."""
    batch = training_compute.step_tokens(6144, 2048)
    assert training_compute.token_rate(batch, 6.34) / 1e3 == pytest.approx(1984.0, rel=5e-4)
    assert training_compute.step_time(2, batch, 2 * batch / 6.34) == pytest.approx(6.34)


def test_tokens_per_parameter_of_llama_3_1_8b() -> None:
    # 15 trillion tokens for 8 billion parameters: 1,875 tokens each.
    assert training_compute.tokens_per_parameter(15e12, 8e9) == 1875
