"""Tokens of our texts by tokenizer, as the measurement found them, for figures and tables."""

from __future__ import annotations

from figures import paths
from figures.formulas import tokens as ratios
from figures.measurement import read
from figures.measurements import corpus
from figures.measurements.vocabularies import VOCABULARIES
from figures.results import Computed, Measured, computed

_FOLDER = paths.FIGURES / "tokenization"
PRODUCTION = read(_FOLDER / "production.csv")
TEXTS = read(_FOLDER / "texts.csv")
VOCABULARY = read(_FOLDER / "vocabularies.csv")
NUMBERS = {vocabulary.name: number for number, vocabulary in enumerate(VOCABULARIES, 1)}
LANGUAGES = tuple(f"ferry_{code}" for code in corpus.LANGUAGES)


def tokens(tokenizer: str, text: str) -> float:
    """Tokens of a text."""
    return PRODUCTION.cell("tokens", tokenizer=NUMBERS[tokenizer], text=corpus.number(text))


def size(text: str) -> float:
    """Its bytes."""
    return TEXTS.cell("bytes", text=corpus.number(text))


def premium(tokenizer: str, text: str) -> float:
    """Its tokens over those of the English passage."""
    return tokens(tokenizer, text) / tokens(tokenizer, "ferry_en")


def count(tokenizer: str, text: str) -> Measured:
    """Tokens of a text, as a result."""
    return Measured(
        PRODUCTION, f"tokens of the text {corpus.title(text)}, {tokenizer}", tokens(tokenizer, text), "token"
    )


def of_text(column: str, text: str) -> Measured:
    """Bytes, characters or words of a text, as a result."""
    unit = "B" if column == "bytes" else "1"
    what = f"{column} of the text {corpus.title(text)}"
    return Measured(TEXTS, what, TEXTS.cell(column, text=corpus.number(text)), unit)


def held(tokenizer: str, text: str) -> Computed:
    """Bytes per token."""
    return computed(ratios.bytes_per_token, size=of_text("bytes", text), tokens=count(tokenizer, text))


def fertility(tokenizer: str, text: str) -> Computed:
    """Tokens per word."""
    return computed(ratios.fertility, tokens=count(tokenizer, text), words=of_text("words", text))


def ordinary(tokenizer: str) -> Measured:
    """Ordinary tokens of a vocabulary."""
    found = VOCABULARY.cell("pieces", tokenizer=NUMBERS[tokenizer])
    return Measured(VOCABULARY, f"ordinary tokens, {tokenizer}", found, "1")
