"""From a model's entry in ``figures/data/models.toml`` to the layer groups of its KV cache."""

from __future__ import annotations

from dataclasses import dataclass

from figures import data
from figures.data import DataError, Datum
from figures.formulas import kv_cache
from figures.results import Assumed, Computed, Source, computed

NO_WINDOW = Assumed(0, "token", "these layers attend to the whole context")


@dataclass(frozen=True, slots=True)
class CacheShape:
    """Groups of like layers, in the order in which ``kv_cache.cache_bytes`` takes them."""

    layers: tuple[Source, ...]
    elements: tuple[Source, ...]
    windows: tuple[Source, ...]

    def inputs(self, element_bytes: Source) -> dict[str, Source | tuple[Source, ...]]:
        """The arguments of ``kv_cache.growth_per_token``, and of ``cache_bytes`` but for the context."""
        return {
            "element_bytes": element_bytes,
            "layers": self.layers,
            "elements": self.elements,
            "windows": self.windows,
        }


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
    """Elements that one layer of a model stores per token."""
    if data.load("models")[model]["attention"] == "MLA":
        return computed(
            kv_cache.latent_elements,
            latent_dim=data.value("models", model, "mla_latent_dim"),
            rope_dim=data.value("models", model, "mla_rope_dim"),
        )
    return computed(kv_cache.head_elements, kv_heads=data.value("models", model, "kv_heads"), head_dim=head_dim(model))


def cache_shape(model: str) -> CacheShape:
    """Layer groups of a model: one without windows, full and windowed layers apart otherwise.

    Raises:
        DataError: there is no such model or it lacks a value.
    """
    entry = data.load("models").get(model)
    if entry is None:
        raise DataError(f"figures/data/models.toml has no model {model!r}; it has {', '.join(data.load('models'))}")
    each = elements(model)
    if "window" not in entry:
        return CacheShape((data.value("models", model, "layers"),), (each,), (NO_WINDOW,))
    groups = [
        (data.value("models", model, "full_layers"), each, NO_WINDOW),
        (data.value("models", model, "window_layers"), each, data.value("models", model, "window")),
    ]
    kept = [group for group in groups if group[0].value]
    return CacheShape(*zip(*kept, strict=True))
