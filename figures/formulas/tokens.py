"""What a tokenizer makes of a text: quotients of its bytes, its words and its tokens."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"b_\mathrm{t} = \frac{n_\mathrm{B}}{n_\mathrm{tok}}",
    symbols={"size": r"n_\mathrm{B}", "tokens": r"n_\mathrm{tok}"},
)
def bytes_per_token(size: float, tokens: float) -> float:
    """How many bytes of a text one token stands for, on average.

    Args:
        size (B): bytes of the text in UTF-8.
        tokens (token): tokens of the same text, without those that mark its beginning and end.

    Returns:
        (B/token) bytes per token.
    """
    return size / tokens


@formula(
    latex=r"f_\mathrm{w} = \frac{n_\mathrm{tok}}{n_\mathrm{w}}",
    symbols={"tokens": r"n_\mathrm{tok}", "words": r"n_\mathrm{w}"},
)
def fertility(tokens: float, words: float) -> float:
    """How many tokens a word becomes, on average.

    Args:
        tokens (token): tokens of the text.
        words (1): its words, as white space separates them.

    Returns:
        (token) tokens per word.

    Assumptions:
        The language writes spaces between words; punctuation counts with the word that it touches.
    """
    return tokens / words


@formula(
    latex=r"\pi_\mathrm{L} = \frac{n_\mathrm{tok}}{n_\mathrm{tok}'}",
    symbols={"tokens": r"n_\mathrm{tok}", "reference": r"n_\mathrm{tok}'"},
)
def premium(tokens: float, reference: float) -> float:
    """Tokens of a text over those of the same text in another language, or in another form.

    Args:
        tokens (token): tokens of the text.
        reference (token): tokens of the text that it is compared with, by the same tokenizer.

    Returns:
        (1) the first over the second.

    Assumptions:
        Both texts say the same.
    """
    return tokens / reference


@formula(
    latex=r"r_\mathrm{B} = r\, b_\mathrm{t}",
    symbols={"rate": "r", "bytes_per_token": r"b_\mathrm{t}"},
)
def text_rate(rate: float, bytes_per_token: float) -> float:
    """How fast text comes out of a model.

    Args:
        rate (token/s): tokens per second.
        bytes_per_token (B/token): bytes that a token stands for.

    Returns:
        (B/s) bytes of text per second.

    Assumptions:
        The tokens are those of a text of the kind for which the bytes per token were counted.
    """
    return rate * bytes_per_token
