"""Embeddings of named models: parameters, bytes, and their part of a token's operations."""

from __future__ import annotations

from dataclasses import dataclass

from figures.data import Datum, load, value
from figures.formulas import compare, experts, model, parameters
from figures.results import Assumed, Computed, computed

_ONE = Assumed(1, "1", "one matrix")
_TOKEN = Assumed(1, "1", "one token")
_BF16 = Assumed(2, "B", "weights in 16 bits")
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
    def table(self) -> Computed:
        """Parameters of one matrix."""
        return computed(
            parameters.matrices, counts=[_ONE], inputs=[self.of("vocabulary")], outputs=[self.of("hidden_size")]
        )

    @property
    def all(self) -> Computed:
        """Parameters of the input matrix and the output matrix, which may be one."""
        return computed(
            parameters.matrices,
            counts=[self.of("embeddings")],
            inputs=[self.of("vocabulary")],
            outputs=[self.of("hidden_size")],
        )

    @property
    def share(self) -> Computed:
        """Their share of all parameters."""
        return computed(compare.count_ratio, first=self.all, second=self.of("parameters"))

    @property
    def bytes(self) -> Computed:
        """Their bytes."""
        return computed(model.weight_bytes, parameters=self.all, parameter_bytes=_BF16)

    @property
    def operations(self) -> Computed:
        """Operations of the output matrix for a token."""
        return computed(experts.weight_operations, tokens=_TOKEN, active=self.table)


MODELS = (*(Embedded(key, "embeddings") for key in SMALL), *(Embedded(key, "models") for key in LARGE))


@dataclass(frozen=True)
class Body:
    """A model without its vocabulary: width, other parameters that a token passes, and the vocabulary that it has."""

    name: str
    width: Datum
    rest: Assumed
    vocabulary: Datum


def _body(embedded: Embedded) -> Body:
    rest = embedded.of("parameters").value - embedded.all.value
    others = Assumed(rest, "1", f"parameters of {embedded.name} outside its embeddings, from its rounded size")
    return Body(embedded.name, embedded.of("hidden_size"), others, embedded.of("vocabulary"))


BODIES = tuple(_body(one) for one in (MODELS[0], MODELS[2], MODELS[3], MODELS[4]))
