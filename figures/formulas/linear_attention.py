"""Linear attention: what a chunk costs, and what a state of fixed size can recall."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"F_\mathrm{lin} = S\, (6 d_h^2 + 3\, n_\mathrm{cnk}\, d_h + n_\mathrm{cnk}^2)",
    symbols={"tokens": "S", "head_dim": "d_h", "chunk": r"n_\mathrm{cnk}"},
    sources=("zhang2025kimi{§6.3, eq. (13)}",),
)
def chunk_operations(tokens: float, head_dim: int, chunk: int) -> float:
    """Operations of one head of Kimi Delta Attention over a sequence, in chunks.

    Args:
        tokens (token): tokens of the sequence.
        head_dim (1): dimension of keys and values.
        chunk (1): tokens of a chunk.

    Returns:
        (FLOP) linear in the sequence.

    Assumptions:
        The count of the method's authors; projections and convolutions belong to the products with weights.
    """
    return tokens * (6 * head_dim**2 + 3 * chunk * head_dim + chunk**2)


@formula(
    latex=r"S_\mathrm{lin} = 3\, d_h + \frac{3}{2}\, n_\mathrm{cnk} + \frac{n_\mathrm{cnk}^2}{2\, d_h}",
    symbols={"head_dim": "d_h", "chunk": r"n_\mathrm{cnk}"},
)
def linear_crossing(head_dim: int, chunk: int) -> float:
    """Sequence from which a head of Kimi Delta Attention takes fewer operations than one of softmax attention.

    Args:
        head_dim (1): dimension of keys and values.
        chunk (1): tokens of a chunk.

    Returns:
        (token) the length at which both counts are equal.

    Assumptions:
        The authors' counts, of which that of causal softmax attention is twice the dimension times the squared length.
    """
    return 3 * head_dim + 1.5 * chunk + chunk**2 / (2 * head_dim)


@formula(
    latex=r"\epsilon_\mathrm{st} = \sqrt{\frac{n_\mathrm{kv} - 1}{d_k}}",
    symbols={"pairs": r"n_\mathrm{kv}", "key_dim": "d_k"},
)
def overlap_noise(pairs: float, key_dim: int) -> float:
    """Error of a value read from a sum of outer products, over the value.

    Args:
        pairs (1): pairs of a key and a value that were added.
        key_dim (1): dimension of a key.

    Returns:
        (1) root mean square of what the other pairs add, over the length of the value.

    Assumptions:
        Random keys of unit length, independent values of one length; no normalisation, no decay.
    """
    return math.sqrt((pairs - 1) / key_dim)


@formula(
    latex=r"n_\mathrm{ex} = L_g\, h\, d_k",
    symbols={"layers": "L_g", "heads": "h", "key_dim": "d_k"},
)
def exact_pairs(layers: int, heads: int, key_dim: int) -> float:
    """Pairs of a key and a value that linear states can hold exactly.

    Args:
        layers (1): layers with a state.
        heads (1): heads of a layer that keep one.
        key_dim (1): dimension of a key.

    Returns:
        (1) as many as there are linearly independent keys, over all heads and layers.

    Assumptions:
        Every head stores other pairs; a pair is a vector of the value's dimension, not a token.
    """
    return layers * heads * key_dim


@formula(
    latex=r"n_\mathrm{copy} = \frac{M_\mathrm{lin}}{\log_2 V}",
    symbols={"state": r"M_\mathrm{lin}", "vocabulary": "V"},
)
def copy_limit(state: float, vocabulary: float) -> float:
    """Random tokens that a state of a given size can reproduce at most.

    Args:
        state (bit): size of all states.
        vocabulary (1): equally likely tokens.

    Returns:
        (token) tokens; no model of this state can copy more, however it is trained.

    Assumptions:
        Independent, uniformly drawn tokens; every bit of the state is used.
    """
    return state / math.log2(vocabulary)
