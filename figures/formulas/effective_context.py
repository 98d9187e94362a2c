"""Effective context: up to which length a model scores enough, against the length that is claimed."""

from __future__ import annotations

from collections.abc import Sequence

from figures.formula import formula


@formula(
    latex=r"S_\mathrm{eff} = \max \{ S_j : \chi_j > \chi_0 \}",
    symbols={"lengths": "S_j", "scores": r"\chi_j", "threshold": r"\chi_0"},
    sources=("nvidia2026ruler{README.md, notes}",),
)
def effective_length(lengths: Sequence[float], scores: Sequence[float], threshold: float) -> float:
    """Longest of the tested lengths at which a model scores above a threshold.

    Args:
        lengths (token): lengths that were tested.
        scores (1): score at each of them.
        threshold (1): score that must be exceeded.

    Returns:
        (token) the length; 0 if no score is above the threshold.

    Assumptions:
        Lengths between those tested and beyond the longest are not judged.
    """
    above = [length for length, score in zip(lengths, scores, strict=True) if score > threshold]
    return max(above, default=0)


@formula(
    latex=r"\chi_0 = u_\chi\, \chi_\mathrm{b}",
    symbols={"share": r"u_\chi", "base": r"\chi_\mathrm{b}"},
    sources=("adobe2025nolima{README.md, notes}",),
)
def relative_threshold(share: float, base: float) -> float:
    """Threshold that is a share of a model's own score on short inputs.

    Args:
        share (1): the share that must be kept.
        base (1): score on short inputs.

    Returns:
        (1) the threshold.

    Assumptions:
        The short inputs ask for the same skill without the distraction.
    """
    return share * base


@formula(
    latex=r"u_\mathrm{eff} = \frac{S_\mathrm{eff}}{S_\mathrm{cl}}",
    symbols={"effective": r"S_\mathrm{eff}", "claimed": r"S_\mathrm{cl}"},
)
def usable_share(effective: float, claimed: float) -> float:
    """Share of the claimed context at which a model still scores enough.

    Args:
        effective (token): effective length by some test.
        claimed (token): length that the maker claims.

    Returns:
        (1) effective over claimed length.

    Assumptions:
        The test goes as far as the claim; else a lower bound.
    """
    return effective / claimed
