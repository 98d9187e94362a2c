"""A Llama-like decoder with random weights: steps over sequences of any lengths, each with a cache of its own.

What a step takes does not depend on what the weights are, only on how many there are. A step gets *parts*: the
cache of a sequence and the tokens by which it goes on, one while it decodes, several of a draft or of a prompt.
All parts pass the linear layers together; attention goes through them one by one, each over its own cache.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from figures.measurements import decoder
from figures.measurements.decoder import Array

Tokens = NDArray[np.int64]
EPSILON, BASE = 1e-5, 500_000.0


@dataclass(frozen=True, slots=True)
class Size:
    """Layers and widths."""

    layers: int
    width: int
    heads: int
    kv_heads: int
    inner: int
    vocabulary: int

    @property
    def head_dim(self) -> int:
        """Dimension of one head."""
        return self.width // self.heads

    @property
    def shapes(self) -> dict[str, tuple[int, int]]:
        """Rows and columns of the matrices of a layer, applied to row vectors from the right."""
        kv = self.kv_heads * self.head_dim
        return {
            "query": (self.width, self.width),
            "key": (self.width, kv),
            "value": (self.width, kv),
            "output": (self.width, self.width),
            "gate": (self.width, self.inner),
            "up": (self.width, self.inner),
            "down": (self.inner, self.width),
        }

    @property
    def parameters(self) -> int:
        """Elements of all matrices that a token passes; that of the embedding is the output layer's as well."""
        return (
            self.layers * sum(rows * columns for rows, columns in self.shapes.values()) + self.vocabulary * self.width
        )

    @property
    def cached_elements(self) -> int:
        """Elements that a token leaves in the cache."""
        return 2 * self.layers * self.kv_heads * self.head_dim


class Cache:
    """Keys and values of one sequence, (layers, KV heads, dimension, room), context last."""

    def __init__(self, size: Size, room: int, memory: Array | None = None) -> None:
        """An empty cache with room for so many tokens, in ``memory`` where other caches use it at other times."""
        needed = size.cached_elements * room
        held = np.zeros(needed, np.float32) if memory is None else memory[:needed]
        self.keys, self.values = held.reshape(2, size.layers, size.kv_heads, size.head_dim, room)
        self.length = 0


Part = tuple[Cache, Tokens]


class RandomDecoder:
    """The model."""

    def __init__(self, size: Size, rng: np.random.Generator) -> None:
        """Draw weights that keep the variance of what passes them."""
        self.size = size

        def matrix(rows: int, columns: int) -> Array:
            drawn = rng.standard_normal((rows, columns), dtype=np.float32)
            drawn /= np.float32(np.sqrt(rows))
            return drawn

        self.layers = [{name: matrix(*shape) for name, shape in size.shapes.items()} for _ in range(size.layers)]
        self.embedding = matrix(size.width, size.vocabulary)
        self.gain = np.ones(size.width, np.float32)

    def step(self, parts: Sequence[Part]) -> Array:
        """Let every sequence go on by its tokens, whose keys and values join its cache.

        Returns:
            Logits after the last token of each part, (parts, vocabulary).
        """
        size = self.size
        counts = [len(tokens) for _, tokens in parts]
        ends = np.cumsum(counts)
        positions = np.concatenate([np.arange(held.length, held.length + len(new)) for held, new in parts])
        hidden = np.ascontiguousarray(self.embedding[:, np.concatenate([tokens for _, tokens in parts])].T)

        def split(vectors: Array) -> Array:
            return np.ascontiguousarray(vectors.reshape(len(vectors), -1, size.head_dim).transpose(1, 0, 2))

        for number, weight in enumerate(self.layers):
            inner = decoder.norm(hidden, self.gain, EPSILON)
            queries = decoder.turn(split(inner @ weight["query"]), BASE, positions)
            keys = decoder.turn(split(inner @ weight["key"]), BASE, positions)
            values = split(inner @ weight["value"])
            mixed = np.empty((len(hidden), size.width), np.float32)
            for (held, _), count, end in zip(parts, counts, ends, strict=True):
                new = slice(end - count, end)
                past = slice(held.length, held.length + count)
                held.keys[number, :, :, past] = keys[:, new].swapaxes(-1, -2)
                held.values[number, :, :, past] = values[:, new].swapaxes(-1, -2)
                mixed[new] = self._attend(queries[:, new], held, number, past.stop)
            hidden = hidden + mixed @ weight["output"]
            inner = decoder.norm(hidden, self.gain, EPSILON)
            gate = inner @ weight["gate"]
            hidden = hidden + gate / (1 + np.exp(-gate)) * (inner @ weight["up"]) @ weight["down"]
        for (held, _), count in zip(parts, counts, strict=True):
            held.length += count
        logits: Array = decoder.norm(hidden[ends - 1], self.gain, EPSILON) @ self.embedding
        return logits

    def _attend(self, queries: Array, held: Cache, number: int, length: int) -> Array:
        """Causal attention of the last tokens, (heads, tokens, dimension), to the first ``length`` of a cache."""
        size, asked = self.size, queries.shape[1]
        grouped = queries.reshape(size.kv_heads, -1, size.head_dim)
        scores = grouped @ held.keys[number, :, :, :length]
        scores *= np.float32(size.head_dim**-0.5)
        if asked > 1:
            later = np.arange(length) > np.arange(length - asked, length)[:, None]
            scores.reshape(size.kv_heads, -1, asked, length)[..., later] = -np.inf
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed = scores @ held.values[number, :, :, :length].swapaxes(-1, -2)
        return np.ascontiguousarray(mixed.reshape(size.heads, asked, -1).transpose(1, 0, 2)).reshape(asked, -1)
