"""From a model's entry in ``figures/data/models.toml`` to the layer groups of its KV cache."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from figures import data
from figures.data import DataError, Datum
from figures.formulas import kv_cache
from figures.results import Assumed, Computed, Source, computed

NO_WINDOW = Assumed(0, "token", "these layers attend to the whole context")
EVERY_TOKEN = Assumed(1, "token", "one entry for every token")
ONE_STATE = Assumed(1, "token", "a state of fixed size: kept once, whatever the context")


class Group(NamedTuple):
    """Like layers: how many, elements of one entry, most tokens kept, tokens per entry."""

    layers: Source
    elements: Source
    window: Source = NO_WINDOW
    stride: Source = EVERY_TOKEN


@dataclass(frozen=True, slots=True)
class CacheShape:
    """Groups of like layers, in the order in which ``kv_cache.cache_bytes`` takes them."""

    groups: tuple[Group, ...]

    @property
    def windows(self) -> tuple[Source, ...]:
        """Most tokens that the layers of each group keep."""
        return tuple(group.window for group in self.groups)

    def lists(self) -> dict[str, tuple[Source, ...]]:
        """The list arguments of ``kv_cache.cache_bytes``."""
        return {
            "layers": tuple(group.layers for group in self.groups),
            "elements": tuple(group.elements for group in self.groups),
            "windows": self.windows,
            "strides": tuple(group.stride for group in self.groups),
        }

    def inputs(self, element_bytes: Source) -> dict[str, Source | tuple[Source, ...]]:
        """The arguments of ``kv_cache.growth_per_token``, and of ``cache_bytes`` but for the context."""
        return {"element_bytes": element_bytes, **self.lists()}


def head_dim(model: str) -> Source:
    """Head dimension of a model: stated by its source, or width over query heads."""
    stated = data.load("models")[model].get("head_dim")
    if isinstance(stated, Datum):
        return stated
    return computed(
        kv_cache.head_dimension,
        hidden_size=data.value("models", model, "hidden_size"),
        query_heads=data.value("models", model, "query_heads"),
    )


def elements(model: str) -> Computed:
    """Elements that one layer of a model stores per token; of a windowed layer where the kinds differ."""
    if data.load("models")[model]["attention"] == "MLA":
        return computed(
            kv_cache.latent_elements,
            latent_dim=data.value("models", model, "mla_latent_dim"),
            rope_dim=data.value("models", model, "mla_rope_dim"),
        )
    return _head_elements(model, data.value("models", model, "kv_heads"), head_dim(model))


def _head_elements(model: str, kv_heads: Source, head_dim: Source) -> Computed:
    value_dim = data.load("models")[model].get("value_dim")
    if isinstance(value_dim, Datum):
        return computed(kv_cache.uneven_elements, kv_heads=kv_heads, key_dim=head_dim, value_dim=value_dim)
    return computed(kv_cache.head_elements, kv_heads=kv_heads, head_dim=head_dim)


def _global_elements(model: str, windowed: Computed) -> Computed:
    """Elements of a layer without a window, where its heads are not those of the windowed layers."""
    entry = data.load("models")[model]
    if not {"global_kv_heads", "global_head_dim"} & set(entry):
        return windowed
    heads, one = entry.get("global_kv_heads"), entry.get("global_head_dim")
    return _head_elements(
        model,
        heads if isinstance(heads, Datum) else data.value("models", model, "kv_heads"),
        one if isinstance(one, Datum) else head_dim(model),
    )


def indexer_layers(model: str) -> Datum:
    """Layers that choose which tokens are read and keep a key of their own for it: those stated, or all."""
    entry = data.load("models")[model]
    return data.value("models", model, "indexer_layers" if "indexer_layers" in entry else "layers")


def cached_models() -> list[str]:
    """The models whose source says enough for the size of their cache, as the data file orders them."""
    known = {"mla_latent_dim", "entry_dim", "kv_heads"}
    return [key for key, entry in data.load("models").items() if known & set(entry)]


def cache_shape(model: str) -> CacheShape:
    """Layer groups of a model.

    Raises:
        DataError: there is no such model or it lacks a value.
    """
    entry = data.load("models").get(model)
    if entry is None:
        raise DataError(f"figures/data/models.toml has no model {model!r}; it has {', '.join(data.load('models'))}")

    def of(name: str) -> Datum:
        return data.value("models", model, name)

    if "csa_layers" in entry:
        return CacheShape(
            (
                Group(of("layers"), of("entry_dim"), window=of("window")),
                Group(of("csa_layers"), of("entry_dim"), stride=of("csa_compression")),
                Group(of("csa_layers"), of("indexer_head_dim"), stride=of("csa_compression")),
                Group(of("hca_layers"), of("entry_dim"), stride=of("hca_compression")),
            )
        )
    each = elements(model)
    if "linear_layers" in entry:
        state = computed(
            kv_cache.state_elements,
            heads=of("linear_value_heads"),
            key_dim=of("linear_key_dim"),
            value_dim=of("linear_value_dim"),
        )
        return CacheShape((Group(of("full_layers"), each), Group(of("linear_layers"), state, window=ONE_STATE)))
    if "mamba_layers" in entry:
        state = computed(
            kv_cache.state_elements,
            heads=of("mamba_heads"),
            key_dim=of("mamba_state"),
            value_dim=of("mamba_head_dim"),
        )
        return CacheShape((Group(of("full_layers"), each), Group(of("mamba_layers"), state, window=ONE_STATE)))
    if "window" not in entry:
        groups = [Group(of("layers"), each)]
        if "indexer_head_dim" in entry:
            groups.append(Group(indexer_layers(model), of("indexer_head_dim")))
        return CacheShape(tuple(groups))
    full = _global_elements(model, each)
    pair = (Group(of("full_layers"), full), Group(of("window_layers"), each, window=of("window")))
    return CacheShape(tuple(group for group in pair if group.layers.value))
