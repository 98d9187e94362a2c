"""Bring back the cache of a prefix by loading and computing at the same time."""

from __future__ import annotations

import math

from figures.formula import formula
from figures.formulas import reuse


@formula(
    latex=r"P_\mathrm{x} = \frac{\sqrt{\ell_\mathrm{x}^2 + 8 L\, h_q\, d_h\, P_\mathrm{ach}\, (t_0 + m P / \beta)}"
    r" - \ell_\mathrm{x}}{4 L\, h_q\, d_h},\quad "
    r"\ell_\mathrm{x} = 2 N_\mathrm{p} + 2 L\, h_q\, d_h + \frac{m\, P_\mathrm{ach}}{\beta}",
    symbols={
        "prefix": "P",
        "growth": "m",
        "parameters": r"N_\mathrm{p}",
        "layers": "L",
        "query_heads": "h_q",
        "head_dim": "d_h",
        "rate": r"P_\mathrm{ach}",
        "bandwidth": r"\beta",
        "latency": "t_0",
    },
)
def meeting_point(
    prefix: int,
    growth: float,
    parameters: float,
    layers: int,
    query_heads: int,
    head_dim: int,
    rate: float,
    bandwidth: float,
    latency: float,
) -> float:
    """Tokens computed from the front of a prefix when they meet those loaded from its end.

    Args:
        prefix (token): tokens of the prefix.
        growth (B/token): bytes of cache of one token.
        parameters (1): parameters that every token passes.
        layers (1): layers that attend to the whole prefix.
        query_heads (1): query heads of a layer.
        head_dim (1): dimension of one head.
        rate (FLOP/s): arithmetic rate that the prefill achieves.
        bandwidth (B/s): bandwidth at which caches are loaded.
        latency (s): from the request until the first byte arrives.

    Returns:
        (token) tokens that are computed, not rounded; the rest is loaded. The whole prefix if it is computed before
        the first byte arrives.

    Assumptions:
        Those of the operations of a prefix; the front is computed, since its tokens attend to the fewest others; any
        number of tokens can be computed and loaded at a time.
    """
    pair = 2 * layers * query_heads * head_dim
    linear = 2 * parameters + pair + growth * rate / bandwidth
    work = rate * (latency + growth * prefix / bandwidth)
    return min(prefix, (math.sqrt(linear**2 + 4 * pair * work) - linear) / (2 * pair))


@formula(
    latex=r"t_\mathrm{both} = t_0 + \frac{m\, (P - P_\mathrm{x})}{\beta}",
    symbols={
        "latency": "t_0",
        "growth": "m",
        "prefix": "P",
        "meeting": r"P_\mathrm{x}",
        "bandwidth": r"\beta",
    },
)
def both_ends_time(latency: float, growth: float, prefix: float, meeting: float, bandwidth: float) -> float:
    """Time in which a prefix is restored from both ends: its front computed, its end loaded.

    Args:
        latency (s): from the request until the first byte arrives.
        growth (B/token): bytes of cache of one token.
        prefix (token): tokens of the prefix.
        meeting (token): those of them that are computed.
        bandwidth (B/s): bandwidth at which caches are loaded.

    Returns:
        (s) shorter than either way alone.

    Assumptions:
        Computing and loading do not slow each other down and end together.
    """
    return reuse.reload_time(latency, growth * (prefix - meeting), bandwidth)


@formula(
    latex=r"n_\mathrm{hid} = \frac{M(P)}{\beta} \cdot \frac{P_\mathrm{ach}}{2\, N_\mathrm{p}}",
    symbols={
        "cache": "M(P)",
        "bandwidth": r"\beta",
        "rate": r"P_\mathrm{ach}",
        "parameters": r"N_\mathrm{p}",
    },
)
def hiding_tokens(cache: float, bandwidth: float, rate: float, parameters: float) -> float:
    """New tokens of a prompt whose prefill hides the loading of the prefix, layer by layer.

    Args:
        cache (B): cache of the prefix.
        bandwidth (B/s): bandwidth at which it is loaded.
        rate (FLOP/s): arithmetic rate that the prefill achieves.
        parameters (1): parameters that every token passes.

    Returns:
        (1) tokens after the prefix, not rounded; with more of them a layer's cache arrives before it is needed.

    Assumptions:
        The cache of a layer is loaded while the layers before compute; the first layer's load and the operations of
        attention are neglected.
    """
    return cache / bandwidth * rate / (2 * parameters)
