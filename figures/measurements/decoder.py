"""The forward pass of a Llama-like decoder in numpy, kept open where keys and values are made.

Root-mean-square norms, grouped-query attention with rotary positions on adjacent channel pairs (the order
in which GGUF files store them), a gated feed-forward layer, no biases.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from figures.measurements.gguf import Gguf

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Layer:
    """What one layer computes for attention, each (heads, tokens, head dimension).

    ``raw_keys`` are the keys before the rotation by position, ``keys`` those that are cached.
    """

    queries: Array
    raw_keys: Array
    keys: Array
    values: Array


def turn(vectors: Array, base: float, positions: NDArray[np.int64]) -> Array:
    """Rotary position embedding of (heads, tokens, dimension), adjacent channels paired, each token at its position."""
    half = vectors.shape[-1] // 2
    angles = np.outer(positions, base ** (-np.arange(half) / half))
    turned = vectors.astype(np.float64).view(np.complex128) * np.exp(1j * angles)
    return turned.view(np.float64).astype(np.float32)


def rotate(vectors: Array, base: float, first: int = 0) -> Array:
    """The same for consecutive tokens from position ``first`` on."""
    return turn(vectors, base, np.arange(first, first + vectors.shape[-2]))


def attend(queries: Array, keys: Array, values: Array) -> Array:
    """Causal attention of the last tokens: (heads, queries, dim) over (KV heads, tokens, dim)."""
    heads, asked, width = queries.shape
    shared, held, _ = keys.shape
    grouped = queries.reshape(shared, heads // shared, asked, width)
    scores = grouped @ keys.swapaxes(-1, -2)[:, None] / np.float32(np.sqrt(width))
    scores[..., np.arange(held) > np.arange(held - asked, held)[:, None]] = -np.inf
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    mixed: Array = weights @ values[:, None]
    return mixed.reshape(queries.shape)


def norm(hidden: Array, weight: Array, epsilon: float) -> Array:
    """Root-mean-square norm of each token."""
    scale = np.sqrt(np.square(hidden).mean(axis=-1, keepdims=True) + np.float32(epsilon))
    result: Array = hidden / scale * weight
    return result


@dataclass(frozen=True, slots=True)
class Shape:
    """What a layer needs to know of its model, and the base of its rotary positions."""

    heads: int
    shared: int
    epsilon: float
    base: float

    @classmethod
    def of(cls, model: Gguf) -> Shape:
        """As the file of the model says."""
        names = ("attention.head_count", "attention.head_count_kv", "attention.layer_norm_rms_epsilon")
        return cls(*(model.metadata[f"llama.{name}"] for name in (*names, "rope.freq_base")))


def block(
    hidden: Array,
    weight: Callable[[str], Array],
    shape: Shape,
    past: tuple[Array, Array] | None = None,
    watch: Callable[[str, Array], None] = lambda name, inputs: None,
) -> tuple[Array, Layer]:
    """One layer: what leaves it, and what it made of the tokens ``hidden``.

    ``past`` are the keys and values of the tokens before them, if there are any. ``watch`` gets the inputs of the
    linear layers, a row per token, with the name of the first layer that they enter.
    """

    def split(vectors: Array, count: int) -> Array:
        return np.ascontiguousarray(vectors.reshape(len(hidden), count, -1).transpose(1, 0, 2))

    first = past[0].shape[1] if past else 0
    inner = norm(hidden, weight("attn_norm"), shape.epsilon)
    watch("attn_q", inner)
    queries = split(inner @ weight("attn_q").T, shape.heads)
    keys, values = (split(inner @ weight(name).T, shape.shared) for name in ("attn_k", "attn_v"))
    layer = Layer(rotate(queries, shape.base, first), keys, rotate(keys, shape.base, first), values)
    held = (layer.keys, layer.values)
    if past:
        held = (np.concatenate((past[0], layer.keys), axis=1), np.concatenate((past[1], layer.values), axis=1))
    mixed = attend(layer.queries, *held).transpose(1, 0, 2).reshape(len(hidden), -1)
    watch("attn_output", mixed)
    hidden = hidden + mixed @ weight("attn_output").T
    inner = norm(hidden, weight("ffn_norm"), shape.epsilon)
    watch("ffn_gate", inner)
    gate = inner @ weight("ffn_gate").T
    gated = gate / (1 + np.exp(-gate)) * (inner @ weight("ffn_up").T)
    watch("ffn_down", gated)
    return hidden + gated @ weight("ffn_down").T, layer


def run(model: Gguf, tokens: Sequence[int]) -> tuple[list[Layer], Array]:
    """All layers of ``model`` over ``tokens``, and the logits of the last token."""
    shape = Shape.of(model)
    embedding = model.tensor("token_embd.weight")
    hidden = embedding[list(tokens)]
    layers = []
    for number in range(model.metadata["llama.block_count"]):

        def weight(name: str, number: int = number) -> Array:
            return model.tensor(f"blk.{number}.{name}.weight")

        hidden, layer = block(hidden, weight, shape)
        layers.append(layer)
    last = norm(hidden[-1:], model.tensor("output_norm.weight"), shape.epsilon)
    return layers, (last @ embedding.T)[0]
