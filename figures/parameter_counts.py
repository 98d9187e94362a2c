"""Parameters of a model, in all and per token, counted from its entry in ``figures/data/models.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from figures import data
from figures.data import Datum
from figures.expert_shapes import NONE, expert_shape, feed_forward, tables, total_of
from figures.expert_shapes import models as expert_models
from figures.formulas import parameters
from figures.mixers import ONE, mixers
from figures.results import Assumed, Computed, Source, computed

NO_EXPERTS = Assumed(0, "1", "no routed experts: a dense model")


@dataclass(frozen=True, slots=True)
class Count:
    """Parameters held in memory, those that a token passes, and the input embedding, which is held and not passed."""

    total: Computed
    per_token: Computed
    embedding: Source


def dense_models() -> list[str]:
    """The dense models whose source says enough to count them, as the data file orders them."""
    needed = {"dense_size", "vocabulary", "hidden_size", "query_heads"}
    # Gemma 4 E2B and E4B hold an embedding for each of their layers, too, whose table is not in the data.
    return [
        key
        for key, entry in data.load("models").items()
        if needed <= set(entry) and "experts" not in entry and "sharing_layers" not in entry
    ]


def countable() -> list[str]:
    """The models that can be counted, as the data file orders them."""
    known = {*dense_models(), *expert_models()}
    return [key for key in data.load("models") if key in known]


@cache
def count(model: str) -> Count:
    """The parameters of a model.

    Raises:
        DataError: there is no such model or it lacks a value.
    """
    if "experts" in data.load("models").get(model, {}):
        shape = expert_shape(model)
        return Count(shape.total, shape.per_token, shape.embedding)
    always, embedding = _dense(model)
    nothing: dict[str, Source] = {"moe_layers": NO_EXPERTS, "expert": NO_EXPERTS}
    return Count(
        computed(parameters.total, embedding=embedding, always=always, experts=NO_EXPERTS, **nothing),
        computed(parameters.active, always=always, active=NO_EXPERTS, **nothing),
        embedding,
    )


def _dense(model: str) -> tuple[Computed, Source]:
    """What every token passes, and an input embedding that is held apart."""

    def of(name: str) -> Datum:
        return data.value("models", model, name)

    width = of("hidden_size")
    table = computed(parameters.matrices, counts=(ONE,), inputs=(of("vocabulary"),), outputs=(width,))
    networks = of("dense_layers") if "dense_layers" in data.load("models")[model] else of("layers")
    parts: list[tuple[Source, Source]] = [
        (ONE, table),
        (ONE, total_of(list(mixers(model)))),
        (networks, feed_forward(model, width, of("dense_size"))),
    ]
    return total_of(parts), NONE if tables(model).value == 1 else table


def claimed(model: str, field: str) -> Datum | None:
    """What the maker prints as ``parameters`` or ``active_parameters``, of the language part where it says that."""
    entry = data.load("models")[model]
    if field == "parameters" and "language_parameters" in entry:
        field = "language_parameters"
    found = entry.get(field)
    return found if isinstance(found, Datum) else None
