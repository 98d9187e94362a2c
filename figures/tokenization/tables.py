"""Tables of the article on tokenization."""

from __future__ import annotations

from figures.measurements import corpus
from figures.measurements.tokenizer_speed import PROSE, SOLID
from figures.measurements.vocabularies import VOCABULARIES, WORD
from figures.tables import Cell, Column, Table
from figures.tokenization import results_counts as counts
from figures.tokenization.results_embeddings import MODELS, Embedded
from figures.tokenization.results_speed import encoding_time

_TEXTS = ("ferry_en", "ferry_de", "ferry_hi", "ferry_zh", "code_python", "numbers_plain")
_FOUR = ("GPT-2", "cl100k", "o200k", "Gemma 3")
_SPACED = tuple(text for text in counts.LANGUAGES if text.removeprefix("ferry_") not in corpus.UNSPACED)


def _head(text: str) -> Column:
    title = corpus.title(text)
    return Column(title[0].upper() + title[1:], unit="B/token")


production = Table(
    columns=("Tokenizer", Column("Tokens", digits=6), *(_head(text) for text in _TEXTS)),
    rows=[
        (one.name, counts.ordinary(one.name), *(counts.held(one.name, text) for text in _TEXTS))
        for one in VOCABULARIES
        if one.kind != WORD
    ],
)

languages = Table(
    columns=("Language", Column("Words", digits=4), *(Column(name, unit="token") for name in _FOUR)),
    rows=[
        (corpus.title(text), counts.of_text("words", text), *(counts.fertility(name, text) for name in _FOUR))
        for text in _SPACED
    ],
)


def _embedded(one: Embedded) -> tuple[Cell, ...]:
    shape = (one.of("vocabulary"), one.of("hidden_size"), one.of("embeddings"))
    return (one.name, *shape, one.all, one.share, one.operations)


embeddings = Table(
    columns=(
        "Model",
        "Vocabulary",
        "Width",
        "Matrices",
        Column("Embeddings", unit="million"),
        Column("Share of all parameters", unit="%", digits=2),
        Column("Output matrix per token", unit="GFLOP"),
    ),
    rows=[_embedded(one) for one in MODELS],
)

speed = Table(
    columns=(
        "Tokenizer",
        "Library",
        Column("English prose", unit="ms", digits=2),
        Column("Letters without a space", unit="ms", digits=2),
    ),
    rows=[
        (one.name, one.library, encoding_time(one.name, PROSE), encoding_time(one.name, SOLID)) for one in VOCABULARIES
    ],
)
