"""Tables of the article on models with open weights: all made from the data on models, facts and licences."""

from __future__ import annotations

from collections.abc import Iterable

from figures import data
from figures.data import Datum
from figures.formulas import kv_cache, model, parameters, training_compute
from figures.mixers import ONE
from figures.model_facts import Fact, deviations, fact, facts, hashes, licence, licences, name
from figures.model_facts.selection import KIND, models_of_the_article, shape_families
from figures.open_weights_llm_landscape.results_setup import (
    bf16,
    block_bits,
    context_1m,
    context_8k,
    context_32k,
    context_128k,
    reserve,
    usable,
)
from figures.parameter_counts import claimed, count, countable
from figures.results import Assumed, Computed, Source, computed
from figures.shapes import cache_shape, cached_models
from figures.tables import Cell, Column, Table

NOTHING = "–"
_COUNTABLE, _CACHED = set(countable()), set(cached_models())


def _datum(key: str, field: str) -> Cell:
    found = data.load("models")[key].get(field)
    return found if isinstance(found, Datum) else NOTHING


def _growth(key: str) -> Cell:
    if key not in _CACHED:
        return NOTHING
    return computed(kv_cache.growth_per_token, **cache_shape(key).inputs(bf16))


def _total(key: str) -> Cell:
    if key in _COUNTABLE:
        return count(key).total
    return claimed(key, "parameters") or NOTHING


def _active(key: str) -> Cell:
    if key in _COUNTABLE:
        return count(key).per_token
    return claimed(key, "active_parameters") or NOTHING


def _context(key: str) -> Cell:
    found = _datum(key, "context_length")
    return _datum(key, "configured_context") if found is NOTHING else found


def _when(key: str) -> str:
    day = fact(key, "released")
    return day.value if day else str(data.load("models")[key].get("year", NOTHING))


def _licence(key: str) -> str:
    found, told = licence(key), fact(key, "licence")
    if not found or not told:
        return NOTHING
    return f"{found.name} (code)" if "was not seen" in told.scope and "repository" in told.scope else found.name


models = Table(
    columns=(
        "Model",
        "Maker",
        "Released",
        "Layers that mix tokens",
        Column("Total", unit="billion", digits=4, right=True),
        Column("Active", unit="billion", digits=3, right=True),
        Column("Context", unit="token", right=True),
        Column("Cache", unit="KiB/token", digits=3, right=True),
        "Licence",
    ),
    rows=[
        (
            name(key),
            str(data.load("models")[key]["maker"]).split(",")[0],
            _when(key),
            KIND.get(key, NOTHING),
            _total(key),
            _active(key),
            _context(key),
            _growth(key),
            _licence(key),
        )
        for key in models_of_the_article()
    ],
)

_REPEATED = {other for _, others in shape_families() for other in others}  # counted once
_OFF = [
    key
    for key in countable()
    if (key in deviations.TOTAL or key in deviations.ACTIVE) and (key not in _REPEATED or key.startswith("nemotron"))
]


def _said(key: str, field: str) -> Cell:
    return claimed(key, field) or NOTHING


counts = Table(
    columns=(
        "Model",
        Column("Total, printed", unit="billion", right=True),
        Column("computed", unit="billion", digits=4),
        Column("Active, printed", unit="billion", right=True),
        Column("computed", unit="billion", digits=3),
        Column("with input embedding", unit="billion", digits=3),
        "Why they differ",
    ),
    rows=[
        (
            name(key),
            _said(key, "parameters"),
            count(key).total,
            _said(key, "active_parameters"),
            count(key).per_token,
            computed(parameters.always_active, counts=(ONE, ONE), parts=(count(key).per_token, count(key).embedding)),
            "; ".join(dict.fromkeys(table[key][1] for table in (deviations.TOTAL, deviations.ACTIVE) if key in table)),
        )
        for key in _OFF
    ],
)

families = Table(
    columns=("Shape first seen as", "the same under the names", Column("Total", unit="billion", digits=4), "Layers"),
    rows=[
        (name(first), ", ".join(name(other) for other in others), count(first).total, _datum(first, "layers"))
        for first, others in shape_families()
    ],
)

CACHES = (
    "olmo2_7b",
    "llama3_1_8b",
    "qwen3_8b",
    "qwen3_32b",
    "llama3_1_70b",
    "dots_llm1",
    "gemma3_27b",
    "olmo3_32b",
    "gpt_oss_120b",
    "gemma4_31b",
    "gemma4_e2b",
    "mimo_v2_flash",
    "step_3_7_flash",
    "qwen3_next_80b",
    "qwen3_5_27b",
    "qwen3_5_397b",
    "nemotron3_nano",
    "nemotron3_ultra",
    "minimax_m2",
    "minimax_m3",
    "deepseek_v3",
    "deepseek_v3_2",
    "glm_5_2",
    "kimi_k2",
    "kimi_k3",
    "deepseek_v4_flash",
    "deepseek_v4_pro",
)


def cache_at(key: str, tokens: Assumed) -> Computed:
    """Cache of one sequence at a context, at two bytes per element."""
    return computed(kv_cache.cache_bytes, context=tokens, **cache_shape(key).inputs(bf16))


def _within(key: str, tokens: Assumed) -> Cell:
    limit = _context(key)
    known = limit.value if isinstance(limit, Datum) else context_128k.value
    return cache_at(key, tokens) if tokens.value <= known else NOTHING


