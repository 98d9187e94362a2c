"""The size of a vocabulary at which a character costs least, by the tokens per character that Tao et al. fitted."""

from __future__ import annotations

import math

from figures.formula import formula

_SQUARE, _LINEAR, _CONSTANT = 0.00639222, -0.15811069, 1.20470122
_LEAST, _MOST = 256.0, 200_000.0
_HALVINGS = 60


@formula(
    latex=r"f_\mathrm{c} = 0.00639222\, \ln^2 V - 0.15811069\, \ln V + 1.20470122",
    symbols={"vocabulary": "V"},
    sources=("tao2024code{approach2_derivative.py, dF_dV}",),
)
def tokens_per_character(vocabulary: float) -> float:
    """Tokens that a character of English text takes, on average.

    Args:
        vocabulary (1): tokens of the vocabulary.

    Returns:
        (token) tokens per character.

    Assumptions:
        The fit of Tao et al. to tokenizers trained on their corpus, which they hold constant above 200,000 tokens.
    """
    size = math.log(min(vocabulary, _MOST))
    return _SQUARE * size**2 + _LINEAR * size + _CONSTANT


@formula(
    latex=r"V^* = \arg\min_V \left( N_\mathrm{nv} + V d \right) f_\mathrm{c}(V)",
    symbols={"others": r"N_\mathrm{nv}", "width": "d"},
    sources=("tao2024code{approach2_derivative.py, dF_dV}",),
)
def best_vocabulary(others: float, width: float) -> float:
    """Vocabulary with which a character of English costs least.

    Args:
        others (1): parameters outside the vocabulary that a token passes.
        width (1): width of the model.

    Returns:
        (1) tokens of the vocabulary, between 256 and the 200,000 at which the fit ends.

    Assumptions:
        The cost of a token is in proportion to the parameters that it passes, with one output matrix; tokens per
        character as Tao et al. fitted them, for English.
    """
    low, high = _LEAST, _MOST
    for _ in range(_HALVINGS):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if _slope(middle, others, width) < 0 else (low, middle)
    return high


def _slope(vocabulary: float, others: float, width: float) -> float:
    """The cost of a character, differentiated by the logarithm of the vocabulary."""
    falling = 2 * _SQUARE * math.log(vocabulary) + _LINEAR
    return width * vocabulary * tokens_per_character(vocabulary) + (others + width * vocabulary) * falling


@formula(
    latex=r"q_* = \frac{(N_\mathrm{nv} + V d)\, f_\mathrm{c}(V)}{(N_\mathrm{nv} + V^* d)\, f_\mathrm{c}(V^*)}",
    symbols={"others": r"N_\mathrm{nv}", "vocabulary": "V", "width": "d"},
)
def over_best_vocabulary(others: float, vocabulary: float, width: float) -> float:
    """Cost of a character of English over what it costs with the best vocabulary.

    Args:
        others (1): parameters outside the vocabulary that a token passes.
        vocabulary (1): tokens of the vocabulary.
        width (1): width of the model.

    Returns:
        (1) the first over the second.

    Assumptions:
        The cost of a token is in proportion to the parameters that it passes, with one output matrix; tokens per
        character as Tao et al. fitted them, for English.
    """
    best = best_vocabulary(others, width)
    least = (others + best * width) * tokens_per_character(best)
    return (others + vocabulary * width) * tokens_per_character(vocabulary) / least


@formula(
    latex=r"N_\mathrm{eq} = N_\mathrm{nv} + \frac{2\, B\, m\, S}{w_\mathrm{p}}",
    symbols={
        "others": r"N_\mathrm{nv}",
        "batch": "B",
        "growth": "m",
        "context": "S",
        "parameter_bytes": r"w_\mathrm{p}",
    },
)
def traffic_parameters(others: float, batch: float, growth: float, context: float, parameter_bytes: float) -> float:
    """Parameters that stand for weights and cache where the least memory traffic per character is sought.

    Args:
        others (1): parameters outside the vocabulary.
        batch (1): sequences that are decoded together.
        growth (B/token): bytes of KV cache per token.
        context (token): tokens of a sequence, with the vocabulary that is sought.
        parameter_bytes (B): bytes of a parameter.

    Returns:
        (1) what takes the place of the parameters outside the vocabulary.

    Assumptions:
        A step reads all weights once and the cache of each sequence once; the content of a context is fixed, so that
        its tokens fall with the tokens per character, and the cache counts twice.
    """
    return others + 2 * batch * growth * context / parameter_bytes
