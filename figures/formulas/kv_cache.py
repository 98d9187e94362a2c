"""The key–value cache: what a token stores, how large the cache grows, how many sequences fit."""

from __future__ import annotations

import math
from collections.abc import Sequence

from figures.formula import formula


@formula(
    latex=r"e = 2\, h_\mathrm{kv}\, d_h",
    symbols={"kv_heads": r"h_\mathrm{kv}", "head_dim": "d_h"},
    sources=("deepseek2024v2{§2.1.1, §2.1.4}",),
)
def head_elements(kv_heads: int, head_dim: int) -> float:
    """Elements that one token stores in one layer of multi-head, grouped-query or multi-query attention.

    Args:
        kv_heads (1): key–value heads of a layer; all query heads for MHA, 1 for MQA.
        head_dim (1): dimension of one head.

    Returns:
        (1) one key and one value vector per KV head.

    Assumptions:
        Keys and values have the same head dimension and are both stored.
    """
    return 2 * kv_heads * head_dim


@formula(
    latex=r"e = h_\mathrm{kv}\, (d_h + d_v)",
    symbols={"kv_heads": r"h_\mathrm{kv}", "key_dim": "d_h", "value_dim": "d_v"},
)
def uneven_elements(kv_heads: int, key_dim: int, value_dim: int) -> float:
    """Elements that one token stores in one layer whose values have another dimension than its keys.

    Args:
        kv_heads (1): key–value heads of a layer.
        key_dim (1): dimension of a key, and so of a query.
        value_dim (1): dimension of a value.

    Returns:
        (1) one key and one value vector per KV head.

    Assumptions:
        Both are stored; with equal dimensions this is ``head_elements``.
    """
    return kv_heads * (key_dim + value_dim)


@formula(
    latex=r"e = d_c + d_r",
    symbols={"latent_dim": "d_c", "rope_dim": "d_r"},
    sources=("deepseek2024v2{§2.1.3}",),
)
def latent_elements(latent_dim: int, rope_dim: int) -> float:
    """Elements that one token stores in one layer of multi-head latent attention.

    Args:
        latent_dim (1): dimension of the compressed key–value vector.
        rope_dim (1): dimension of the one shared key that carries the position.

    Returns:
        (1) one latent vector and one rotary key, whatever the number of heads.

    Assumptions:
        The up-projections are absorbed, so that neither keys nor values are stored.
    """
    return latent_dim + rope_dim


@formula(
    latex=r"e = h\, d_k\, d_v",
    symbols={"heads": "h", "key_dim": "d_k", "value_dim": "d_v"},
)
def state_elements(heads: int, key_dim: int, value_dim: int) -> float:
    """Elements of the state of one layer of linear attention.

    Args:
        heads (1): heads that keep a state of their own.
        key_dim (1): dimension of a key.
        value_dim (1): dimension of a value.

    Returns:
        (1) one matrix per head, whatever the context.

    Assumptions:
        The state of a short convolution before it is neglected.
    """
    return heads * key_dim * value_dim


@formula(
    latex=r"M(S) = w \sum_g L_g\, e_g\, \frac{\min(S, W_g)}{\rho_g}",
    symbols={
        "context": "S",
        "element_bytes": "w",
        "layers": "L_g",
        "elements": "e_g",
        "windows": "W_g",
        "strides": r"\rho_g",
    },
)
def cache_bytes(
    context: int,
    element_bytes: float,
    layers: Sequence[int],
    elements: Sequence[int],
    windows: Sequence[int],
    strides: Sequence[int],
) -> float:
    """KV-cache size of one sequence.

    Args:
        context (token): tokens in the sequence so far.
        element_bytes (B): bytes of one stored element.
        layers (1): layers in each group of like layers.
        elements (1): elements of one entry in a layer of each group.
        windows (token): most tokens that a layer of each group keeps; 0 means all.
        strides (token): tokens per entry in each group; 1 unless the layers compress.

    Returns:
        (B) bytes of keys and values over all layers.

    Assumptions:
        No padding to blocks, no quantization scales, one copy; windowed layers drop what left the window;
        an entry of several tokens counts in part until it is complete. A layer with a state of fixed size
        is a window of one token whose elements are those of the state.
    """
    return element_bytes * sum(
        count * width * (min(context, window) if window > 0 else context) / stride
        for count, width, window, stride in zip(layers, elements, windows, strides, strict=True)
    )


