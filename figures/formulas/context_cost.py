"""What attention costs beside the rest of a model, as the context grows: operations, and bytes read."""

from __future__ import annotations

from collections.abc import Sequence

from figures.formula import formula


@formula(
    latex=r"\Pi(S, W_g) = \frac{S' (S' + 1)}{2} + (S - S')\, W_g,\quad S' = \min(S, W_g)",
    symbols={"context": "S", "window": "W_g"},
)
def attended_pairs(context: float, window: float) -> float:
    """Pairs of a token with itself or an earlier one that a causal layer scores.

    Args:
        context (token): tokens of the sequence.
        window (token): most tokens to which the layer attends, the token itself included; 0 means all.

    Returns:
        (1) pairs, over the whole sequence.

    Assumptions:
        A kernel that skips what the mask hides.
    """
    inside = min(context, window) if window > 0 else context
    return inside * (inside + 1) / 2 + (context - inside) * window


@formula(
    latex=r"F_\mathrm{att} = 2\, h_q\, (d_k + d_v) \sum_g L_g\, \Pi(S, W_g)",
    symbols={
        "context": "S",
        "query_heads": "h_q",
        "key_dim": "d_k",
        "value_dim": "d_v",
        "layers": "L_g",
        "windows": "W_g",
    },
)
def attention_operations(
    context: float,
    query_heads: int,
    key_dim: int,
    value_dim: int,
    layers: Sequence[float],
    windows: Sequence[float],
) -> float:
    """Operations of scores and weighted values in the prefill of a sequence.

    Args:
        context (token): tokens of the sequence.
        query_heads (1): query heads of a layer.
        key_dim (1): dimension of one head's key.
        value_dim (1): dimension of one head's value.
        layers (1): layers in each group of like layers.
        windows (token): most tokens to which a layer of each group attends; 0 means all.

    Returns:
        (FLOP) two per head, dimension and pair for the score, and two for the value.

    Assumptions:
        A kernel that skips what the mask hides; softmax neglected; projections belong to the products with weights.
    """
    pairs = sum(count * attended_pairs(context, window) for count, window in zip(layers, windows, strict=True))
    return 2 * query_heads * (key_dim + value_dim) * pairs


@formula(
    latex=r"F_\mathrm{att,1} = 2\, h_q\, (d_k + d_v) \sum_g L_g \min(S, W_g)",
    symbols={
        "context": "S",
        "query_heads": "h_q",
        "key_dim": "d_k",
        "value_dim": "d_v",
        "layers": "L_g",
        "windows": "W_g",
    },
)
def token_attention_operations(
    context: float,
    query_heads: int,
    key_dim: int,
    value_dim: int,
    layers: Sequence[float],
    windows: Sequence[float],
) -> float:
    """Operations of scores and weighted values for one token behind a context.

    Args:
        context (token): tokens to which it could attend, itself included.
        query_heads (1): query heads of a layer.
        key_dim (1): dimension of one head's key; the latent and the rotary key in absorbed MLA.
        value_dim (1): dimension of one head's value; the latent in absorbed MLA.
        layers (1): layers in each group of like layers.
        windows (token): most tokens to which a layer of each group attends; 0 means all.

    Returns:
        (FLOP) two per head, dimension and token for the score, and two for the value.

    Assumptions:
        Softmax neglected; projections belong to the products with weights.
    """
    attended = sum(
        count * (min(context, window) if window > 0 else context) for count, window in zip(layers, windows, strict=True)
    )
    return 2 * query_heads * (key_dim + value_dim) * attended


@formula(
    latex=r"\phi_\mathrm{att} = \frac{F_\mathrm{att}}{F_\mathrm{att} + F_\mathrm{w}}",
    symbols={"attention": r"F_\mathrm{att}", "products": r"F_\mathrm{w}"},
)
def attention_share(attention: float, products: float) -> float:
    """Share of scores and weighted values in the operations of some tokens.

    Args:
        attention (FLOP): operations of scores and weighted values.
        products (FLOP): operations of the products with weights, projections included.

    Returns:
        (1) share of both together.

    Assumptions:
        Softmax, norms and activations are neglected.
    """
    return attention / (attention + products)


