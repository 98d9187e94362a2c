"""The decoder with random weights: against the decoder that reads files, and against itself without a cache."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from figures.measurements import decoder
from figures.measurements.decoder import Array
from figures.measurements.random_decoder import BASE, EPSILON, Cache, RandomDecoder, Size

SIZE = Size(layers=2, width=24, heads=6, kv_heads=2, inner=40, vocabulary=50)
MODEL = RandomDecoder(SIZE, np.random.default_rng(1))
TOKENS = np.random.default_rng(2).integers(0, SIZE.vocabulary, 9)
NAMES = {
    "attn_q": "query", "attn_k": "key", "attn_v": "value", "attn_output": "output",
    "ffn_gate": "gate", "ffn_up": "up", "ffn_down": "down",
}  # fmt: skip


def other_implementation(tokens: NDArray[np.int64]) -> Array:
    """The decoder of GGUF files with the same weights; its matrices are applied from the left."""
    shape = decoder.Shape(SIZE.heads, SIZE.kv_heads, EPSILON, BASE)
    hidden: Array = MODEL.embedding[:, tokens].T
    for layer in MODEL.layers:

        def weight(name: str, layer: dict[str, Array] = layer) -> Array:
            return layer[NAMES[name]].T if name in NAMES else MODEL.gain

        hidden, _ = decoder.block(hidden, weight, shape)
    logits: Array = decoder.norm(hidden[-1:], MODEL.gain, EPSILON)[0] @ MODEL.embedding
    return logits


def test_a_prompt_gives_what_the_other_decoder_gives() -> None:
    np.testing.assert_allclose(MODEL.step([(Cache(SIZE, 9), TOKENS)])[0], other_implementation(TOKENS), rtol=2e-5)


@pytest.mark.parametrize("cuts", [(1,) * 9, (4, 3, 2), (8, 1), (1, 8)])
def test_parts_of_a_prompt_give_what_the_whole_gives(cuts: tuple[int, ...]) -> None:
    held, first = Cache(SIZE, 12), 0
    for count in cuts:
        logits = MODEL.step([(held, TOKENS[first : first + count])])
        first += count
        np.testing.assert_allclose(logits[0], other_implementation(TOKENS[:first]), rtol=5e-5, atol=1e-5)
    assert held.length == 9


def test_sequences_of_a_batch_do_not_see_each_other() -> None:
    caches = [Cache(SIZE, 9) for _ in range(3)]
    lengths = (2, 7, 4)
    MODEL.step([(held, TOKENS[:length]) for held, length in zip(caches, lengths, strict=True)])
    logits = MODEL.step([(held, TOKENS[length : length + 2]) for held, length in zip(caches, lengths, strict=True)])
    for found, length in zip(logits, lengths, strict=True):
        np.testing.assert_allclose(found, other_implementation(TOKENS[: length + 2]), rtol=5e-5, atol=1e-5)


def test_parameters_and_cache_are_counted() -> None:
    assert SIZE.parameters == 2 * (2 * 24 * 24 + 2 * 24 * 8 + 3 * 24 * 40) + 24 * 50
    assert (
        sum(matrix.size for layer in MODEL.layers for matrix in layer.values()) + MODEL.embedding.size
        == SIZE.parameters
    )
    assert SIZE.cached_elements == sum(array[..., 0].size for array in (Cache(SIZE, 1).keys, Cache(SIZE, 1).values))
