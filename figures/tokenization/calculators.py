"""Calculators of the article: what a language costs under a tokenizer, and what a vocabulary costs a model."""

from __future__ import annotations

from figures import presets
from figures.calculators import Calculator, Field, Option, Output, Preset
from figures.charts import Chart
from figures.formulas import embeddings, model, text_costs, tokens
from figures.measurements import corpus
from figures.tokenization import results_counts as counts
from figures.tokenization.results_embeddings import BODIES

_TOKENIZERS = ("cl100k", "o200k", "Llama 3.1", "Qwen3.6", "DeepSeek V4", "Gemma 3")


def _choice(tokenizer: str, text: str) -> Option:
    return Option(
        f"{tokenizer}: {corpus.title(text)}",
        {"passage": counts.count(tokenizer, text), "english": counts.count(tokenizer, "ferry_en")},
    )


language_cost = Calculator(
    "What a language costs",
    outputs=(
        Output(tokens.premium, "Premium of the language", using={"tokens": "passage", "reference": "english"}),
        Output(tokens.fertility, "Tokens of an English word", using={"tokens": "english", "words": "passage_words"}),
        Output(text_costs.words_in_context, "A window holds, in English words of the content"),
        Output(text_costs.content_tokens, "Tokens of the content"),
        Output(text_costs.text_price, "Price", unit="USD", using={"tokens": "content_tokens"}),
    ),
    fields=(
        Field("words", "Content", 1_000_000, 1, 1e13, help="in words that it has in English, for instance of a month"),
        Field("price", "Price of a million tokens", 2, 0, 10_000, unit="USD"),
        Field("context", "Window", 131_072, 1, presets.LONGEST),
        Field("passage", "Tokens of the passage in the language", None, 1, 1e9),
        Field("english", "Tokens of the passage in English", None, 1, 1e9),
        Field("passage_words", "Words of the passage in English", counts.of_text("words", "ferry_en").value, 1, 1e9),
    ),
    presets=(
        Preset(
            "choice",
            "Tokenizer and language",
            {
                f"{counts.NUMBERS[name]}_{text.removeprefix('ferry_')}": _choice(name, text)
                for name in _TOKENIZERS
                for text in counts.LANGUAGES
            },
            f"{counts.NUMBERS['Llama 3.1']}_hi",
        ),
    ),
    charts=(Chart("text_price", "words", 1e5, 1e8, ticks=(1e5, 1e6, 1e7, 1e8), log=True),),
)

vocabulary_cost = Calculator(
    "What a vocabulary costs",
    outputs=(
        Output(embeddings.embedding_parameters, "Parameters of the vocabulary", unit="million"),
        Output(model.weight_bytes, "Their memory", unit="GB", using={"parameters": "embedding_parameters"}),
        Output(embeddings.output_operations, "Operations of the output matrix per token", unit="GFLOP"),
        Output(
            embeddings.output_share,
            "Share in a token's products with weights",
            unit="%",
            using={"output": "output_operations"},
        ),
    ),
    fields=(
        Field("vocabulary", "Vocabulary", None, 256, 10_000_000),
        Field("width", "Width", None, 1, 1_000_000),
        Field("tables", "Matrices", None, 1, 2, help="1 where input and output share one, else 2"),
        Field("others", "Other parameters", None, 0.001, 100_000, unit="billion", help="that a token passes"),
        presets.PARAMETER_BYTES,
    ),
    presets=(
        Preset(
            "model",
            "Model",
            {
                body.key: Option(
                    body.name,
                    {"vocabulary": body.vocabulary, "width": body.width, "tables": body.tables, "others": body.others},
                )
                for body in BODIES
            },
            "llama3_1_8b",
        ),
    ),
    charts=(Chart("output_share", "vocabulary", 8192, 1_048_576, ticks=(8192, 32_768, 131_072, 524_288), log=True),),
)
