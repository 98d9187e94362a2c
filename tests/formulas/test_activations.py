"""Activations against Korthikanti et al. 2022, and against peak memory that others measured."""

from __future__ import annotations

import pytest

from figures.formulas import activations, training_memory, vocabulary


def gpt_layer(tokens: int, width: int, heads: int, sequence: int, tensor: int, sequence_parallel: int) -> float:
    """The layer of 2022: MHA, a plain network four times as wide, dropout, attention that keeps all scores."""
    return activations.layer_bytes(
        tokens, width, heads, heads, width // heads, 4 * width, 2, 2, 1, 5 * sequence, tensor, sequence_parallel
    )


class TestKorthikanti:
    """Table 2, in units of tokens times width: s = 2048, d = 12,288, 96 heads, so that 5 a s / h = 80."""

    tokens, width, heads, sequence = 2048, 12288, 96, 2048

    def units(self, tensor: int, sequence_parallel: int, sequence: int) -> float:
        layer = gpt_layer(self.tokens, self.width, self.heads, sequence, tensor, sequence_parallel)
        return layer / (self.tokens * self.width)

    def test_all_rows(self) -> None:
        assert self.units(1, 1, self.sequence) == pytest.approx(34 + 80)
        assert self.units(8, 1, self.sequence) == pytest.approx(10 + 24 / 8 + 80 / 8)
        assert self.units(8, 8, self.sequence) == pytest.approx((34 + 80) / 8)
        # Selective recomputation drops what grows with the square of the sequence.
        assert self.units(8, 1, 0) == pytest.approx(10 + 24 / 8)
        assert self.units(8, 8, 0) == pytest.approx(34 / 8)

    def test_full_recomputation(self) -> None:
        assert activations.checkpoint_bytes(self.tokens, self.width, 2, 1) == 2 * self.tokens * self.width

    def test_selective_saves_seventy_per_cent(self) -> None:
        """§5: 70 % for GPT-3 and, with 5 a s / h = 64, 65 % for the model with 530 billion parameters."""
        assert 1 - self.units(1, 1, 0) / self.units(1, 1, self.sequence) == pytest.approx(0.70, abs=0.005)
        whole = gpt_layer(2048, 20480, 128, 2048, 1, 1)
        assert 1 - gpt_layer(2048, 20480, 128, 0, 1, 1) / whole == pytest.approx(0.65, abs=0.005)


def test_llama_layer_item_by_item() -> None:
    """Llama 3.1 8B in BF16 with FlashAttention, bytes per token, each tensor written out."""
    width, heads, kv, dim, inner = 4096, 32, 8, 128, 14336
    attention = 2 * (width + width + heads * dim + 2 * kv * dim + heads * dim) + 4 * heads
    network = 2 * (width + width + 4 * inner)  # norm's input and output; gate, up, activated gate, product
    assert activations.layer_bytes(1, width, heads, kv, dim, inner, 4, 2, 0, 4, 1, 1) == attention + network


def test_routed_experts_by_hand() -> None:
    # Two tokens to 8 experts each: 7,168 wide in and out, 2,048 inside, four tensors, two bytes.
    assert activations.routed_bytes(2, 8, 7168, 2048, 4, 2) == 2 * 8 * 2 * (2 * 7168 + 4 * 2048)


def test_in_flight() -> None:
    """Korthikanti §4.2.3: p, or p (1 + (p - 1) / (p m)); 175B with p = 8 and three chunks: 1 + 7/24."""
    assert activations.micros_in_flight(8, 64, 1) == 8
    assert activations.micros_in_flight(8, 64, 3) == pytest.approx(8 * (1 + 7 / 24))
    assert activations.micros_in_flight(8, 4, 1) == 4


# Qi et al. 2023, Tables 3 and 4: billions of parameters, layers, heads, width, devices, micro-batch of sequences of
# 1,024 tokens; peak memory in GB of 1F1B and, with twice the activations, of ZB-2p. Megatron-LM on A100, no
# FlashAttention, no recomputation, no tensor parallelism.
QI = [
    (1.5, 22, 24, 2304, 8, 6, 30, 59),
    (6.2, 30, 32, 4096, 8, 3, 39, 70),
    (14.6, 46, 40, 5120, 16, 1, 32, 51),
    (28.3, 62, 48, 6144, 32, 1, 43, 74),
]


@pytest.mark.parametrize(("billions", "layers", "heads", "width", "stages", "micro", "peak", "doubled"), QI)
def test_measured_peaks_of_pipelines(
    billions: float, layers: int, heads: int, width: int, stages: int, micro: int, peak: float, doubled: float
) -> None:
    """States of 16 bytes per parameter, and all layers' activations however many stages share them: within 5 %."""
    states = training_memory.state_bytes(billions * 1e9 / stages, 2, 2, 12, 1, 1, 1)
    layer = gpt_layer(micro * 1024, width, heads, 1024, 1, 1)
    in_flight = activations.micros_in_flight(stages, 3 * stages, 1)
    held = activations.stage_bytes(layers / stages, in_flight, layer)
    assert training_memory.gpu_bytes(states, held, 0, 0) / 1e9 == pytest.approx(peak, rel=0.05)
    assert training_memory.gpu_bytes(states, 2 * held, 0, 0) / 1e9 == pytest.approx(doubled, rel=0.05)


def test_measured_peak_with_a_large_vocabulary() -> None:
    """torchtitan, Llama 3.1 8B, 32,768 tokens per GPU, full recomputation: 83.9 GiB, most of it the loss.

    FP32 states over 8 GPUs; the input of every layer; in the backward pass of the loss three FP32 tensors of the size
    of the logits and one in BF16; one layer computed again. Float8 and compilation are not modelled: within 10 %.
    """
    tokens, width, layers = 32_768, 4096, 32
    parts = (
        training_memory.state_bytes(8.03e9, 4, 4, 8, 8, 8, 8),
        layers * activations.checkpoint_bytes(tokens, width, 2, 1),
        vocabulary.logits_bytes(tokens, 128_256, 3 * 4 + 2),
        activations.layer_bytes(tokens, width, 32, 8, 128, 14336, 4, 2, 0, 4, 1, 1),
    )
    assert training_memory.gpu_bytes(*parts) / 2**30 == pytest.approx(83.9, rel=0.1)
