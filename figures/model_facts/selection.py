"""What several tables, figures and calculators of the article need: which models, in which order, of which kind."""

from __future__ import annotations

from figures import data
from figures.data import Datum
from figures.model_facts import fact
from figures.parameter_counts import count, countable
from figures.shapes import cache_shape, cached_models

BEFORE_2024 = ("opt_13b", "pythia_6_9b", "mistral_7b")
COPIES = ("deepseek_v3_2_exp",)  # the model of the same shape that followed has more values

_WORDS = {"GQA": "GQA", "MHA": "MHA", "MQA": "MQA", "MLA": "MLA", "CSA+HCA": "compressed", "MFA": "MFA"}


def kind(model: str) -> str:
    """What the layers of a model are: their attention, and what else there is."""
    entry = data.load("models")[model]
    word = _WORDS[str(entry["attention"])]
    if "linear_layers" in entry:
        return f"{word} + linear"
    if "mamba_layers" in entry:
        return f"{word} + Mamba-2"
    if "window_layers" in entry:
        return f"{word} + windows"
    if "indexer_head_dim" in entry and "csa_layers" not in entry:
        return f"{word}, sparse"
    return word


KIND = {key: kind(key) for key, entry in data.load("models").items() if "attention" in entry}


def day(model: str) -> str:
    """Day of release where a source says it, else the year of the source, with which a model sorts last."""
    found = fact(model, "released")
    return found.value if found else str(data.load("models")[model].get("year", "2024"))


def models_of_the_article() -> list[str]:
    """The models from 2024 on with a shape, by year of release, then by maker and size."""

    def order(key: str) -> tuple[str, str, float]:
        entry = data.load("models")[key]
        size = count(key).total.value if key in countable() else _claimed(key)
        return (day(key)[:4], str(entry["maker"]), size)

    known = data.load("models")
    return sorted((key for key in known if "layers" in known[key] and key not in (*BEFORE_2024, *COPIES)), key=order)


def _claimed(key: str) -> float:
    found = data.load("models")[key].get("parameters")
    return found.value if isinstance(found, Datum) else 0.0


def _shape(model: str) -> tuple[object, ...]:
    """Everything by which two shapes are told apart: sizes of their parts and what their caches store."""
    groups = tuple(
        (group.layers.value, group.elements.value, group.window.value) for group in cache_shape(model).groups
    )
    entry = data.load("models")[model]
    fields = ("layers", "hidden_size", "vocabulary", "experts", "experts_per_token", "expert_size")
    sizes = tuple(found.value if isinstance(found := entry.get(name), Datum) else None for name in fields)
    return (count(model).total.value, groups, sizes)


def shape_families() -> list[tuple[str, list[str]]]:
    """Models whose shapes are equal cell by cell: the first of each family, and the others."""
    found: dict[tuple[object, ...], list[str]] = {}
    cached = set(cached_models())
    for key in countable():
        if key in cached:
            found.setdefault(_shape(key), []).append(key)
    return [(keys[0], keys[1:]) for keys in found.values() if len(keys) > 1]
