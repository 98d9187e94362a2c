"""Two constants of the energy of a token, from what it took at several batches."""

from __future__ import annotations

import math
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


def _columns(batches: Sequence[float], energies: Sequence[float]) -> tuple[list[float], list[float]]:
    """What multiplies the shared and the own energy in the equations whose right sides are 1."""
    return [1 / (b * e) for b, e in zip(batches, energies, strict=True)], [1 / e for e in energies]


def _solved(wanted: Sequence[float], other: Sequence[float]) -> float:
    """The factor of ``wanted`` in the least squares of ``wanted`` and ``other`` against ones (Cramer's rule)."""
    mixed = sum(one * two for one, two in zip(wanted, other, strict=True))
    alone, beside = sum(one**2 for one in wanted), sum(two**2 for two in other)
    return (sum(wanted) * beside - sum(other) * mixed) / (alone * beside - mixed**2)


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
    return _solved(*_columns(batches, energies))


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
    return _solved(*reversed(_columns(batches, energies)))


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
    return max(abs(residual(batch_energy(shared, own, b), e)) for b, e in zip(batches, energies, strict=True))


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


@formula(
    latex=r"B = \frac{\mathcal{E}_1}{\mathcal{E}_\tau - \mathcal{E}_2}",
    symbols={"shared": r"\mathcal{E}_1", "own": r"\mathcal{E}_2", "energy": r"\mathcal{E}_\tau"},
)
def batch_for(shared: float, own: float, energy: float) -> float:
    """Batch at which a token takes a wanted energy.

    Args:
        shared (J/token): energy of a step that the tokens of its batch share.
        own (J/token): energy that every token adds.
        energy (J/token): wanted energy of a token.

    Returns:
        (1) sequences decoded together; infinite if no batch reaches it.

    Assumptions:
        Those of the energy of a token that shares a step.
    """
    return math.inf if energy <= own else shared / (energy - own)


@formula(
    latex=r"t_\mathrm{gpu} = \frac{G}{r}",
    symbols={"gpus": "G", "rate": "r"},
)
def gpu_time(gpus: int, rate: float) -> float:
    """Time that GPUs spend on a token.

    Args:
        gpus (1): GPUs that share the work.
        rate (token/s): tokens that they emit together per second.

    Returns:
        (s/token) GPU-seconds of a token.

    Assumptions:
        The rate is an average over all that the GPUs do.
    """
    return gpus / rate


@formula(
    latex=r"Q_\tau = \frac{M_\mathrm{w}}{B} + M(S)",
    symbols={"weights": r"M_\mathrm{w}", "batch": "B", "cache": "M(S)"},
)
def token_traffic(weights: float, batch: float, cache: float) -> float:
    """Bytes read from memory for a token, its share of the weights included.

    Args:
        weights (B): bytes of the weights that a step reads.
        batch (1): sequences decoded together, on average.
        cache (B): cache of one sequence, on average.

    Returns:
        (B) traffic of a token.

    Assumptions:
        One token of each sequence and step; those of the traffic of a step.
    """
    return weights / batch + cache


@formula(
    latex=r"\mathcal{E}_\tau = P_\mathrm{st}\, t_\mathrm{gpu} + \varepsilon_\mathrm{b}\, Q_\tau"
    r" + \varepsilon_\mathrm{op}\, F_1",
    symbols={
        "static": r"P_\mathrm{st}",
        "time": r"t_\mathrm{gpu}",
        "byte_energy": r"\varepsilon_\mathrm{b}",
        "traffic": r"Q_\tau",
        "operation_energy": r"\varepsilon_\mathrm{op}",
        "operations": "F_1",
    },
)
def parts_energy(
    static: float, time: float, byte_energy: float, traffic: float, operation_energy: float, operations: float
) -> float:
    """Energy of a decoded token, from its time, its bytes and its operations.

    Args:
        static (W): power of one GPU that passes whatever it does.
        time (s/token): GPU-seconds of a token.
        byte_energy (J/B): energy of a byte that is read.
        traffic (B): traffic of a token.
        operation_energy (J/FLOP): energy of an operation.
        operations (FLOP): operations of a token.

    Returns:
        (J/token) energy of the GPUs.

    Assumptions:
        Three constants for all models, batches and contexts on one kind of GPU; no overhead of node and facility.
    """
    return static * time + byte_energy * traffic + operation_energy * operations


def _constants(
    times: Sequence[float],
    traffics: Sequence[float],
    operations: Sequence[float],
    energies: Sequence[float],
    which: int,
) -> float:
    """One of the constants of the least squares of relative errors, by Cramer's rule; columns are scaled to 1."""
    rows = [[one / e for one, e in zip(column, energies, strict=True)] for column in (times, traffics, operations)]
    scales = [max(row) for row in rows]
    unit = [[one / scale for one in row] for row, scale in zip(rows, scales, strict=True)]
    left = [[sum(a * b for a, b in zip(one, two, strict=True)) for two in unit] for one in unit]
    right = [sum(row) for row in unit]
    replaced = [[right[i] if j == which else left[i][j] for j in range(3)] for i in range(3)]
    return _determinant(replaced) / _determinant(left) / scales[which]


