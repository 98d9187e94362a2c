"""Two constants of the energy of a token, from what it took at several batches."""

from __future__ import annotations

from collections.abc import Sequence

from figures.formula import formula


@formula(
    latex=r"\mathcal{E}_\tau = \frac{\mathcal{E}_1}{B} + \mathcal{E}_2",
    symbols={"shared": r"\mathcal{E}_1", "own": r"\mathcal{E}_2", "batch": "B"},
)
def batch_energy(shared: float, own: float, batch: float) -> float:
    """Energy of a token that shares a step with others.

    Args:
        shared (J/token): energy of a step that the tokens of its batch share.
        own (J/token): energy that every token adds.
        batch (1): sequences decoded together, on average.

    Returns:
        (J/token) energy of a token.

    Assumptions:
        Both parts are constants: clock, context and prompts per token do not depend on the batch.
    """
    return shared / batch + own


@formula(
    latex=r"\mathcal{E}_1 = \frac{\sum_j u_j \sum_j v_j^2 - \sum_j v_j \sum_j u_j v_j}"
    r"{\sum_j u_j^2 \sum_j v_j^2 - \left( \sum_j u_j v_j \right)^2},\quad "
    r"u_j = \frac{1}{B_j\, \mathcal{E}_j},\quad v_j = \frac{1}{\mathcal{E}_j}",
    symbols={"batches": "B_j", "energies": r"\mathcal{E}_j"},
)
def shared_energy(batches: Sequence[float], energies: Sequence[float]) -> float:
    """Energy of a step that the tokens of its batch share, by least squares of relative errors.

    Args:
        batches (1): batches that were measured, at least two of them different.
        energies (J/token): energy of a token at each.

    Returns:
        (J/token) the first of the two constants.

    Assumptions:
        The relative errors of all energies are alike.
    """
    u = sum(1 / (batch * energy) for batch, energy in zip(batches, energies, strict=True))
    v = sum(1 / energy for energy in energies)
    uu = sum(1 / (batch * energy) ** 2 for batch, energy in zip(batches, energies, strict=True))
    uv = sum(1 / (batch * energy**2) for batch, energy in zip(batches, energies, strict=True))
    vv = sum(1 / energy**2 for energy in energies)
    return (u * vv - v * uv) / (uu * vv - uv**2)


@formula(
    latex=r"\mathcal{E}_2 = \frac{\sum_j v_j \sum_j u_j^2 - \sum_j u_j \sum_j u_j v_j}"
    r"{\sum_j u_j^2 \sum_j v_j^2 - \left( \sum_j u_j v_j \right)^2},\quad "
    r"u_j = \frac{1}{B_j\, \mathcal{E}_j},\quad v_j = \frac{1}{\mathcal{E}_j}",
    symbols={"batches": "B_j", "energies": r"\mathcal{E}_j"},
)
def own_energy(batches: Sequence[float], energies: Sequence[float]) -> float:
    """Energy that every token adds to a step, by least squares of relative errors.

    Args:
        batches (1): batches that were measured, at least two of them different.
        energies (J/token): energy of a token at each.

    Returns:
        (J/token) the second of the two constants.

    Assumptions:
        The relative errors of all energies are alike.
    """
    u = sum(1 / (batch * energy) for batch, energy in zip(batches, energies, strict=True))
    v = sum(1 / energy for energy in energies)
    uu = sum(1 / (batch * energy) ** 2 for batch, energy in zip(batches, energies, strict=True))
    uv = sum(1 / (batch * energy**2) for batch, energy in zip(batches, energies, strict=True))
    vv = sum(1 / energy**2 for energy in energies)
    return (v * uu - u * uv) / (uu * vv - uv**2)


@formula(
    latex=r"\delta_\mathrm{max} = \max_j \left| \frac{\mathcal{E}_1 / B_j + \mathcal{E}_2}{\mathcal{E}_j} - 1 \right|",
    symbols={
        "shared": r"\mathcal{E}_1",
        "own": r"\mathcal{E}_2",
        "batches": "B_j",
        "energies": r"\mathcal{E}_j",
    },
)
def largest_misfit(shared: float, own: float, batches: Sequence[float], energies: Sequence[float]) -> float:
    """Largest relative difference between two constants and what was measured.

    Args:
        shared (J/token): energy of a step that the tokens of its batch share.
        own (J/token): energy that every token adds.
        batches (1): batches that were measured.
        energies (J/token): energy of a token at each.

    Returns:
        (1) largest residual, without its sign.

    Assumptions:
        Those of the energy of a token that shares a step.
    """
    return max(abs(batch_energy(shared, own, b) / e - 1) for b, e in zip(batches, energies, strict=True))


@formula(
    latex=r"B_\mathrm{half} = \frac{\mathcal{E}_1}{\mathcal{E}_2}",
    symbols={"shared": r"\mathcal{E}_1", "own": r"\mathcal{E}_2"},
)
def even_batch(shared: float, own: float) -> float:
    """Batch at which a token takes twice the energy that no batch undercuts.

    Args:
        shared (J/token): energy of a step that the tokens of its batch share.
        own (J/token): energy that every token adds.

    Returns:
        (1) batch at which both parts are equal.

    Assumptions:
        Those of the energy of a token that shares a step.
    """
    return shared / own
