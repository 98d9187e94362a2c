"""Recompute a prefix, or load its cache? And what it takes to send caches from machine to machine."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"F(P) = 2 N_\mathrm{p} P + 2 L\, h_q\, d_h\, P (P + 1)",
    symbols={
        "prefix": "P",
        "parameters": r"N_\mathrm{p}",
        "layers": "L",
        "query_heads": "h_q",
        "head_dim": "d_h",
    },
)
def prefill_operations(prefix: int, parameters: float, layers: int, query_heads: int, head_dim: int) -> float:
    """Operations that compute the cache of a prefix in a dense decoder.

    Args:
        prefix (token): tokens of the prefix.
        parameters (1): parameters that every token passes; embeddings looked up and not multiplied may be left out.
        layers (1): layers that attend to the whole prefix.
        query_heads (1): query heads of a layer.
        head_dim (1): dimension of one head.

    Returns:
        (FLOP) two per parameter and token, and four per query head, dimension and pair of a token with itself or
        an earlier one: two for its score, two for its share of the value.

    Assumptions:
        The kernel skips what the causal mask hides; one that does not does almost twice the attention part.
        Softmax, norms and activations are neglected.
    """
    return 2 * parameters * prefix + 2 * layers * query_heads * head_dim * prefix * (prefix + 1)


@formula(
    latex=r"t_\mathrm{re} = \frac{F(P)}{P_\mathrm{ach}}",
    symbols={"operations": "F(P)", "rate": r"P_\mathrm{ach}"},
)
def recompute_time(operations: float, rate: float) -> float:
    """Time in which a prefix is computed again.

    Args:
        operations (FLOP): operations of its prefill.
        rate (FLOP/s): arithmetic rate that the prefill achieves, over all GPUs; less than their peak.

    Returns:
        (s) time of the prefill alone, without waiting.
    """
    return operations / rate


@formula(
    latex=r"t_\mathrm{load} = t_0 + \frac{M(P)}{\beta}",
    symbols={"latency": "t_0", "cache": "M(P)", "bandwidth": r"\beta"},
)
def reload_time(latency: float, cache: float, bandwidth: float) -> float:
    """Time in which the cache of a prefix is loaded.

    Args:
        latency (s): from the request until the first byte arrives.
        cache (B): cache of the prefix.
        bandwidth (B/s): bandwidth at which it is loaded, over all GPUs.

    Returns:
        (s) time until the last byte has arrived.

    Assumptions:
        Loading and computing do not overlap.
    """
    return latency + cache / bandwidth


@formula(
    latex=r"\beta^{*} = \frac{M(P)\, P_\mathrm{ach}}{F(P)}",
    symbols={"cache": "M(P)", "operations": "F(P)", "rate": r"P_\mathrm{ach}"},
    sources=("qin2025{§2.2, Eqs (1) and (2)}",),
)
def break_even_bandwidth(cache: float, operations: float, rate: float) -> float:
    """Bandwidth above which loading the cache of a prefix is faster than computing it again.

    Args:
        cache (B): cache of the prefix.
        operations (FLOP): operations of its prefill.
        rate (FLOP/s): arithmetic rate that the prefill achieves.

    Returns:
        (B/s) the bandwidth at which both take equally long.

    Assumptions:
        No latency; loading and computing do not overlap.
    """
    return cache * rate / operations


@formula(
    latex=r"P^{*} = \max\left(0,\ \frac{\sqrt{\ell^2 + 8 L\, h_q\, d_h\, P_\mathrm{ach}\, t_0} - \ell}"
    r"{4 L\, h_q\, d_h}\right),\quad \ell = 2 N_\mathrm{p} + 2 L\, h_q\, d_h - \frac{m\, P_\mathrm{ach}}{\beta}",
    symbols={
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
def break_even_prefix(
    growth: float,
    parameters: float,
    layers: int,
    query_heads: int,
    head_dim: int,
    rate: float,
    bandwidth: float,
    latency: float,
) -> float:
    """Prefix length from which loading is faster than computing again.

    Args:
        growth (B/token): bytes of cache of one token.
        parameters (1): parameters that every token passes.
        layers (1): layers that attend to the whole prefix.
        query_heads (1): query heads of a layer.
        head_dim (1): dimension of one head.
        rate (FLOP/s): arithmetic rate that the prefill achieves.
        bandwidth (B/s): bandwidth at which caches are loaded.
        latency (s): from the request until the first byte arrives.

    Returns:
        (token) tokens; 0 where loading is faster for every prefix.

    Assumptions:
        Those of the two times: a dense decoder without windows, no overlap.
    """
    pair = 2 * layers * query_heads * head_dim
    linear = 2 * parameters + pair - growth * rate / bandwidth
    return max(0, (math.sqrt(linear**2 + 4 * pair * rate * latency) - linear) / (2 * pair))


@formula(
    latex=r"\beta = \lambda\, M(S)",
    symbols={"requests": r"\lambda", "cache": "M(S)"},
    sources=("zhong2024{§3.3}",),
)
def transfer_bandwidth(requests: float, cache: float) -> float:
    """Bandwidth that keeps up with the caches which prefill machines send to decode machines.

    Args:
        requests (1/s): prompts that are prefilled per second.
        cache (B): cache of one prompt.

    Returns:
        (B/s) average load of the link; bursts need more.
    """
    return requests * cache
