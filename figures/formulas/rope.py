"""Rotary position embedding: how fast each pair of dimensions turns, and which pairs have seen a whole turn."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"\theta_i = b_\theta^{-2 i_\mathrm{r} / d_\mathrm{rot}}",
    symbols={"base": r"b_\theta", "dim": r"d_\mathrm{rot}", "pair": r"i_\mathrm{r}"},
    sources=("su2021{eq. (15)}",),
)
def pair_frequency(base: float, dim: int, pair: float) -> float:
    """Angle by which a pair of rotated dimensions turns from one position to the next.

    Args:
        base (1): base of the angles, "theta" in a configuration.
        dim (1): dimensions of a head that are rotated, two of them a pair.
        pair (1): index of the pair, from 0.

    Returns:
        (1/token) radians per position.

    Assumptions:
        The first pair turns by one radian per position. An index between two pairs is allowed.
    """
    return math.pow(base, -2 * pair / dim)


@formula(
    latex=r"\Lambda_i = \frac{2 \pi}{\theta_i}",
    symbols={"frequency": r"\theta_i"},
    sources=("peng2023{eq. (13)}",),
)
def wavelength(frequency: float) -> float:
    """Distance over which a pair of rotated dimensions turns once.

    Args:
        frequency (1/token): radians per position.

    Returns:
        (token) positions of a whole turn.

    Assumptions:
        The angle is proportional to the position.
    """
    return 2 * math.pi / frequency


@formula(latex=r"\nu_i = \frac{S}{\Lambda_i}", symbols={"context": "S", "length": r"\Lambda_i"})
def turns(context: float, length: float) -> float:
    """Turns that a pair of rotated dimensions makes within a context.

    Args:
        context (token): context, usually that of the training.
        length (token): wavelength of the pair.

    Returns:
        (1) turns; below 1 the pair shows only a part of its circle.

    Assumptions:
        Distances from 0 to the context occur; the longest are rare in training.
    """
    return context / length


@formula(
    latex=r"i_\nu = \frac{d_\mathrm{rot}}{2} \cdot \frac{\ln (S / (2 \pi\, \nu_\mathrm{t}))}{\ln b_\theta}",
    symbols={"dim": r"d_\mathrm{rot}", "base": r"b_\theta", "context": "S", "count": r"\nu_\mathrm{t}"},
    sources=("huggingface2026transformers{src/transformers/modeling_rope_utils.py, find_correction_dim}",),
)
def turning_pair(dim: int, base: float, context: float, count: float) -> float:
    """Index at which a pair of rotated dimensions makes a given number of turns within a context.

    Args:
        dim (1): dimensions of a head that are rotated.
        base (1): base of the angles, above 1.
        context (token): the context.
        count (1): the number of turns.

    Returns:
        (1) index of the pair, from 0 and in general not whole; pairs above it turn less.

    Assumptions:
        The first pair turns by one radian per position.
    """
    return dim / 2 * math.log(context / (2 * math.pi * count)) / math.log(base)


@formula(
    latex=r"n_\mathrm{slow} = \left| \{ i_\mathrm{r} < d_\mathrm{rot} / 2 : \Lambda_i > S,\ \theta_i ="
    r" b_\theta^{-2 i_\mathrm{r} / d_\mathrm{rot}} \} \right|",
    symbols={"dim": r"d_\mathrm{rot}", "base": r"b_\theta", "context": "S"},
)
def unturned_pairs(dim: int, base: float, context: float) -> float:
    """Pairs of rotated dimensions that make no whole turn within a context.

    Args:
        dim (1): dimensions of a head that are rotated.
        base (1): base of the angles.
        context (token): the context, usually that of the training.

    Returns:
        (1) pairs whose wavelength is longer than the context.

    Assumptions:
        The first pair turns by one radian per position.
    """
    return sum(1 if wavelength(pair_frequency(base, dim, pair)) > context else 0 for pair in range(dim // 2))


@formula(
    latex=r"\Lambda_i = 2 \pi\, b_\theta^{\,2 i_\mathrm{r} / d_\mathrm{rot}}",
    symbols={"base": r"b_\theta", "dim": r"d_\mathrm{rot}", "pair": r"i_\mathrm{r}"},
)
def pair_wavelength(base: float, dim: int, pair: float) -> float:
    """Wavelength of a pair of rotated dimensions by its index.

    Args:
        base (1): base of the angles.
        dim (1): dimensions of a head that are rotated.
        pair (1): index of the pair, from 0.

    Returns:
        (token) positions of a whole turn.

    Assumptions:
        The first pair turns by one radian per position.
    """
    return wavelength(pair_frequency(base, dim, pair))
