"""Attention to selected tokens: how many a step reads, and what it costs to find them."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"n_\mathrm{NSA} = \left\lfloor \frac{S - n_\mathrm{cb}}{n_\mathrm{cs}} \right\rfloor"
    r" + k_\mathrm{sel}\, n_\mathrm{sb} + W_g",
    symbols={
        "context": "S",
        "block": r"n_\mathrm{cb}",
        "stride": r"n_\mathrm{cs}",
        "selected": r"k_\mathrm{sel}",
        "selected_block": r"n_\mathrm{sb}",
        "window": "W_g",
    },
    sources=("yuan2025{§5.2}",),
)
def native_sparse_tokens(
    context: float, block: float, stride: float, selected: float, selected_block: float, window: float
) -> float:
    """Entries that a decode step of native sparse attention reads at most in one layer.

    Args:
        context (token): tokens of the sequence.
        block (token): tokens of a compressed entry.
        stride (token): tokens from one compressed entry to the next.
        selected (1): blocks that are selected.
        selected_block (token): tokens of a selected block.
        window (token): tokens of the window.

    Returns:
        (token) compressed entries, tokens of the selected blocks, tokens of the window.

    Assumptions:
        A compressed entry counts as one token; a context longer than what is selected.
    """
    return math.floor((context - block) / stride) + selected * selected_block + window


@formula(
    latex=r"\varsigma_\mathrm{b} = 1 - \frac{k_\mathrm{sel}\, n_\mathrm{sb}}{S}",
    symbols={"context": "S", "selected": r"k_\mathrm{sel}", "selected_block": r"n_\mathrm{sb}"},
    sources=("lu2025{§3.1}",),
)
def block_sparsity(context: float, selected: float, selected_block: float) -> float:
    """Share of a context that attention to selected blocks leaves unread.

    Args:
        context (token): tokens of the sequence.
        selected (1): blocks that a query selects, its own included.
        selected_block (token): tokens of a block.

    Returns:
        (1) share of the last query of the sequence.

    Assumptions:
        The context is longer than the selected blocks together.
    """
    return 1 - selected * selected_block / context


@formula(
    latex=r"Q_\mathrm{sel} = \min(S, n_\mathrm{sel})\, m + S\, m_\mathrm{ix}",
    symbols={
        "context": "S",
        "selected": r"n_\mathrm{sel}",
        "growth": "m",
        "index_growth": r"m_\mathrm{ix}",
    },
)
def selection_bytes(context: float, selected: float, growth: float, index_growth: float) -> float:
    """Bytes that a decode step reads of one sequence whose layers select tokens by an index.

    Args:
        context (token): tokens of the sequence.
        selected (token): tokens that are selected.
        growth (B/token): bytes that a token adds to the caches of these layers, without the index.
        index_growth (B/token): bytes that it adds to their indices.

    Returns:
        (B) the selected entries and the whole index.

    Assumptions:
        One new token per sequence; the index is read in full to choose, nothing is read twice.
    """
    return min(context, selected) * growth + context * index_growth


@formula(
    latex=r"S_\mathrm{ix} = \frac{n_\mathrm{sel}\, m}{m_\mathrm{ix}}",
    symbols={"selected": r"n_\mathrm{sel}", "growth": "m", "index_growth": r"m_\mathrm{ix}"},
)
def index_crossing(selected: float, growth: float, index_growth: float) -> float:
    """Context from which reading the index takes more bytes than reading what it selects.

    Args:
        selected (token): tokens that are selected.
        growth (B/token): bytes that a token adds to the cache, without the index.
        index_growth (B/token): bytes that it adds to the index.

    Returns:
        (token) the context.

    Assumptions:
        It is longer than what is selected.
    """
    return selected * growth / index_growth


@formula(
    latex=r"F_\mathrm{ix} = \frac{2\, h_\mathrm{ix}\, d_\mathrm{ix}\, S}{\rho_\mathrm{ix}}",
    symbols={"context": "S", "heads": r"h_\mathrm{ix}", "dim": r"d_\mathrm{ix}", "stride": r"\rho_\mathrm{ix}"},
    sources=("deepseek2025v32{§2.1}",),
)
def index_operations(context: float, heads: int, dim: int, stride: float) -> float:
    """Operations with which one token scores the index of a layer.

    Args:
        context (token): tokens of the sequence.
        heads (1): heads of the index.
        dim (1): dimension of one of them.
        stride (token): tokens that share an entry of the index.

    Returns:
        (FLOP) two per head, dimension and entry.

    Assumptions:
        What is done with the scores, and finding the largest, are neglected.
    """
    return 2 * heads * dim * context / stride


@formula(
    latex=r"S_{\mathrm{ix}F} = \frac{n_\mathrm{sel}\, h_q\, (d_k + d_v)}{h_\mathrm{ix}\, d_\mathrm{ix}}",
    symbols={
        "selected": r"n_\mathrm{sel}",
        "query_heads": "h_q",
        "key_dim": "d_k",
        "value_dim": "d_v",
        "heads": r"h_\mathrm{ix}",
        "dim": r"d_\mathrm{ix}",
    },
)
def index_operations_crossing(
    selected: float, query_heads: int, key_dim: int, value_dim: int, heads: int, dim: int
) -> float:
    """Context from which scoring the index takes more operations than attention to what it selects.

    Args:
        selected (token): tokens that are selected.
        query_heads (1): query heads of a layer.
        key_dim (1): dimension of one head's key; the latent and the rotary key in absorbed MLA.
        value_dim (1): dimension of one head's value; the latent in absorbed MLA.
        heads (1): heads of the index.
        dim (1): dimension of one of them.

    Returns:
        (token) the context; the index may use a cheaper data type.

    Assumptions:
        It is longer than what is selected; every token has its own entry; operations count alike in all types.
    """
    return selected * query_heads * (key_dim + value_dim) / (heads * dim)