caches = Table(
    columns=(
        "Model",
        "Layers that mix tokens",
        Column("Growth", unit="KiB/token", digits=3),
        Column("at 8k", unit="GiB", digits=2),
        Column("at 128k", unit="GiB", digits=3, right=True),
        Column("at 1M", unit="GiB", digits=3, right=True),
    ),
    rows=[
        (
            name(key),
            KIND[key],
            _growth(key),
            cache_at(key, context_8k),
            _within(key, context_128k),
            _within(key, context_1m),
        )
        for key in sorted(CACHES, key=lambda key: cache_at(key, context_128k).value)
    ],
)

FITS = (
    "llama3_1_8b",
    "gpt_oss_20b",
    "qwen3_5_27b",
    "gemma4_31b",
    "qwen3_5_35b",
    "nemotron3_nano",
    "llama3_3_70b",
    "gpt_oss_120b",
    "nemotron3_super",
    "step_3_7_flash",
    "minimax_m2",
    "mimo_v2_flash",
    "qwen3_5_397b",
    "deepseek_v3",
    "glm_5_2",
    "kimi_k2_5",
    "deepseek_v4_pro",
    "kimi_k3",
)
_NODES: tuple[tuple[str, str, int], ...] = (
    ("1 × L40S", "nvidia_l40s", 1),
    ("1 × H100", "nvidia_h100_80gb_sxm", 1),
    ("1 × H200", "nvidia_h200_sxm", 1),
    ("8 × H100", "nvidia_h100_80gb_sxm", 8),
    ("8 × H200", "nvidia_h200_sxm", 8),
    ("8 × MI325X", "amd_mi325x", 8),
)


def sequences(key: str, gpu: str, gpus: int) -> Computed:
    """Sequences of 32k tokens that fit beside the weights in blocks of four bits with their scales."""
    return computed(
        kv_cache.sequences_that_fit,
        gpus=Assumed(gpus, "1", "GPUs of one machine"),
        memory=data.value("hardware", gpu, "memory_capacity"),
        usable=usable,
        weights=computed(model.weight_bytes, parameters=count(key).total, parameter_bytes=block_bits),
        reserve=reserve,
        cache=cache_at(key, context_32k),
    )


fits = Table(
    columns=("Model", Column("Weights", unit="GB", digits=3), *(title for title, _, _ in _NODES)),
    rows=[
        (
            name(key),
            computed(model.weight_bytes, parameters=count(key).total, parameter_bytes=block_bits),
            *(sequences(key, gpu, gpus) for _, gpu, gpus in _NODES),
        )
        for key in FITS
    ],
)


def _holders(key: str) -> str:
    names = [name(one) for one, known in facts().items() if "licence" in known and known["licence"].value == key]
    return ", ".join(names)


clauses = Table(
    columns=("Licence", "Commercial use", "Requires besides", "Clause"),
    rows=[(one.name, one.commercial, one.requires, one.cite()) for one in licences().values()],
)

holders = Table(
    columns=("Licence", "Models whose source says so"),
    rows=[(one.name, _holders(key)) for key, one in licences().items()],
)


def _by_day() -> Iterable[tuple[str, list[str], Fact]]:
    days: dict[tuple[str, str, str], list[str]] = {}
    found: dict[tuple[str, str, str], Fact] = {}
    for key, known in facts().items():
        if day := known.get("released"):
            group = (day.value, day.source, day.locator)
            days.setdefault(group, []).append(name(key))
            found[group] = day
    for group in sorted(days):
        yield group[0], days[group], found[group]


releases = Table(
    columns=("Day", "Models", "Where it says so"),
    rows=[(day, ", ".join(names), told.cite()) for day, names, told in _by_day()],
)


def _by_words() -> Iterable[tuple[list[str], Fact]]:
    groups: dict[tuple[str, str], tuple[list[str], Fact]] = {}
    for key, known in facts().items():
        if told := known.get("openness"):
            groups.setdefault((told.value, told.locator), ([], told))[0].append(name(key))
    yield from groups.values()


openness = Table(
    columns=("Models", "Released", "Where it says so"),
    rows=[(", ".join(names), told.value, told.cite()) for names, told in _by_words()],
)


def _active_source(key: str) -> Source | None:
    if key in _COUNTABLE:
        return count(key).per_token
    return claimed(key, "active_parameters") or claimed(key, "parameters")


def _tokens_per_parameter(key: str) -> Cell:
    tokens, active = data.value("models", key, "training_tokens"), _active_source(key)
    return computed(training_compute.tokens_per_parameter, tokens=tokens, active=active) if active else NOTHING


configurations = Table(
    columns=("Model", "Copy of the configuration of", "SHA-256 begins"),
    rows=[(name(key), repository, f"`{digest[:16]}`") for key, (repository, digest) in hashes().items()],
)

_TOLD = sorted(
    (key for key, entry in data.load("models").items() if "training_tokens" in entry),
    key=lambda key: (str(data.load("models")[key].get("year", "2024")), name(key)),
)

training = Table(
    columns=(
        "Model",
        Column("Tokens", unit="trillion tokens"),
        Column("per active parameter", unit="token", digits=3, right=True),
        Column("GPU time", unit="million hours", digits=3, right=True),
    ),
    rows=[
        (
            name(key),
            data.value("models", key, "training_tokens"),
            _tokens_per_parameter(key),
            _datum(key, "training_gpu_hours"),
        )
        for key in _TOLD
    ],
)
