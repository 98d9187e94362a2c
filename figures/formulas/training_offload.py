"""Training with states in slower memory: how much bandwidth which efficiency takes."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"I_\mathrm{par} = \frac{8\, N_\mathrm{p}\, B\, S}{4\, w_\mathrm{p}\, N_\mathrm{p}}"
    r" = \frac{2\, B\, S}{w_\mathrm{p}}",
    symbols={"batch": "B", "sequence": "S", "parameter_bytes": r"w_\mathrm{p}"},
)
def parameter_intensity(batch: float, sequence: float, parameter_bytes: float) -> float:
    """Operations of a training step per byte of parameters and gradients that is moved.

    Args:
        batch (1): sequences of one GPU.
        sequence (1): tokens of a sequence.
        parameter_bytes (B): bytes of one parameter, and of its gradient.

    Returns:
        (FLOP/B) operations per byte.

    Assumptions:
        Eight operations per parameter and token: forward, backward, and forward again from a checkpoint; parameters
        are read for each of the three passes and gradients written once.
    """
    return 2 * batch * sequence / parameter_bytes


@formula(
    latex=r"I_\mathrm{opt} = \frac{8\, N_\mathrm{p}\, B\, S}{2\, w_\mathrm{s}\, N_\mathrm{p}}"
    r" = \frac{4\, B\, S}{w_\mathrm{s}}",
    symbols={"batch": "B", "sequence": "S", "state_bytes": r"w_\mathrm{s}"},
)
def optimizer_intensity(batch: float, sequence: float, state_bytes: float) -> float:
    """Operations of a training step per byte of optimizer states that is moved.

    Args:
        batch (1): sequences of one GPU.
        sequence (1): tokens of a sequence.
        state_bytes (B): bytes of the optimizer's states of one parameter: 16 for Adam with master copies.

    Returns:
        (FLOP/B) operations per byte.

    Assumptions:
        Eight operations per parameter and token; the states are read and written once.
    """
    return 4 * batch * sequence / state_bytes


@formula(
    latex=r"I_\mathrm{act} = \frac{8 \cdot 12\, d^2\, n_\mathrm{ck}}{2\, w\, d} = \frac{48\, d\, n_\mathrm{ck}}{w}",
    symbols={"width": "d", "interval": r"n_\mathrm{ck}", "element_bytes": "w"},
)
def activation_intensity(width: float, interval: float, element_bytes: float) -> float:
    """Operations of a training step per byte of activation checkpoints that is moved.

    Args:
        width (1): width of the model.
        interval (1): Transformer blocks from one checkpoint to the next.
        element_bytes (B): bytes of one element of a checkpoint.

    Returns:
        (FLOP/B) operations per byte.

    Assumptions:
        Blocks of 12 d² parameters and eight operations per parameter and token, attention over the context neglected;
        a checkpoint is written once and read once.
    """
    return 48 * width * interval / element_bytes


@formula(
    latex=r"\eta_\mathrm{off} = \frac{I\, \beta}{I\, \beta + P_\mathrm{ach}}",
    symbols={"intensity": "I", "bandwidth": r"\beta", "rate": r"P_\mathrm{ach}"},
)
def offload_efficiency(intensity: float, bandwidth: float, rate: float) -> float:
    """Share of its time that a GPU computes while it waits for what is moved.

    Args:
        intensity (FLOP/B): operations per byte that is moved.
        bandwidth (B/s): bandwidth per GPU at which it is moved.
        rate (FLOP/s): arithmetic rate that is achieved without waiting.

    Returns:
        (1) compute time over compute time and transfer time.

    Assumptions:
        Nothing overlaps: a lower bound.
    """
    return intensity * bandwidth / (intensity * bandwidth + rate)


@formula(
    latex=r"\beta_\eta = \frac{\eta_\mathrm{off}}{1 - \eta_\mathrm{off}} \cdot \frac{P_\mathrm{ach}}{I}",
    symbols={"efficiency": r"\eta_\mathrm{off}", "rate": r"P_\mathrm{ach}", "intensity": "I"},
)
def efficient_bandwidth(efficiency: float, rate: float, intensity: float) -> float:
    """Bandwidth per GPU at which moving states leaves a wanted efficiency.

    Args:
        efficiency (1): share of the time in which the GPU shall compute.
        rate (FLOP/s): arithmetic rate that is achieved without waiting.
        intensity (FLOP/B): operations per byte that is moved.

    Returns:
        (B/s) the efficiency, solved for the bandwidth.

    Assumptions:
        Nothing overlaps.
    """
    return efficiency / (1 - efficiency) * rate / intensity
