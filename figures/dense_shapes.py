"""From a dense model's entry in ``figures/data/models.toml`` to what the formulas of training take."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from figures import data
from figures.data import Datum
from figures.formulas import parameters
from figures.results import Assumed, Computed, Source, computed
from figures.shapes import head_dim

ONE = Assumed(1, "1", "one of it")


@dataclass(frozen=True, slots=True)
class DenseShape:
    """Sizes of a decoder with grouped-query attention and gated feed-forward networks."""

    layers: Datum
    width: Datum
    query_heads: Datum
    kv_heads: Datum
    head_dim: Source
    inner: Datum
    vocabulary: Datum

    @property
    def layer(self) -> Computed:
        """Parameters of one layer, norms neglected."""
        attention = computed(
            parameters.grouped_attention,
            width=self.width,
            query_heads=self.query_heads,
            kv_heads=self.kv_heads,
            head_dim=self.head_dim,
        )
        network = computed(parameters.gated_feed_forward, width=self.width, inner=self.inner)
        return computed(parameters.always_active, counts=(ONE, ONE), parts=(attention, network))

    @property
    def table(self) -> Computed:
        """Parameters of the output layer, or of the input embedding."""
        return computed(parameters.matrices, counts=(ONE,), inputs=(self.width,), outputs=(self.vocabulary,))

    @property
    def active(self) -> Computed:
        """Parameters that a token is multiplied with: the layers and the output layer."""
        return computed(parameters.always_active, counts=(self.layers, ONE), parts=(self.layer, self.table))

    @property
    def total(self) -> Computed:
        """Parameters that are held: with the input embedding."""
        return computed(
            parameters.total,
            embedding=self.table,
            always=self.active,
            moe_layers=_NO_LAYER,
            experts=_NO_LAYER,
            expert=_NO_LAYER,
        )

    def attention(self) -> dict[str, Source]:
        """What the operations of attention take."""
        return {"layers": self.layers, "query_heads": self.query_heads, "head_dim": self.head_dim}


_NO_LAYER = Assumed(0, "1", "no routed experts")


@cache
def dense_shape(model: str) -> DenseShape:
    """The sizes of a model.

    Raises:
        DataError: there is no such model or it lacks a value.
    """

    def of(name: str) -> Datum:
        return data.value("models", model, name)

    return DenseShape(
        of("layers"),
        of("hidden_size"),
        of("query_heads"),
        of("kv_heads"),
        head_dim(model),
        of("dense_size"),
        of("vocabulary"),
    )
