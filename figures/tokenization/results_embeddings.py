"""Embeddings of named models: parameters, bytes, and their part of a token's operations."""

from __future__ import annotations

from dataclasses import dataclass

from figures.data import Datum, load, value
from figures.formulas import compare, embeddings
from figures.results import Assumed, Computed, Source, computed

SMALL = ("gemma3_270m", "gemma3_1b", "qwen3_0_6b")
LARGE = ("llama3_1_8b", "llama3_1_70b", "gpt_oss_20b", "qwen3_5_397b", "deepseek_v3", "kimi_k2")


@dataclass(frozen=True)
class Embedded:
    """A model with its vocabulary."""

    key: str
    file: str

    def of(self, field: str) -> Datum:
        """A value from the data."""
        return value(self.file, self.key, field)

    @property
    def name(self) -> str:
        """Its name."""
        return str(load(self.file)[self.key]["name"])

    @property
    def all(self) -> Computed:
        """Parameters of the input matrix and the output matrix, which may be one."""
        return self._matrices(self.of("embeddings"))

    def _matrices(self, tables: Source) -> Computed:
        return computed(
            embeddings.embedding_parameters,
            tables=tables,
            vocabulary=self.of("vocabulary"),
            width=self.of("hidden_size"),
        )

    @property
    def share(self) -> Computed:
        """Their share of all parameters."""
        return computed(compare.count_ratio, first=self.all, second=self.of("parameters"))

    @property
    def operations(self) -> Computed:
        """Operations of the output matrix for a token."""
        return computed(embeddings.output_operations, vocabulary=self.of("vocabulary"), width=self.of("hidden_size"))


MODELS = (*(Embedded(key, "embeddings") for key in SMALL), *(Embedded(key, "models") for key in LARGE))


@dataclass(frozen=True)
class Body:
    """A dense model without its vocabulary, and the vocabulary that it has."""

    key: str
    name: str
    width: Datum
    others: Assumed
    vocabulary: Datum
    tables: Datum


def _body(embedded: Embedded) -> Body:
    rest = embedded.of("parameters").value - embedded.all.value
    why = f"parameters of {embedded.name} outside its embeddings, from its rounded size"
    return Body(
        embedded.key,
        embedded.name,
        embedded.of("hidden_size"),
        Assumed(rest, "1", why),
        embedded.of("vocabulary"),
        embedded.of("embeddings"),
    )


BODIES = tuple(_body(one) for one in MODELS[:5])
"""The dense ones."""
