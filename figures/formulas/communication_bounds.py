"""When communication hides behind arithmetic: a bound for each way to split the training of a model."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"n^{*} = \frac{b_\mathrm{mv}}{f_\mathrm{mv}}\, I^{*}",
    symbols={"moved": r"b_\mathrm{mv}", "operations": r"f_\mathrm{mv}", "ridge": "I^{*}"},
)
def hiding_tokens(moved: float, operations: float, ridge: float) -> float:
    """Tokens per GPU and step from which on moving weights or gradients hides behind arithmetic.

    Args:
        moved (B): bytes per parameter that a GPU sends over the link meanwhile: 2 for BF16 weights that are gathered,
            as much again for gradients that are scattered; less by the GPUs of a node that share the link's load.
        operations (FLOP): operations per parameter and token meanwhile: 2 in a forward pass, 4 in a backward pass.
        ridge (FLOP/B): arithmetic rate of the GPU over the bandwidth of its link in one direction.

    Returns:
        (1) tokens that one GPU computes with in the time of one transfer.

    Assumptions:
        Perfect overlap; large rings, so that each GPU sends the whole of its group's tensor; latency and attention
        neglected. In a mixture of experts only active parameters compute, but all of them move.
    """
    return moved / operations * ridge


@formula(
    latex=r"G_\mathrm{t}^{*} = 1 + \frac{3\, N_\ell}{4\, w\, d\, I^{*}}",
    symbols={"layer": r"N_\ell", "width": "d", "element_bytes": "w", "ridge": "I^{*}"},
)
def tensor_limit(layer: float, width: float, element_bytes: float, ridge: float) -> float:
    """Tensor-parallel GPUs up to which communication takes no longer than arithmetic.

    Args:
        layer (1): parameters of one layer that a token passes.
        width (1): width of the model.
        element_bytes (B): bytes of one element that is sent.
        ridge (FLOP/B): arithmetic rate of a GPU over the bandwidth of its link in one direction.

    Returns:
        (1) GPUs; the tokens cancel.

    Assumptions:
        Four all-reduces of a layer's tokens in forward and backward pass together, as rings (or their halves, with
        sequence parallelism); six operations per parameter and token; attention neglected. Without overlap a layer
        takes twice as long at this number.
    """
    return 1 + 3 * layer / (4 * element_bytes * width * ridge)


@formula(
    latex=r"L_\mathrm{st}^{*} = \frac{w\, d\, I^{*}}{2\, N_\ell}",
    symbols={"layer": r"N_\ell", "width": "d", "element_bytes": "w", "ridge": "I^{*}"},
)
def pipeline_layers(layer: float, width: float, element_bytes: float, ridge: float) -> float:
    """Layers of a stage from which on sending its output takes no longer than computing it.

    Args:
        layer (1): parameters of one layer that a token passes.
        width (1): width of the model.
        element_bytes (B): bytes of one element that is sent.
        ridge (FLOP/B): arithmetic rate of a GPU over the bandwidth of its link in one direction.

    Returns:
        (1) layers; the tokens and, where each tensor-parallel GPU sends its part, those GPUs cancel.

    Assumptions:
        Forward pass: two operations per parameter and token, one vector sent per token. The backward pass for the
        inputs has the same bound.
    """
    return element_bytes * width * ridge / (2 * layer)


@formula(
    latex=r"c_\mathrm{cp}^{*} = \frac{w\, h_\mathrm{kv}\, I^{*}}{2\, a_\mathrm{cau}\, h_q}",
    symbols={
        "query_heads": "h_q",
        "kv_heads": r"h_\mathrm{kv}",
        "attended": r"a_\mathrm{cau}",
        "element_bytes": "w",
        "ridge": "I^{*}",
    },
)
def ring_block(query_heads: float, kv_heads: float, attended: float, element_bytes: float, ridge: float) -> float:
    """Tokens per GPU from which on ring attention hides the sending of keys and values.

    Args:
        query_heads (1): query heads.
        kv_heads (1): key–value heads.
        attended (1): share of the pairs of tokens that is computed: 1 for all, 1/2 for a balanced causal split.
        element_bytes (B): bytes of one element that is sent.
        ridge (FLOP/B): arithmetic rate of a GPU over the bandwidth of its link in one direction.

    Returns:
        (1) tokens of the part of the sequence that one GPU holds; the head dimension cancels.

    Assumptions:
        Forward pass; attention reaches the peak. The backward pass has 2.5 times the operations and must also pass
        on gradients of keys and values.
    """
    return element_bytes * kv_heads * ridge / (2 * attended * query_heads)


@formula(
    latex=r"\beta_\mathrm{out} = \frac{2\, w_\mathrm{g}\, N_\mathrm{p}}{H\, t_\mathrm{step}}",
    symbols={
        "parameters": r"N_\mathrm{p}",
        "element_bytes": r"w_\mathrm{g}",
        "steps": "H",
        "step": r"t_\mathrm{step}",
    },
)
def outer_bandwidth(parameters: float, element_bytes: float, steps: float, step: float) -> float:
    """Bandwidth that copies of a model need which exchange their changes every so many steps.

    Args:
        parameters (1): parameters of the model.
        element_bytes (B): bytes of one element that is exchanged.
        steps (1): steps from one exchange to the next.
        step (s): time of a step.

    Returns:
        (B/s) of each copy in one direction; 1 step gives data parallelism.

    Assumptions:
        A ring all-reduce among many copies that hides behind all the steps in between.
    """
    return 2 * element_bytes * parameters / (steps * step)