def _determinant(rows: Sequence[Sequence[float]]) -> float:
    (a, b, c), (d, e, f), (g, h, i) = rows
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)


@formula(
    latex=r"P_\mathrm{st} = \left[ \operatorname*{arg\,min}_{x_1, x_2, x_3} \sum_j \left("
    r" \frac{x_1\, t_{\mathrm{gpu},j} + x_2\, Q_{\tau,j} + x_3\, F_{1,j}}{\mathcal{E}_j}"
    r" - 1 \right)^2 \right]_1",
    symbols={
        "times": r"t_{\mathrm{gpu},j}",
        "traffics": r"Q_{\tau,j}",
        "operations": "F_{1,j}",
        "energies": r"\mathcal{E}_j",
    },
)
def static_constant(
    times: Sequence[float], traffics: Sequence[float], operations: Sequence[float], energies: Sequence[float]
) -> float:
    """Static power of a GPU by least squares of relative errors over many tokens.

    Args:
        times (s/token): GPU-seconds of a token in each case, at least three cases.
        traffics (B): traffic of a token.
        operations (FLOP): operations of a token.
        energies (J/token): energy of a token that was measured.

    Returns:
        (W) power of one GPU that passes whatever it does.

    Assumptions:
        Those of the energy of a token from its parts; the relative errors of all energies are alike.
    """
    return _constants(times, traffics, operations, energies, 0)


@formula(
    latex=r"\varepsilon_\mathrm{b} = \left[ \operatorname*{arg\,min}_{x_1, x_2, x_3} \sum_j \left("
    r" \frac{x_1\, t_{\mathrm{gpu},j} + x_2\, Q_{\tau,j} + x_3\, F_{1,j}}{\mathcal{E}_j}"
    r" - 1 \right)^2 \right]_2",
    symbols={
        "times": r"t_{\mathrm{gpu},j}",
        "traffics": r"Q_{\tau,j}",
        "operations": "F_{1,j}",
        "energies": r"\mathcal{E}_j",
    },
)
def byte_constant(
    times: Sequence[float], traffics: Sequence[float], operations: Sequence[float], energies: Sequence[float]
) -> float:
    """Energy of a byte by least squares of relative errors over many tokens.

    Args:
        times (s/token): GPU-seconds of a token in each case, at least three cases.
        traffics (B): traffic of a token.
        operations (FLOP): operations of a token.
        energies (J/token): energy of a token that was measured.

    Returns:
        (J/B) energy of a byte that is read, all the way to the registers.

    Assumptions:
        Those of the energy of a token from its parts; the relative errors of all energies are alike.
    """
    return _constants(times, traffics, operations, energies, 1)


@formula(
    latex=r"\varepsilon_\mathrm{op} = \left[ \operatorname*{arg\,min}_{x_1, x_2, x_3} \sum_j \left("
    r" \frac{x_1\, t_{\mathrm{gpu},j} + x_2\, Q_{\tau,j} + x_3\, F_{1,j}}{\mathcal{E}_j}"
    r" - 1 \right)^2 \right]_3",
    symbols={
        "times": r"t_{\mathrm{gpu},j}",
        "traffics": r"Q_{\tau,j}",
        "operations": "F_{1,j}",
        "energies": r"\mathcal{E}_j",
    },
)
def operation_constant(
    times: Sequence[float], traffics: Sequence[float], operations: Sequence[float], energies: Sequence[float]
) -> float:
    """Energy of an operation by least squares of relative errors over many tokens.

    Args:
        times (s/token): GPU-seconds of a token in each case, at least three cases.
        traffics (B): traffic of a token.
        operations (FLOP): operations of a token.
        energies (J/token): energy of a token that was measured.

    Returns:
        (J/FLOP) energy of an operation.

    Assumptions:
        Those of the energy of a token from its parts; the relative errors of all energies are alike.
    """
    return _constants(times, traffics, operations, energies, 2)


@formula(
    latex=r"\delta_j = \frac{\mathcal{E}_\tau}{\mathcal{E}_j} - 1",
    symbols={"predicted": r"\mathcal{E}_\tau", "measured": r"\mathcal{E}_j"},
)
def residual(predicted: float, measured: float) -> float:
    """Relative difference of a predicted energy of a token from a measured one.

    Args:
        predicted (J/token): what a formula says.
        measured (J/token): what was measured.

    Returns:
        (1) above 0 if the formula says too much.

    Assumptions:
        Both have the same boundary.
    """
    return predicted / measured - 1
