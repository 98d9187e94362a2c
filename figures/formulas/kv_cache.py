"""The key–value cache: its size, its traffic, and how many sequences fit beside the weights."""

from __future__ import annotations

from collections.abc import Sequence

from figures.formula import formula


@formula(
    latex=r"e_\mathrm{GQA} = 2\, h_\mathrm{kv}\, d_h",
    symbols={"kv_heads": r"h_\mathrm{kv}", "head_dim": "d_h"},
    sources=("ainslie2023{§2.2}",),
)
def head_elements(kv_heads: int, head_dim: int) -> float:
    """Elements that one token stores in one layer of multi-head, grouped-query or multi-query attention.

    Args:
        kv_heads (1): key–value heads of a layer; the query heads for MHA, 1 for MQA.
        head_dim (1): dimension of one head.

    Returns:
        (1/token) one key and one value vector per KV head.

    Assumptions:
        Keys and values have the same head dimension.
    """
    return 2 * kv_heads * head_dim


@formula(
    latex=r"M(S) = w \sum_g L_g\, e_g \min(S, W_g)",
    symbols={"context": "S", "element_bytes": "w", "layers": "L_g", "elements": "e_g", "windows": "W_g"},
)
def cache_bytes(
    context: int, element_bytes: float, layers: Sequence[int], elements: Sequence[int], windows: Sequence[int]
) -> float:
    """KV-cache size of one sequence.

    Args:
        context (token): tokens in the cache.
        element_bytes (B): bytes of one stored element.
        layers (1): layers in each group of like layers.
        elements (1/token): elements that a layer of each group stores per token.
        windows (token): most tokens that a layer of each group keeps; 0 means all.

    Returns:
        (B) bytes of keys and values over all layers.

    Assumptions:
        No padding to blocks, no quantization scales, one copy.
    """
    return element_bytes * sum(
        count * width * (min(context, window) if window > 0 else context)
        for count, width, window in zip(layers, elements, windows, strict=True)
    )
