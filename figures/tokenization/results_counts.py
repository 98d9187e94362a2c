"""Tokens of our texts by tokenizer, as the measurement found them, for figures and tables."""

from __future__ import annotations

from figures import paths
from figures.measurement import read
from figures.measurements import corpus
from figures.measurements.vocabularies import VOCABULARIES

_FOLDER = paths.FIGURES / "tokenization"
PRODUCTION = read(_FOLDER / "production.csv")
TEXTS = read(_FOLDER / "texts.csv")
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