@formula(
    latex=r"m = w \sum_{g:\, W_g = \infty} \frac{L_g\, e_g}{\rho_g}",
    symbols={"element_bytes": "w", "layers": "L_g", "elements": "e_g", "windows": "W_g", "strides": r"\rho_g"},
)
def growth_per_token(
    element_bytes: float,
    layers: Sequence[int],
    elements: Sequence[int],
    windows: Sequence[int],
    strides: Sequence[int],
) -> float:
    """Bytes that each further token adds once every window is full.

    Args:
        element_bytes (B): bytes of one stored element.
        layers (1): layers in each group of like layers.
        elements (1): elements of one entry in a layer of each group.
        windows (token): most tokens that a layer of each group keeps; 0 means all.
        strides (token): tokens per entry in each group; 1 unless the layers compress.

    Returns:
        (B/token) slope of the cache size in the context length.

    Assumptions:
        The context is at least as long as the longest window; over entries of several tokens the slope is a mean.
    """
    return element_bytes * sum(
        count * width / stride if window == 0 else 0
        for count, width, window, stride in zip(layers, elements, windows, strides, strict=True)
    )


@formula(
    latex=r"k' = k + \frac{s}{n_g}",
    symbols={"bits": "k", "scale_bits": "s", "group": "n_g"},
)
def stored_bits(bits: float, scale_bits: float, group: int) -> float:
    """Bits that a quantized element takes, its share of the scale included.

    Args:
        bits (bit): bits of one code.
        scale_bits (bit): bits of what a group shares: its scale, and its offset if it has one.
        group (1): elements that share a scale.

    Returns:
        (bit) bits per element.

    Assumptions:
        No padding; no elements kept apart in full precision.
    """
    return bits + scale_bits / group


@formula(
    latex=r"I = \frac{2}{w} \cdot \frac{h_q}{h_\mathrm{kv}}",
    symbols={"query_heads": "h_q", "kv_heads": r"h_\mathrm{kv}", "element_bytes": "w"},
)
def head_intensity(query_heads: int, kv_heads: int, element_bytes: float) -> float:
    """Arithmetic intensity of one decode step of attention over a cache of heads.

    Args:
        query_heads (1): query heads of a layer.
        kv_heads (1): key–value heads of a layer.
        element_bytes (B): bytes of one stored element.

    Returns:
        (FLOP/B) operations per byte of cache read; the context length cancels.

    Assumptions:
        Each cached element is read once per step and serves all query heads of its group;
        softmax, queries and outputs are neglected; one new token per sequence.
    """
    return 2 * query_heads / (kv_heads * element_bytes)


@formula(
    latex=r"I = \frac{2\, h_q\, (2 d_c + d_r)}{w\, (d_c + d_r)}",
    symbols={"query_heads": "h_q", "latent_dim": "d_c", "rope_dim": "d_r", "element_bytes": "w"},
)
def latent_intensity(query_heads: int, latent_dim: int, rope_dim: int, element_bytes: float) -> float:
    """Arithmetic intensity of one decode step of absorbed multi-head latent attention.

    Args:
        query_heads (1): query heads of a layer.
        latent_dim (1): dimension of the compressed key–value vector.
        rope_dim (1): dimension of the shared rotary key.
        element_bytes (B): bytes of one stored element.

    Returns:
        (FLOP/B) operations per byte of cache read; the context length cancels.

    Assumptions:
        Each cached element is read once per step and serves as key and as value for all heads;
        softmax, queries, outputs and the absorbed projections are neglected; one new token per sequence.
    """
    return 2 * query_heads * (2 * latent_dim + rope_dim) / (element_bytes * (latent_dim + rope_dim))


