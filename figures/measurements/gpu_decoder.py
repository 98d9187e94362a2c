"""A Llama-like decoder with random weights in torch, in BF16: one step of a batch, as a graph that can be captured.

All sequences of a batch have the same number of cached tokens and go on by the same number of positions, so that
every tensor of a step has a fixed shape. Upon a cache, attention is a product of the queries that share a head with
the head's keys; a prompt without a cache goes through torch's fused causal attention.
"""

from __future__ import annotations

from typing import Any

from figures.measurements.gpu import Device, Tensor
from figures.measurements.random_decoder import BASE, EPSILON, Size

LLAMA_8B = Size(layers=32, width=4096, heads=32, kv_heads=8, inner=14336, vocabulary=128256)
"""The shape of Llama 3.1 8B, with one matrix as embedding and output layer: a token passes as many parameters."""


class GpuDecoder:
    """The model and the memory in which the caches of a step lie."""

    def __init__(self, torch: Any, device: Device, size: Size, cached_elements: int) -> None:
        """Draw weights, and contents for so many elements of cache."""
        self.torch, self.device, self.size = torch, device, size
        kv = size.kv_heads * size.head_dim

        def matrix(rows: int, columns: int) -> Tensor:
            return torch.randn(rows, columns, device=device, dtype=torch.bfloat16).mul_(rows**-0.5)

        self.layers = [
            {
                "qkv": matrix(size.width, size.width + 2 * kv),
                "output": matrix(size.width, size.width),
                "gate_up": matrix(size.width, 2 * size.inner),
                "down": matrix(size.inner, size.width),
            }
            for _ in range(size.layers)
        ]
        self.embedding = matrix(size.width, size.vocabulary)
        self.table = self.embedding.t().contiguous()
        self.gain = torch.ones(size.width, device=device, dtype=torch.bfloat16)
        self.memory = torch.randn(cached_elements, device=device, dtype=torch.bfloat16)
        self._kv = kv

    def caches(self, batch: int, room: int) -> tuple[Tensor, Tensor]:
        """Keys and values in that memory, (layers, batch, KV heads, room, dimension)."""
        size = self.size
        held = self.memory[: size.cached_elements * batch * room]
        keys, values = held.view(2, size.layers, batch, size.kv_heads, room, size.head_dim)
        return keys, values

    def step(self, tokens: Tensor, context: int) -> Tensor:
        """Let every sequence of ``tokens`` (batch, positions) go on upon ``context`` cached tokens.

        Returns:
            Logits after the last position, (batch, vocabulary).
        """
        torch, size = self.torch, self.size
        functional = torch.nn.functional
        batch, asked = tokens.shape
        length = context + asked
        keys, values = self.caches(batch, length)
        angles = self._angles(context, asked)
        hidden = self.table[tokens]
        for number, weight in enumerate(self.layers):
            inner = functional.rms_norm(hidden, (size.width,), self.gain, EPSILON)
            parts = (inner @ weight["qkv"]).split((size.width, self._kv, self._kv), dim=-1)
            query, key, value = (part.view(batch, asked, -1, size.head_dim).transpose(1, 2) for part in parts)
            query, key = self._turn(query, *angles), self._turn(key, *angles)
            keys[number, :, :, context:] = key
            values[number, :, :, context:] = value
            if context:
                mixed = self._attend(query, keys[number], values[number])
            else:
                mixed = functional.scaled_dot_product_attention(query, key, value, is_causal=True, enable_gqa=True)
            hidden = hidden + mixed.transpose(1, 2).reshape(batch, asked, -1) @ weight["output"]
            inner = functional.rms_norm(hidden, (size.width,), self.gain, EPSILON)
            gate, up = (inner @ weight["gate_up"]).chunk(2, dim=-1)
            hidden = hidden + (functional.silu(gate) * up) @ weight["down"]
        return functional.rms_norm(hidden[:, -1], (size.width,), self.gain, EPSILON) @ self.embedding

    def _attend(self, query: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        """Causal attention of the last positions, (batch, heads, positions, dimension), to a whole cache."""
        torch, size = self.torch, self.size
        batch, _, asked, _ = query.shape
        length = keys.shape[-2]
        grouped = query.reshape(batch, size.kv_heads, -1, size.head_dim)
        scores = grouped @ keys.transpose(-1, -2) * size.head_dim**-0.5
        if asked > 1:
            place = torch.arange(length, device=self.device)
            later = place > place[length - asked :, None]
            scores = scores.view(batch, size.heads, asked, length).masked_fill(later, float("-inf"))
            scores = scores.view(batch, size.kv_heads, -1, length)
        weights = torch.softmax(scores, dim=-1, dtype=torch.float32).to(values.dtype)
        return (weights @ values).view(batch, size.heads, asked, size.head_dim)

    def _angles(self, first: int, count: int) -> tuple[Tensor, Tensor]:
        """Cosines and sines of positions, (positions, half the dimension of a head)."""
        torch, half = self.torch, self.size.head_dim // 2
        places = torch.arange(first, first + count, device=self.device, dtype=torch.float32)
        angles = torch.outer(places, BASE ** (-torch.arange(half, device=self.device) / half))
        return angles.cos(), angles.sin()

    def _turn(self, vectors: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:
        """Rotary embedding, adjacent channels paired."""
        even, odd = vectors[..., ::2].float(), vectors[..., 1::2].float()
        turned = (even * cosines - odd * sines, even * sines + odd * cosines)
        return self.torch.stack(turned, dim=-1).flatten(-2).to(vectors.dtype)
