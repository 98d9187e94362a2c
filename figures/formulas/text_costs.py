"""What a text costs where tokens are counted: its tokens in a language, their price, and what a window holds."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"n_\mathrm{tok} = n_\mathrm{w}\, f_\mathrm{w}\, \pi_\mathrm{L}",
    symbols={"words": r"n_\mathrm{w}", "fertility": r"f_\mathrm{w}", "premium": r"\pi_\mathrm{L}"},
)
def content_tokens(words: float, fertility: float, premium: float) -> float:
    """Tokens of a content that is measured in English words, in another language.

    Args:
        words (1): words that it has in English.
        fertility (token): tokens of an English word.
        premium (1): tokens of the language over those of English for the same content; 1 for English.

    Returns:
        (token) tokens in that language.

    Assumptions:
        The tokenizer treats this content as it treated the text by which fertility and premium were measured.
    """
    return words * fertility * premium


@formula(
    latex=r"n_\mathrm{w} = \frac{S}{f_\mathrm{w}\, \pi_\mathrm{L}}",
    symbols={"context": "S", "fertility": r"f_\mathrm{w}", "premium": r"\pi_\mathrm{L}"},
)
def words_in_context(context: float, fertility: float, premium: float) -> float:
    """How much content a context window holds, in words that it has in English.

    Args:
        context (token): tokens of the window.
        fertility (token): tokens of an English word.
        premium (1): tokens of the language over those of English for the same content; 1 for English.

    Returns:
        (1) English words of the same content.

    Assumptions:
        The tokenizer treats this content as it treated the text by which fertility and premium were measured.
    """
    return context / (fertility * premium)


@formula(
    latex=r"y_\mathrm{x} = \frac{n_\mathrm{tok}}{10^6}\, y_\mathrm{M}",
    symbols={"tokens": r"n_\mathrm{tok}", "price": r"y_\mathrm{M}"},
)
def text_price(tokens: float, price: float) -> float:
    """Price of a text where tokens are paid.

    Args:
        tokens (token): its tokens.
        price (USD): price of a million tokens.

    Returns:
        (USD) price of the text.

    Assumptions:
        One price for all of its tokens: input and output, cached and not, are priced apart by most services.
    """
    return tokens / 1e6 * price