@formula(
    latex=r"R = G\,(u\, M_\mathrm{HBM} - M_\mathrm{r}) - M_\mathrm{w}",
    symbols={
        "gpus": "G",
        "memory": r"M_\mathrm{HBM}",
        "usable": "u",
        "weights": r"M_\mathrm{w}",
        "reserve": r"M_\mathrm{r}",
    },
)
def cache_room(gpus: int, memory: float, usable: float, weights: float, reserve: float) -> float:
    """Memory that remains for caches beside the weights.

    Args:
        gpus (1): GPUs that share the model.
        memory (B): memory of one GPU.
        usable (1): share of the memory that the server may take.
        weights (B): bytes of all weights, one copy over the GPUs.
        reserve (B): memory per GPU for activations, workspaces and graphs.

    Returns:
        (B) bytes over all GPUs; negative when not even the weights fit.

    Assumptions:
        The weights divide evenly over the GPUs.
    """
    return gpus * (usable * memory - reserve) - weights


@formula(
    latex=r"N = \max(0, \lfloor R / M(S) \rfloor),\quad R = G\,(u\, M_\mathrm{HBM} - M_\mathrm{r}) - M_\mathrm{w}",
    symbols={
        "gpus": "G",
        "memory": r"M_\mathrm{HBM}",
        "usable": "u",
        "weights": r"M_\mathrm{w}",
        "reserve": r"M_\mathrm{r}",
        "cache": "M(S)",
    },
)
def sequences_that_fit(gpus: int, memory: float, usable: float, weights: float, reserve: float, cache: float) -> float:
    """Sequences whose caches fit beside the weights.

    Args:
        gpus (1): GPUs that share the model.
        memory (B): memory of one GPU.
        usable (1): share of the memory that the server may take.
        weights (B): bytes of all weights, one copy over the GPUs.
        reserve (B): memory per GPU for activations, workspaces and graphs.
        cache (B): cache of one sequence, summed over the GPUs.

    Returns:
        (1) whole sequences; 0 when not even the weights fit.

    Assumptions:
        Weights and caches divide evenly over the GPUs; no block padding;
        all sequences have the length for which the cache is given.
    """
    return max(0, math.floor(cache_room(gpus, memory, usable, weights, reserve) / cache))


@formula(
    latex=r"G_\mathrm{min} = \left\lceil"
    r" \frac{M_\mathrm{w} + N\, M(S)}{u\, M_\mathrm{HBM} - M_\mathrm{r}} \right\rceil",
    symbols={
        "weights": r"M_\mathrm{w}",
        "users": "N",
        "cache": "M(S)",
        "usable": "u",
        "memory": r"M_\mathrm{HBM}",
        "reserve": r"M_\mathrm{r}",
    },
)
def gpus_that_hold(weights: float, users: float, cache: float, usable: float, memory: float, reserve: float) -> float:
    """Fewest GPUs that hold the weights and the caches of so many sequences.

    Args:
        weights (B): bytes of all weights, one copy over the GPUs.
        users (1): sequences at a time.
        cache (B): cache of one sequence, summed over the GPUs.
        usable (1): share of the memory that the server may take.
        memory (B): memory of one GPU.
        reserve (B): memory per GPU for activations, workspaces and graphs.

    Returns:
        (1) whole GPUs, by memory alone.

    Assumptions:
        Weights and caches divide evenly over the GPUs; no copies of the cache, no block padding.
    """
    return math.ceil((weights + users * cache) / (usable * memory - reserve))


@formula(latex=r"S_\mathrm{max} = \frac{R}{m}", symbols={"room": "R", "growth": "m"})
def tokens_that_fit(room: float, growth: float) -> float:
    """Tokens that fit into a given memory, over all sequences.

    Args:
        room (B): memory for caches.
        growth (B/token): bytes that one token adds.

    Returns:
        (token) tokens; a server that hands out blocks holds up to one block less.

    Assumptions:
        No windows: every token adds the same number of bytes.
    """
    return room / growth


@formula(latex=r"M_n = n\, m", symbols={"tokens": "n", "growth": "m"})
def added_bytes(tokens: float, growth: float) -> float:
    """Bytes that a number of tokens adds to the cache.

    Args:
        tokens (token): tokens, such as those of a prefix or of one block of a paged cache.
        growth (B/token): bytes that one token adds.

    Returns:
        (B) bytes over all layers.

    Assumptions:
        No windows, or all of them full: every token adds the same.
    """
    return tokens * growth


