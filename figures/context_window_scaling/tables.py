"""Tables of the article on context windows."""

from __future__ import annotations

from figures import data
from figures.context_window_scaling.results_cost import TWO, cache, growth, million
from figures.context_window_scaling.results_use import nolima_length, ruler_length
from figures.data import Datum, value
from figures.formulas import kv_cache, rope
from figures.results import Assumed, computed
from figures.shapes import ONE_STATE, cache_shape
from figures.tables import Cell, Column, Table, Value

_ONE_TOKEN = Assumed(1, "token", "the least context")

# --- A million tokens ---------------------------------------------------------------------------------------------
_MODELS = (
    ("llama3_1_70b", "full, GQA"),
    ("llama3_1_405b", "full, GQA"),
    ("minimax_m2", "full, GQA"),
    ("gemma4_31b", "10 of 60 full, windows"),
    ("gpt_oss_120b", "18 of 36 full, windows"),
    ("deepseek_v3_2_exp", "full, MLA, index"),
    ("glm_5", "full, MLA, index"),
    ("qwen3_next_80b", "12 of 48 full, states"),
    ("qwen3_5_397b", "15 of 60 full, states"),
    ("kimi_k3", "24 of 93 full, states"),
    ("deepseek_v4_pro", "compressed, window"),
)


def _fixed(model: str) -> Cell:
    """What windows and states hold once they are full."""
    groups = [group for group in cache_shape(model).groups if group.window.value]
    if not groups:
        return "–"
    longest = max(groups, key=lambda group: group.window.value).window
    return Value(
        computed(
            kv_cache.cache_bytes,
            context=_ONE_TOKEN if longest is ONE_STATE else longest,
            element_bytes=TWO,
            layers=[group.layers for group in groups],
            elements=[group.elements for group in groups],
            windows=[group.window for group in groups],
            strides=[group.stride for group in groups],
        )
    )


million_tokens = Table(
    columns=(
        "Model",
        "Layers",
        Column("Growth", unit="KiB/token"),
        "Windows and states",
        "A million tokens",
    ),
    rows=[
        (
            str(data.load("models")[model]["name"]),
            kind,
            growth(model),
            _fixed(model),
            cache(model, million),
        )
        for model, kind in _MODELS
    ],
)

# --- Rotary settings ----------------------------------------------------------------------------------------------


def _rotary_row(key: str) -> tuple[Cell, ...]:
    entry = data.load("rotary")[key]
    dim, base = (value("rotary", key, field) for field in ("dim", "base"))
    original = entry.get("original")
    seen, scaling = value("rotary", key, "longest"), "–"
    if isinstance(original, Datum):
        seen, scaling = original, f"{original.value:,.0f} × {value('rotary', key, 'factor').value:g}"
    slow = computed(rope.unturned_pairs, dim=dim, base=base, context=seen)
    return (
        f"{entry['name']}, {dim.value:.0f} rotated",
        str(entry["method"]),
        value("rotary", key, "base"),
        scaling,
        slow,
    )


rotary = Table(
    columns=("Model", "Method", "Base", "Trained × scale", "Pairs without a turn"),
    rows=[_rotary_row(key) for key in data.load("rotary")],
)

# --- Claimed and effective ----------------------------------------------------------------------------------------
_BOTH = (
    ("Gemini 1.5 Pro", "gemini_1_5_pro", "gemini_1_5_pro"),
    ("Jamba 1.5 Mini", "jamba_1_5_mini_12b_52b", "jamba_1_5_mini"),
    ("Llama 3.1 70B", "llama3_1_70b", "llama_3_1_70b"),
    ("Llama 3.1 8B", "llama3_1_8b", "llama_3_1_8b"),
    ("Mistral Large 2 (2407)", "mistral_large_2407_123b", "mistral_large_2"),
    ("Command R+", "command_r_plus_104b", "command_r"),
)


def _both(name: str, ruler: str, nolima: str) -> tuple[Cell, ...]:
    return (
        name,
        value("effective_lengths", f"ruler_{ruler}", "claimed"),
        Value(ruler_length(ruler), digits=6),
        value("effective_lengths", f"ruler_{ruler}", "at_128k"),
        Value(nolima_length(nolima), digits=6),
    )


two_rulers = Table(
    columns=(
        "Model",
        Column("Claimed", unit="token"),
        Column("RULER", unit="token"),
        Column("at 128k", unit="%"),
        Column("NoLiMa", unit="token"),
    ),
    rows=[_both(*row) for row in _BOTH],
)

_ALSO = (
    "gpt_4o",
    "claude_3_5_sonnet",
    "gemini_flash_2_0",
    "llama_4_maverick",
    "llama_4_scout",
    "llama_3_1_405b",
    "gemma_3_27b",
)
nolima_only = Table(
    columns=(
        "Model",
        Column("Claimed", unit="token"),
        Column("Base", unit="%"),
        Column("At 4k", unit="%"),
        Column("NoLiMa", unit="token"),
    ),
    rows=[
        (
            str(data.load("effective_lengths")[f"nolima_{key}"]["name"]),
            value("effective_lengths", f"nolima_{key}", "claimed"),
            value("effective_lengths", f"nolima_{key}", "base"),
            value("effective_lengths", f"nolima_{key}", "at_4k"),
            Value(nolima_length(key), digits=6),
        )
        for key in _ALSO
    ],
)

_CONTRADICTED = (
    "qwen3_14b_14b",
    "qwen3_32b_32b",
    "qwen2_5_7b_instruct_1m_7b",
    "qwen3_8b_8b",
    "qwen3_4b_4b",
    "exaone_4_0_1_2b_1_2b",
)
_SCORES = {131072: "at_128k", 65536: "at_64k", 32768: "at_32k"}


def _contradicted(entry: str) -> tuple[Cell, ...]:
    stated = value("effective_lengths", entry, "stated")
    return (
        stated.label.rsplit(" (", 1)[0],
        stated,
        value("effective_lengths", entry, _SCORES[int(stated.value)]),
        Value(ruler_length(entry.removeprefix("ruler_")), digits=6),
    )


contradicted = Table(
    columns=(
        "Model",
        Column("Printed", unit="token"),
        Column("Score there", unit="%"),
        Column("By the rule", unit="token"),
    ),
    rows=[_contradicted(f"ruler_{key}") for key in _CONTRADICTED],
)
