"""Memory of a GPU in training: model states under ZeRO, and how parameters are spread."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"N_G = \frac{L_\mathrm{st}\, N_\ell + N_\mathrm{x}}{G_\mathrm{m}}",
    symbols={
        "layers": r"L_\mathrm{st}",
        "layer": r"N_\ell",
        "further": r"N_\mathrm{x}",
        "ranks": r"G_\mathrm{m}",
    },
)
def parameters_on_gpu(layers: float, layer: float, further: float, ranks: float) -> float:
    """Parameters of one kind that a GPU computes with.

    Args:
        layers (1): layers of the GPU's pipeline stage.
        layer (1): parameters of one layer that are spread in this way: all but the routed experts, or those.
        further (1): parameters of the stage beside its layers: embedding or output layer.
        ranks (1): GPUs over which each layer is spread: tensor-parallel, or expert-parallel for experts.

    Returns:
        (1) before any sharding among data-parallel copies.

    Assumptions:
        Layers are alike; norms and routers, which every rank holds, are neglected.
    """
    return (layers * layer + further) / ranks


@formula(
    latex=r"M_\mathrm{mst} = N_G \left( \frac{w_\mathrm{p}}{G_\mathrm{w}} + \frac{w_\mathrm{g}}{G_\mathrm{g}}"
    r" + \frac{w_\mathrm{s}}{G_\mathrm{s}} \right)",
    symbols={
        "parameters": "N_G",
        "weight_bytes": r"w_\mathrm{p}",
        "gradient_bytes": r"w_\mathrm{g}",
        "optimizer_bytes": r"w_\mathrm{s}",
        "weight_shards": r"G_\mathrm{w}",
        "gradient_shards": r"G_\mathrm{g}",
        "optimizer_shards": r"G_\mathrm{s}",
    },
)
def state_bytes(
    parameters: float,
    weight_bytes: float,
    gradient_bytes: float,
    optimizer_bytes: float,
    weight_shards: float,
    gradient_shards: float,
    optimizer_shards: float,
) -> float:
    """Model states of one GPU: weights, gradients and what the optimizer keeps.

    Args:
        parameters (1): parameters that the GPU computes with.
        weight_bytes (B): bytes of a weight as it is used: 2 in BF16.
        gradient_bytes (B): bytes of a gradient as it is accumulated: 2 or 4.
        optimizer_bytes (B): bytes of the optimizer's states of one parameter: 12 for Adam with an FP32 copy.
        weight_shards (1): data-parallel GPUs that share the weights: all with ZeRO-3, else 1.
        gradient_shards (1): those that share the gradients: all from ZeRO-2 on, else 1.
        optimizer_shards (1): those that share the optimizer's states: all from ZeRO-1 on, else 1.

    Returns:
        (B) what is held all the time; weights that are gathered for use, and buffers, are not in it.

    Assumptions:
        Shards are even.
    """
    return parameters * (
        weight_bytes / weight_shards + gradient_bytes / gradient_shards + optimizer_bytes / optimizer_shards
    )


@formula(
    latex=r"M_G = M_\mathrm{mst} + M_\mathrm{act} + M_\mathrm{log} + M_\mathrm{re}",
    symbols={
        "states": r"M_\mathrm{mst}",
        "activations": r"M_\mathrm{act}",
        "loss": r"M_\mathrm{log}",
        "again": r"M_\mathrm{re}",
    },
)
def gpu_bytes(states: float, activations: float, loss: float, again: float) -> float:
    """Memory of a GPU in training.

    Args:
        states (B): model states.
        activations (B): activations or checkpoints of all its layers.
        loss (B): tensors of the size of the logits, on the GPUs that have the output layer.
        again (B): activations of the layer that is being computed again; 0 without recomputation.

    Returns:
        (B) the peak, if all are held at the same moment.

    Assumptions:
        Gathered weights, fragments, the CUDA context and buffers of communication come on top.
    """
    return states + activations + loss + again