@formula(
    latex=r"S_{=} = \frac{L_\mathrm{w}}{L_\mathrm{f}}\, W_g",
    symbols={"full_layers": r"L_\mathrm{f}", "window_layers": r"L_\mathrm{w}", "window": "W_g"},
)
def window_crossing(full_layers: int, window_layers: int, window: int) -> float:
    """Context from which the full layers hold more than the windowed ones.

    Args:
        full_layers (1): layers that attend to the whole context.
        window_layers (1): layers with a window.
        window (token): tokens that a windowed layer keeps.

    Returns:
        (token) context length.

    Assumptions:
        Both kinds store the same elements per token, and more layers have windows than not.
    """
    return window_layers * window / full_layers


@formula(
    latex=r"c = \max\left(1,\ \frac{G}{h_\mathrm{kv}}\right)",
    symbols={"gpus": "G", "kv_heads": r"h_\mathrm{kv}"},
)
def tensor_parallel_copies(gpus: int, kv_heads: int) -> float:
    """Copies of the cache that tensor parallelism over heads keeps.

    Args:
        gpus (1): GPUs over which the heads are split.
        kv_heads (1): key–value heads of a layer; 1 for MQA and for the latent of MLA.

    Returns:
        (1) copies: above 1 as soon as there are more GPUs than KV heads.

    Assumptions:
        One count divides the other.
    """
    return max(1, gpus / kv_heads)


@formula(latex=r"M' = c\, M(S)", symbols={"cache": "M(S)", "copies": "c"})
def copied_bytes(cache: float, copies: float) -> float:
    """Memory that one sequence takes when its cache is held in several copies.

    Args:
        cache (B): cache of one sequence, one copy.
        copies (1): copies over all GPUs.

    Returns:
        (B) bytes over all GPUs.
    """
    return copies * cache


@formula(
    latex=r"n_\mathrm{without} = T P + \frac{T (T - 1)}{2}",
    symbols={"prompt": "P", "answer": "T"},
)
def positions_without_cache(prompt: int, answer: int) -> float:
    """Token positions that run through the model without a cache.

    Args:
        prompt (1): tokens of the prompt.
        answer (1): tokens generated, one step each.

    Returns:
        (1) positions computed over all steps.

    Assumptions:
        Every step recomputes the whole sequence so far.
    """
    return answer * prompt + answer * (answer - 1) / 2


@formula(latex=r"n_\mathrm{with} = P + T - 1", symbols={"prompt": "P", "answer": "T"})
def positions_with_cache(prompt: int, answer: int) -> float:
    """Token positions that run through the model with a cache.

    Args:
        prompt (1): tokens of the prompt.
        answer (1): tokens generated, one step each.

    Returns:
        (1) positions computed over all steps.

    Assumptions:
        The last generated token is not fed back.
    """
    return prompt + answer - 1


@formula(
    latex=r"f = \frac{n_\mathrm{without}}{n_\mathrm{with}} = \frac{T P + T (T - 1)/2}{P + T - 1}",
    symbols={"prompt": "P", "answer": "T"},
)
def recompute_factor(prompt: int, answer: int) -> float:
    """How many times as many token positions run through the model without a cache.

    Args:
        prompt (1): tokens of the prompt.
        answer (1): tokens generated, one step each.

    Returns:
        (1) positions without a cache over positions with one.

    Assumptions:
        Without a cache every step recomputes the whole sequence so far.
    """
    return positions_without_cache(prompt, answer) / positions_with_cache(prompt, answer)


@formula(latex=r"d_h = \frac{d}{h_q}", symbols={"hidden_size": "d", "query_heads": "h_q"})
def head_dimension(hidden_size: int, query_heads: int) -> float:
    """Dimension of one head where the configuration does not set it.

    Args:
        hidden_size (1): width of the model.
        query_heads (1): query heads of a layer.

    Returns:
        (1) dimension of queries, keys and values of one head.

    Assumptions:
        The heads divide the width; models such as Gemma or gpt-oss set the head dimension on its own.
    """
    return hidden_size / query_heads
