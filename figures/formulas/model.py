"""Sizes of a model that follow from its parameter count."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"M_\mathrm{w} = w_\mathrm{p}\, N_\mathrm{p}",
    symbols={"parameters": r"N_\mathrm{p}", "parameter_bytes": r"w_\mathrm{p}"},
)
def weight_bytes(parameters: float, parameter_bytes: float) -> float:
    """Memory of a model's weights.

    Args:
        parameters (1): parameters held in memory (all experts, not only the active ones).
        parameter_bytes (B): bytes of one parameter, scales included.

    Returns:
        (B) bytes of one copy.
    """
    return parameters * parameter_bytes
