"""One sequence on several GPUs: what is sent, and from which block on sending is hidden."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"n_\mathrm{blk} = \frac{w\, h_\mathrm{kv}\, P_\mathrm{ach}}{2\, u_\mathrm{c}\, h_q\, \beta}",
    symbols={
        "element_bytes": "w",
        "kv_heads": r"h_\mathrm{kv}",
        "query_heads": "h_q",
        "share": r"u_\mathrm{c}",
        "peak": r"P_\mathrm{ach}",
        "bandwidth": r"\beta",
    },
    sources=("liu2023ring{§3}",),
)
def hiding_block(
    element_bytes: float, kv_heads: int, query_heads: int, share: float, peak: float, bandwidth: float
) -> float:
    """Tokens per GPU from which ring attention hides the sending of keys and values behind arithmetic.

    Args:
        element_bytes (B): bytes of one element of keys and values.
        kv_heads (1): key–value heads of a layer.
        query_heads (1): query heads of a layer.
        share (1): share of the scores of a block that are computed: 1 without a mask, one half with a causal one
            and blocks that balance it.
        peak (FLOP/s): arithmetic rate of one GPU, as far as it is reached.
        bandwidth (B/s): bandwidth of the link to the next GPU.

    Returns:
        (token) tokens of a block: the queries that a GPU holds, and the keys that it gets per round.

    Assumptions:
        A round computes four operations per query head, dimension and score, and passes on one key and one value
        per KV head and token; both overlap perfectly.
    """
    return element_bytes * kv_heads * peak / (2 * share * query_heads * bandwidth)


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


@formula(latex=r"P_\mathrm{blk} = G\, n_\mathrm{blk}", symbols={"gpus": "G", "block": r"n_\mathrm{blk}"})
def hiding_prompt(gpus: int, block: float) -> float:
    """Prompt from which a ring of GPUs hides its traffic.

    Args:
        gpus (1): GPUs that share the prompt.
        block (token): tokens per GPU from which they do.

    Returns:
        (token) tokens of the prompt.

    Assumptions:
        Equal parts.
    """
    return gpus * block
