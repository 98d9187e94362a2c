"""What lies in which tier of memory, how fast it must be read, and what energy a token takes."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"M_\mathrm{kept} = (1 - \omega)\, M_\mathrm{w}",
    symbols={"weights": r"M_\mathrm{w}", "share": r"\omega"},
)
def kept_bytes(weights: float, share: float) -> float:
    """Bytes of the weights that stay in the faster memory.

    Args:
        weights (B): bytes of all weights.
        share (1): share of them that lies in a slower tier.

    Returns:
        (B) the rest; the buffer through which the others stream is not in.

    Assumptions:
        Weights can be split anywhere.
    """
    return (1 - share) * weights


@formula(
    latex=r"Q = \omega\, M_\mathrm{w}",
    symbols={"weights": r"M_\mathrm{w}", "share": r"\omega"},
)
def offloaded_bytes(weights: float, share: float) -> float:
    """Bytes of the weights that lie in a slower tier, and cross the link in every step that streams them.

    Args:
        weights (B): bytes of all weights.
        share (1): share of them that lies in a slower tier.

    Returns:
        (B) those that do not stay.

    Assumptions:
        Weights can be split anywhere; each is moved once per step.
    """
    return share * weights


@formula(
    latex=r"Q = \frac{k_\mathrm{r}}{N_\mathrm{r}}\, M_\mathrm{r}",
    symbols={"size": r"M_\mathrm{r}", "active": r"k_\mathrm{r}", "experts": r"N_\mathrm{r}"},
)
def uniform_bytes(size: float, active: int, experts: int) -> float:
    """Bytes of experts that one token reads from a tier.

    Args:
        size (B): bytes of the experts that lie there.
        active (1): routed experts that a token uses per layer.
        experts (1): routed experts per layer.

    Returns:
        (B) on average.

    Assumptions:
        Every expert is used as often as any other, wherever it lies.
    """
    return size * active / experts


@formula(
    latex=r"\mathcal{E}_\mathrm{tok} = \frac{\varepsilon_\mathrm{b}\, M_\mathrm{w}}{B}"
    r" + 2\, \varepsilon_\mathrm{op}\, N_\mathrm{p}",
    symbols={
        "byte_energy": r"\varepsilon_\mathrm{b}",
        "weights": r"M_\mathrm{w}",
        "batch": "B",
        "operation_energy": r"\varepsilon_\mathrm{op}",
        "parameters": r"N_\mathrm{p}",
    },
)
def token_energy(byte_energy: float, weights: float, batch: float, operation_energy: float, parameters: float) -> float:
    """Energy of reading weights and of multiplying by them, per decoded token.

    Args:
        byte_energy (J/B): energy of a byte read from memory.
        weights (B): bytes of the weights.
        batch (1): sequences that share the reading.
        operation_energy (J/FLOP): energy of an operation.
        parameters (1): parameters that a token passes.

    Returns:
        (J) energy of a token; caches, control and idle power are not in.

    Assumptions:
        Two operations per parameter; energies in proportion to bytes and operations.
    """
    return byte_energy * weights / batch + 2 * operation_energy * parameters