@formula(
    latex=r"S_{\times} = \frac{N_\mathrm{p}}{L_\mathrm{f}\, h_q\, (d_k + d_v)}",
    symbols={
        "parameters": r"N_\mathrm{p}",
        "layers": r"L_\mathrm{f}",
        "query_heads": "h_q",
        "key_dim": "d_k",
        "value_dim": "d_v",
    },
)
def crossover_context(parameters: float, layers: float, query_heads: int, key_dim: int, value_dim: int) -> float:
    """Context at which attention takes as many operations for a token as the products with weights.

    Args:
        parameters (1): parameters that a token passes: the active ones of a mixture of experts.
        layers (1): layers that attend to the whole context.
        query_heads (1): query heads of a layer.
        key_dim (1): dimension of one head's key.
        value_dim (1): dimension of one head's value.

    Returns:
        (token) context of a token; the prefill of a prompt reaches equality at twice this length.

    Assumptions:
        Layers with windows or states are neglected; counted per token of the context.
    """
    return parameters / (layers * query_heads * (key_dim + value_dim))


@formula(
    latex=r"\phi_M = \frac{B\, M(S)}{M_\mathrm{w} + B\, M(S)}",
    symbols={"weights": r"M_\mathrm{w}", "batch": "B", "cache": "M(S)"},
)
def cache_traffic_share(weights: float, batch: int, cache: float) -> float:
    """Share of the caches in the bytes that a decode step reads.

    Args:
        weights (B): bytes of the weights that the step reads.
        batch (1): sequences decoded together.
        cache (B): cache of one sequence.

    Returns:
        (1) share of weights and caches together.

    Assumptions:
        Weights once, every cache once, nothing else.
    """
    return batch * cache / (weights + batch * cache)


@formula(
    latex=r"\phi_\mathrm{att} = \frac{F_\mathrm{att}}{F_\mathrm{att} + 2 N_\mathrm{p} S},\quad"
    r" F_\mathrm{att} = 4\, h_q\, d_h \sum_g L_g\, \Pi(S, W_g)",
    symbols={
        "context": "S",
        "parameters": r"N_\mathrm{p}",
        "query_heads": "h_q",
        "head_dim": "d_h",
        "layers": "L_g",
        "windows": "W_g",
    },
)
def prefill_attention_share(
    context: float,
    parameters: float,
    query_heads: int,
    head_dim: int,
    layers: Sequence[float],
    windows: Sequence[float],
) -> float:
    """Share of scores and weighted values in the operations of a prefill.

    Args:
        context (token): tokens of the prompt.
        parameters (1): parameters that every token passes.
        query_heads (1): query heads of a layer.
        head_dim (1): dimension of one head.
        layers (1): layers in each group of like layers.
        windows (token): most tokens to which a layer of each group attends; 0 means all.

    Returns:
        (1) share of attention and products with weights together.

    Assumptions:
        Those of both parts: a decoder whose layers have equal query heads, a kernel that skips what the mask hides.
    """
    attention = attention_operations(context, query_heads, head_dim, head_dim, layers, windows)
    return attention_share(attention, 2 * parameters * context)


@formula(
    latex=r"\phi_\mathrm{att,1} = \frac{F_\mathrm{att,1}}{F_\mathrm{att,1} + 2 N_\mathrm{p}},\quad"
    r" F_\mathrm{att,1} = 4\, h_q\, d_h \sum_g L_g \min(S, W_g)",
    symbols={
        "context": "S",
        "parameters": r"N_\mathrm{p}",
        "query_heads": "h_q",
        "head_dim": "d_h",
        "layers": "L_g",
        "windows": "W_g",
    },
)
def token_attention_share(
    context: float,
    parameters: float,
    query_heads: int,
    head_dim: int,
    layers: Sequence[float],
    windows: Sequence[float],
) -> float:
    """Share of scores and weighted values in the operations of one token behind a context.

    Args:
        context (token): tokens to which it could attend, itself included.
        parameters (1): parameters that every token passes.
        query_heads (1): query heads of a layer.
        head_dim (1): dimension of one head.
        layers (1): layers in each group of like layers.
        windows (token): most tokens to which a layer of each group attends; 0 means all.

    Returns:
        (1) share of attention and products with weights together.

    Assumptions:
        Those of both parts: a decoder whose layers have equal query heads.
    """
    attention = token_attention_operations(context, query_heads, head_dim, head_dim, layers, windows)
    return attention_share(attention, 2 * parameters)
