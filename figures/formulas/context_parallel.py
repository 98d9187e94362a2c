"""One sequence on several GPUs: what is sent, and how even the work is."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"Q_\mathrm{ring} = \frac{G - 1}{G}\, M(S)",
    symbols={"gpus": "G", "cache": "M(S)"},
)
def ring_bytes(gpus: int, cache: float) -> float:
    """Bytes that each GPU sends when keys and values go round, or are gathered by all.

    Args:
        gpus (1): GPUs that share the sequence.
        cache (B): keys and values of the whole sequence, of one layer or of all.

    Returns:
        (B) every token's keys and values, but for the GPU's own part; forward pass.

    Assumptions:
        Equal parts; a ring in which each GPU passes on what it got.
    """
    return (gpus - 1) / gpus * cache


@formula(
    latex=r"Q_\mathrm{all} = \frac{G - 1}{G^2}\, (M(S) + 2 M_q)",
    symbols={"gpus": "G", "cache": "M(S)", "queries": "M_q"},
    sources=("jacobs2023{§3.2}",),
)
def head_exchange_bytes(gpus: int, cache: float, queries: float) -> float:
    """Bytes that each GPU sends when the sequence is split outside of attention and the heads within it.

    Args:
        gpus (1): GPUs that share the sequence, no more than there are KV heads.
        cache (B): keys and values of the whole sequence, of one layer or of all.
        queries (B): its queries, of the same layers; the outputs take as much.

    Returns:
        (B) queries, keys and values on the way in, outputs on the way back; forward pass.

    Assumptions:
        Each GPU keeps the part that is its own; heads divide evenly; keys and values have one dimension.
    """
    return (gpus - 1) / gpus**2 * (cache + 2 * queries)


@formula(latex=r"q_\mathrm{tri} = 2 - \frac{1}{G}", symbols={"gpus": "G"})
def contiguous_excess(gpus: int) -> float:
    """Work of the last GPU over the mean when a causal sequence is cut into consecutive parts.

    Args:
        gpus (1): GPUs, each with one part.

    Returns:
        (1) scores of the last part over the mean of all; 1 when each GPU has one part from the front and its mirror
        image from the back.

    Assumptions:
        Long parts, so that the diagonal counts for half a block.
    """
    return 2 - 1 / gpus


@formula(
    latex=r"Q_\mathrm{dcp} = w\, h_q\, (d_k + d_v)",
    symbols={"element_bytes": "w", "query_heads": "h_q", "key_dim": "d_k", "value_dim": "d_v"},
)
def decode_exchange_bytes(element_bytes: float, query_heads: int, key_dim: int, value_dim: int) -> float:
    """Bytes of one layer's queries and outputs of one token, which decoding over a split cache sends.

    Args:
        element_bytes (B): bytes of one element.
        query_heads (1): query heads of a layer.
        key_dim (1): dimension of one head's query.
        value_dim (1): dimension of one head's output.

    Returns:
        (B) queries to the GPUs that hold the cache, and one GPU's partial outputs back; the context does not enter.

    Assumptions:
        The sums of the softmax, one number per head, are neglected.
    """
    return element_bytes * query_heads * (key_dim + value_dim)
