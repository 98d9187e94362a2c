"""Activations that the backward pass needs: of a layer, of its experts, of a stage of a pipeline."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"M_\mathrm{lay} = n \left[ \frac{4\, w\, d + 2\, w_\mathrm{m}\, d}{G_\mathrm{sp}}"
    r" + \frac{2\, w\, d_h (h_q + h_\mathrm{kv}) + w\, n_\mathrm{ff}\, d_\mathrm{ff} + w_\mathrm{att}\, h_q}"
    r"{G_\mathrm{t}} \right]",
    symbols={
        "tokens": "n",
        "width": "d",
        "query_heads": "h_q",
        "kv_heads": r"h_\mathrm{kv}",
        "head_dim": "d_h",
        "inner": r"d_\mathrm{ff}",
        "inner_copies": r"n_\mathrm{ff}",
        "element_bytes": "w",
        "mask_bytes": r"w_\mathrm{m}",
        "head_bytes": r"w_\mathrm{att}",
        "tensor": r"G_\mathrm{t}",
        "sequence_parallel": r"G_\mathrm{sp}",
    },
)
def layer_bytes(
    tokens: float,
    width: float,
    query_heads: float,
    kv_heads: float,
    head_dim: float,
    inner: float,
    inner_copies: float,
    element_bytes: float,
    mask_bytes: float,
    head_bytes: float,
    tensor: float,
    sequence_parallel: float,
) -> float:
    """Activations of one pre-norm layer that its backward pass needs, on one GPU.

    Args:
        tokens (1): tokens of the micro-batch that the GPU works on, after the split of sequences among GPUs.
        width (1): width of the model.
        query_heads (1): query heads.
        kv_heads (1): key–value heads.
        head_dim (1): dimension of one head.
        inner (1): intermediate size of the feed-forward network; of all shared experts in a mixture.
        inner_copies (1): tensors of that size that are kept: 2 for a plain network (before and after the
            activation), 4 for a gated one, 3 if its activation is computed again, 2 if its product is too.
        element_bytes (B): bytes of one element: 2 in BF16.
        mask_bytes (B): bytes of one element of a dropout mask: 1, or 0 without dropout.
        head_bytes (B): what attention keeps per token and query head beside queries, keys, values and output: 4 with
            FlashAttention (a logarithm in FP32), 5 for each token of the sequence without (softmax, mask, masked).
        tensor (1): tensor-parallel GPUs.
        sequence_parallel (1): GPUs that share what tensor parallelism leaves whole: the same with sequence
            parallelism, else 1.

    Returns:
        (B) inputs of two norms and of the products behind them, queries, keys, values, attention's output, the
        feed-forward network.

    Assumptions:
        Statistics of norms and buffers are neglected; nothing is computed again but what the copies say.
    """
    whole = 4 * element_bytes * width + 2 * mask_bytes * width
    split = 2 * element_bytes * head_dim * (query_heads + kv_heads)
    split += element_bytes * inner_copies * inner + head_bytes * query_heads
    return tokens * (whole / sequence_parallel + split / tensor)


@formula(
    latex=r"M_\mathrm{rt} = n\, k_\mathrm{r}\, w\, (2\, d + n_\mathrm{ff}\, d_\mathrm{ff})",
    symbols={
        "tokens": "n",
        "active": r"k_\mathrm{r}",
        "width": "d",
        "inner": r"d_\mathrm{ff}",
        "inner_copies": r"n_\mathrm{ff}",
        "element_bytes": "w",
    },
)
def routed_bytes(
    tokens: float, active: float, width: float, inner: float, inner_copies: float, element_bytes: float
) -> float:
    """Activations of one layer's routed experts on one GPU.

    Args:
        tokens (1): tokens at home on the GPU; as many come from elsewhere as go there.
        active (1): different routed experts that each token is sent to.
        width (1): width of what an expert takes and gives.
        inner (1): intermediate size of one expert.
        inner_copies (1): tensors of that size that are kept: 4 for a gated expert, 3 or 2 with recomputation.
        element_bytes (B): bytes of one element.

    Returns:
        (B) the copies of tokens that experts take, what they give back, and what lies between.

    Assumptions:
        Even loads: the fullest GPU has more, in proportion. The router's own activations are neglected.
    """
    return tokens * active * element_bytes * (2 * width + inner_copies * inner)


@formula(
    latex=r"M_\mathrm{ck} = \frac{n\, w\, d}{G_\mathrm{sp}}",
    symbols={"tokens": "n", "width": "d", "element_bytes": "w", "sequence_parallel": r"G_\mathrm{sp}"},
)
def checkpoint_bytes(tokens: float, width: float, element_bytes: float, sequence_parallel: float) -> float:
    """What one layer keeps under full recomputation: its input.

    Args:
        tokens (1): tokens of the micro-batch that the GPU works on.
        width (1): width of the model.
        element_bytes (B): bytes of one element.
        sequence_parallel (1): GPUs that share the tokens between layers: 1 without sequence parallelism.

    Returns:
        (B) one vector per token.

    Assumptions:
        Every layer is a checkpoint; the one that is being computed again needs all its activations beside this.
    """
    return tokens * element_bytes * width / sequence_parallel


@formula(
    latex=r"n_\mathrm{if} = \min(n_\mathrm{mb},\ G_\mathrm{p}) \left( 1 + \begin{cases} 0 & n_\mathrm{chk} = 1 \\"
    r" \frac{G_\mathrm{p} - 1}{G_\mathrm{p}\, n_\mathrm{chk}} & n_\mathrm{chk} > 1 \end{cases} \right)",
    symbols={"stages": r"G_\mathrm{p}", "micros": r"n_\mathrm{mb}", "chunks": r"n_\mathrm{chk}"},
)
def micros_in_flight(stages: int, micros: int, chunks: int) -> float:
    """Micro-batches whose activations the first device of a 1F1B pipeline keeps at a time.

    Args:
        stages (1): devices of the pipeline.
        micros (1): micro-batches of a step.
        chunks (1): stages per device: 1 without interleaving.

    Returns:
        (1) in units of all layers of the device.

    Assumptions:
        1F1B; with several chunks interleaved 1F1B whose micro-batches are a multiple of the devices.
    """
    more = (stages - 1) / (stages * chunks) if chunks > 1 else 0.0
    return min(micros, stages) * (1 + more)


@formula(
    latex=r"M_\mathrm{act} = L_\mathrm{st}\, n_\mathrm{if}\, M_\mathrm{lay}",
    symbols={"layers": r"L_\mathrm{st}", "in_flight": r"n_\mathrm{if}", "layer": r"M_\mathrm{lay}"},
)
def stage_bytes(layers: float, in_flight: float, layer: float) -> float:
    """Activations of a pipeline stage.

    Args:
        layers (1): layers of the device.
        in_flight (1): micro-batches whose activations it keeps.
        layer (B): what one layer keeps of one micro-batch.

    Returns:
        (B) together.

    Assumptions:
        Layers are alike.
    """
    return layers * in_flight * layer
