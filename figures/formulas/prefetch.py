"""Layers whose weights or caches are fetched while the layer before computes: how long all of them take."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"t_\mathrm{single} = L\, (t_\mathrm{in} + t_\mathrm{op})",
    symbols={"layers": "L", "load": r"t_\mathrm{in}", "compute": r"t_\mathrm{op}"},
)
def single_buffer_time(layers: int, load: float, compute: float) -> float:
    """Time of layers that share one buffer, so that each is fetched when the one before has been computed.

    Args:
        layers (1): layers.
        load (s): time in which one is fetched.
        compute (s): time in which one is computed.

    Returns:
        (s) from the first request to the end of the last layer.

    Assumptions:
        All layers are alike.
    """
    return layers * (load + compute)


@formula(
    latex=r"t_\mathrm{double} = t_\mathrm{in} + (L - 1)\, \max(t_\mathrm{in}, t_\mathrm{op}) + t_\mathrm{op}",
    symbols={"layers": "L", "load": r"t_\mathrm{in}", "compute": r"t_\mathrm{op}"},
)
def double_buffer_time(layers: int, load: float, compute: float) -> float:
    """Time of layers of which one is fetched while the one before is computed: two buffers.

    Args:
        layers (1): layers.
        load (s): time in which one is fetched.
        compute (s): time in which one is computed.

    Returns:
        (s) from the first request to the end of the last layer.

    Assumptions:
        All layers are alike; fetching and computing do not slow each other down. More buffers do not help then.
    """
    return load + (layers - 1) * max(load, compute) + compute


@formula(
    latex=r"f_\mathrm{ov} = \frac{t_\mathrm{in} + t_\mathrm{op}}{\max(t_\mathrm{in}, t_\mathrm{op})}",
    symbols={"load": r"t_\mathrm{in}", "compute": r"t_\mathrm{op}"},
)
def overlap_gain(load: float, compute: float) -> float:
    """Factor by which overlapping shortens many layers.

    Args:
        load (s): time in which a layer is fetched.
        compute (s): time in which it is computed.

    Returns:
        (1) at most 2, where both times are equal.

    Assumptions:
        Many like layers, so that the first fetch does not count.
    """
    return (load + compute) / max(load, compute)
