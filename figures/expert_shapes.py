"""From a model's entry in ``figures/data/models.toml`` to the parameters of its parts, in all and per token."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from figures import data
from figures.data import Datum
from figures.formulas import parameters
from figures.mixers import ONE, TWO, mixers
from figures.results import Assumed, Computed, Source, computed

NONE = Assumed(0, "1", "the output layer's matrix serves as input embedding")
UNTIED = Assumed(2, "1", "embedding tables: the source does not say; held apart, as in most models of this size")


@dataclass(frozen=True, slots=True)
class ExpertShape:
    """What the formulas of experts take: ``always`` counts every parameter that each token passes."""

    embedding: Source
    always: Computed
    moe_layers: Source
    experts: Datum
    active: Datum
    expert: Computed
    attention: Computed

    @property
    def total(self) -> Computed:
        """Parameters held in memory."""
        return computed(
            parameters.total,
            embedding=self.embedding,
            always=self.always,
            moe_layers=self.moe_layers,
            experts=self.experts,
            expert=self.expert,
        )

    @property
    def per_token(self) -> Computed:
        """Parameters that one token passes."""
        return computed(
            parameters.active,
            always=self.always,
            moe_layers=self.moe_layers,
            active=self.active,
            expert=self.expert,
        )


def models() -> list[str]:
    """The models with routed experts whose source says enough to count them, as the data file orders them."""
    return [key for key, entry in data.load("models").items() if {"expert_size", "query_heads"} <= set(entry)]


@cache
def expert_shape(model: str) -> ExpertShape:
    """The parts of a model.

    Raises:
        DataError: there is no such model or it lacks a value.
    """
    entry = data.load("models").get(model, {})

    def of(name: str) -> Datum:
        return data.value("models", model, name)

    width = of("hidden_size")
    dense = of("dense_layers") if "dense_layers" in entry else None
    moe_layers = _moe_layers(model, dense)
    table = computed(parameters.matrices, counts=(ONE,), inputs=(of("vocabulary"),), outputs=(width,))
    inner = of("expert_latent_dim") if "expert_latent_dim" in entry else width
    expert = feed_forward(model, inner, of("expert_size"))
    shared_size = of("shared_size") if "shared_size" in entry else of("expert_size")
    shared_inner = computed(parameters.side_by_side, count=of("shared_experts"), width=shared_size)
    shared = feed_forward(model, width, shared_inner)
    router = computed(parameters.matrices, counts=(ONE,), inputs=(width,), outputs=(of("experts"),))
    attention = total_of(list(mixers(model)))
    parts: list[tuple[Source, Source]] = [
        (ONE, table),
        (ONE, attention),
        (moe_layers, shared),
        (moe_layers, router),
    ]
    if dense and dense.value:
        parts.append((dense, feed_forward(model, width, of("dense_size"))))
    if inner is not width:
        latent = computed(parameters.matrices, counts=(TWO,), inputs=(width,), outputs=(inner,))
        parts.append((moe_layers, latent))
    return ExpertShape(
        embedding=NONE if tables(model).value == 1 else table,
        always=total_of(parts),
        moe_layers=moe_layers,
        experts=of("experts"),
        active=of("experts_per_token"),
        expert=expert,
        attention=attention,
    )


def _moe_layers(model: str, dense: Datum | None) -> Source:
    """Layers with routed experts: stated, or those that are not dense."""
    if dense is None:
        return data.value("models", model, "moe_layers")
    return computed(parameters.moe_layers, layers=data.value("models", model, "layers"), dense=dense)


def feed_forward(model: str, width: Source, inner: Source) -> Computed:
    """Parameters of one feed-forward network: three matrices, or the two of a model without a gate."""
    if "ffn_matrices" in data.load("models")[model]:
        count = data.value("models", model, "ffn_matrices")
        return computed(parameters.matrices, counts=(count,), inputs=(width,), outputs=(inner,))
    return computed(parameters.gated_feed_forward, width=width, inner=inner)


def tables(model: str) -> Source:
    """Embedding tables: 1 where the output layer's matrix is the input embedding, else 2."""
    stated = data.load("models")[model].get("embeddings")
    return stated if isinstance(stated, Datum) else UNTIED


def total_of(parts: list[tuple[Source, Source]]) -> Computed:
    """The sum of parts, each with its count."""
    counts, sizes = zip(*parts, strict=True)
    return computed(parameters.always_active, counts=counts, parts=sizes)
