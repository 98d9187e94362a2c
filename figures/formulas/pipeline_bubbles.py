"""Idle time of pipelines in closed form, which the simulator of schedules reproduces."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"x_\mathrm{bub} = \frac{G_\mathrm{p} - 1}{n_\mathrm{chk}\, n_\mathrm{mb}}",
    symbols={"stages": r"G_\mathrm{p}", "micros": r"n_\mathrm{mb}", "chunks": r"n_\mathrm{chk}"},
)
def bubble_overhead(stages: int, micros: int, chunks: int) -> float:
    """Idle time of a pipeline over its working time, for GPipe, 1F1B and interleaved 1F1B.

    Args:
        stages (1): devices of the pipeline.
        micros (1): micro-batches of a step.
        chunks (1): stages per device: 1 without interleaving.

    Returns:
        (1) by what share a step is longer than its work.

    Assumptions:
        All passes of one kind take the same time; sending takes none; a step ends when all devices have ended.
    """
    return (stages - 1) / (chunks * micros)


@formula(
    latex=r"\phi_\mathrm{bub} = \frac{x_\mathrm{bub}}{1 + x_\mathrm{bub}}",
    symbols={"overhead": r"x_\mathrm{bub}"},
)
def bubble_rate(overhead: float) -> float:
    """Share of a step in which a device is idle.

    Args:
        overhead (1): idle time over working time.

    Returns:
        (1) idle time over all time.

    Assumptions:
        Devices work equally long.
    """
    return overhead / (1 + overhead)


@formula(
    latex=r"t_\mathrm{bub} = (G_\mathrm{p} - 1)\, (t_\mathrm{F} + t_\mathrm{B} - n_\mathrm{W}\, t_\mathrm{W})",
    symbols={
        "stages": r"G_\mathrm{p}",
        "forward": r"t_\mathrm{F}",
        "backward": r"t_\mathrm{B}",
        "weights": r"t_\mathrm{W}",
        "moved": r"n_\mathrm{W}",
    },
)
def split_bubble(stages: int, forward: float, backward: float, weights: float, moved: float) -> float:
    """Idle time of a pipeline that computes gradients of weights apart.

    Args:
        stages (1): devices of the pipeline.
        forward (s): forward pass of a micro-batch through a stage.
        backward (s): its backward pass for the inputs.
        weights (s): its backward pass for the weights.
        moved (1): passes for weights that fill the gap of each stage: 1 for ZB-H1, 2 for ZB-H2; -1 gives 1F1B.

    Returns:
        (s) per step.

    Assumptions:
        All micro-batches take the same times; sending takes none; for ZB-H2 steps follow without a flush.
    """
    return (stages - 1) * (forward + backward - moved * weights)


@formula(
    latex=r"t_\mathrm{bub} = \left( \frac{G_\mathrm{p}}{2} - 1 \right)"
    r" (t_\mathrm{FB} + t_\mathrm{BW} - 3\, t_\mathrm{W})",
    symbols={
        "stages": r"G_\mathrm{p}",
        "joint": r"t_\mathrm{FB}",
        "whole": r"t_\mathrm{BW}",
        "weights": r"t_\mathrm{W}",
    },
)
def bidirectional_bubble(stages: int, joint: float, whole: float, weights: float) -> float:
    """Idle time of DualPipe.

    Args:
        stages (1): devices of the pipeline, an even number.
        joint (s): a forward and a whole backward pass of two micro-batches, overlapped.
        whole (s): a whole backward pass: for inputs and for weights.
        weights (s): the backward pass for the weights.

    Returns:
        (s) per step.

    Assumptions:
        The forward pass takes as long as the backward pass for the inputs; sending is hidden.
    """
    return (stages / 2 - 1) * (joint + whole - 3 * weights)
