"""Bring back the cache of a prefix by loading and computing at the same time."""

from __future__ import annotations

import math

from figures.formula import formula


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
    # The root as a quotient of sums: the difference of the usual form would lose all digits where attention is small.
    return min(prefix, 2 * work / (math.sqrt(linear**2 + 4 * pair * work) + linear))


@formula(
    latex=r"t_\mathrm{both} = \frac{2 N_\mathrm{p} P_\mathrm{x} + 2 L\, h_q\, d_h\, P_\mathrm{x} (P_\mathrm{x} + 1)}"
    r"{P_\mathrm{ach}}",
    symbols={
        "meeting": r"P_\mathrm{x}",
        "parameters": r"N_\mathrm{p}",
        "layers": "L",
        "query_heads": "h_q",
        "head_dim": "d_h",
        "rate": r"P_\mathrm{ach}",
    },
)
def both_ends_time(
    meeting: float, parameters: float, layers: int, query_heads: int, head_dim: int, rate: float
) -> float:
    """Time in which a prefix is restored from both ends: its front computed, its end loaded.

    Args:
        meeting (token): tokens of the front, which are computed.
        parameters (1): parameters that every token passes.
        layers (1): layers that attend to the whole prefix.
        query_heads (1): query heads of a layer.
        head_dim (1): dimension of one head.
        rate (FLOP/s): arithmetic rate that the prefill achieves.

    Returns:
        (s) the time of the computed part, in which the loaded part arrives; shorter than either way alone.

    Assumptions:
        Computing and loading do not slow each other down and end together.
    """
    pair = 2 * layers * query_heads * head_dim
    return (2 * parameters * meeting + pair * meeting * (meeting + 1)) / rate


@formula(
    latex=r"n_\mathrm{hid} = \frac{\sqrt{\ell_\mathrm{h}^2 + 8 L\, h_q\, d_h\, P_\mathrm{ach}\, M(P) / \beta}"
    r" - \ell_\mathrm{h}}{4 L\, h_q\, d_h},\quad "
    r"\ell_\mathrm{h} = 2 N_\mathrm{p} + 2 L\, h_q\, d_h\, (2 P + 1)",
    symbols={
        "cache": "M(P)",
        "bandwidth": r"\beta",
        "rate": r"P_\mathrm{ach}",
        "parameters": r"N_\mathrm{p}",
        "prefix": "P",
        "layers": "L",
        "query_heads": "h_q",
        "head_dim": "d_h",
    },
)
def hiding_tokens(
    cache: float,
    bandwidth: float,
    rate: float,
    parameters: float,
    prefix: int,
    layers: int,
    query_heads: int,
    head_dim: int,
) -> float:
    """New tokens of a prompt whose prefill hides the loading of the prefix, layer by layer.

    Args:
        cache (B): cache of the prefix.
        bandwidth (B/s): bandwidth at which it is loaded.
        rate (FLOP/s): arithmetic rate that the prefill achieves.
        parameters (1): parameters that every token passes.
        prefix (token): tokens of the prefix, to which every new token attends.
        layers (1): layers that attend to all of it.
        query_heads (1): query heads of a layer.
        head_dim (1): dimension of one head.

    Returns:
        (token) tokens after the prefix, not rounded; with more of them a layer's cache arrives before it is needed.

    Assumptions:
        The cache of a layer is loaded while the layers before compute; the first layer's load is neglected. The
        operations are those of a prefix with the new tokens, less those of the prefix alone.
    """
    pair = 2 * layers * query_heads * head_dim
    linear = 2 * parameters + pair * (2 * prefix + 1)
    work = rate * cache / bandwidth
    # The root as a quotient of sums, as for the meeting point.
    return 2 * work / (math.sqrt(linear**2 + 4 * pair * work) + linear)
