"""Fields and presets that the calculators of several articles share: models and GPUs from ``figures/data``."""

from __future__ import annotations

from collections.abc import Mapping

from figures import data, expert_shapes
from figures.calculators import Field, Option, Preset
from figures.data import Datum
from figures.formulas import kv_cache
from figures.results import Assumed, Computed, Source, computed
from figures.shapes import cache_shape, head_dim

LONGEST = 100_000_000  # tokens; no model comes near, and every result stays exact below it

PARAMETERS = Field("parameters", "Parameters", None, 1, 1e13)
PARAMETER_BYTES = Field(
    "parameter_bytes", "Bytes per parameter", 2, 0.1, 8, help="scales included: 2 for BF16, about 1 for FP8"
)
ELEMENT_BYTES = Field(
    "element_bytes", "Bytes per element", 2, 0.25, 8, help="bytes of one cached element: 2 for BF16, 1 for FP8"
)
QUERY_HEADS = Field("query_heads", "Query heads", None, 1, 1000)
HEAD_DIM = Field("head_dim", "Head dimension", None, 1, 10_000)
MEMORY = Field("memory", "Memory per GPU", None, 1, 10_000, unit="GB")
SHAPE = (
    Field("layers", "Layers", None, 1, 1000),
    Field("elements", "Elements per entry", None, 1, 10_000_000),
    Field("windows", "Window", None, 0, LONGEST),
    Field("strides", "Tokens per entry", None, 1, 100_000),
)
"""The layer groups of a model, which ``models`` fills."""

MIXTURE = {
    field.name: field
    for field in (
        Field("embedding", "Input embedding", None, 0, 1000, unit="billion"),
        Field(
            "always",
            "Passed by every token",
            None,
            0.001,
            10_000,
            unit="billion",
            help="attention, dense layers, shared experts, routers and the output layer",
        ),
        Field("moe_layers", "Layers with experts", None, 0, 1000),
        Field("experts", "Routed experts per layer", None, 1, 100_000),
        Field("active", "of them per token", None, 1, 1000),
        Field("expert", "Parameters of an expert", None, 0.001, 1_000_000, unit="million"),
        Field("width", "Width of an expert", None, 1, 1_000_000),
        Field("inner", "its intermediate size", None, 1, 1_000_000),
    )
}
"""Parts of a mixture of experts, which ``mixtures`` fills."""

# Models of the calculators: a choice that stays as it is when the data file grows.
CACHED = (
    *("llama3_1_8b", "llama3_1_70b", "llama3_1_405b", "opt_13b", "pythia_6_9b", "gemma1_2b", "mistral_7b"),
    *("qwen3_4b", "qwen3_8b", "qwen3_32b", "qwen3_next_80b", "gemma2_27b", "gemma3_27b", "gemma4_31b"),
    *("gpt_oss_120b", "gpt_oss_20b", "deepseek_v2", "deepseek_v3", "deepseek_v3_2_exp", "deepseek_v4_pro"),
    *("mixtral_8x7b", "mixtral_8x22b", "dbrx", "olmoe", "qwen3_30b_a3b", "qwen3_235b_a22b", "llama4_scout"),
    *("llama4_maverick", "kimi_k2", "minimax_m2", "glm_5", "qwen3_5_397b", "deepseek_v4_flash", "kimi_k3"),
)
MIXTURES = (
    *("qwen3_next_80b", "gpt_oss_120b", "gpt_oss_20b", "deepseek_v2", "deepseek_v3", "deepseek_v4_pro"),
    *("mixtral_8x7b", "mixtral_8x22b", "dbrx", "olmoe", "qwen3_30b_a3b", "qwen3_235b_a22b", "llama4_scout"),
    *("llama4_maverick", "kimi_k2", "minimax_m2", "glm_5", "qwen3_5_397b", "deepseek_v4_flash", "kimi_k3"),
)
# Dense decoders without latent attention: each token passes all parameters, and attention costs what
# decode_batch.token_operations says.
DENSE = ("llama3_1_8b", "llama3_1_70b", "llama3_1_405b", "mistral_7b", "gemma3_27b", "opt_13b", "pythia_6_9b")
MODEL = "llama3_1_70b"
GPU = "nvidia_h100_80gb_sxm"


def gpu_count(default: int) -> Field:
    """The field for the number of GPUs."""
    return Field("gpus", "GPUs", default, 1, 10_000)


def models(*more: str, default: str = MODEL) -> Preset:
    """The models of :data:`CACHED` that have the fields ``more`` besides the shape of their cache."""
    options: dict[str, Option] = {}
    for key in CACHED:
        entry = data.load("models")[key]
        extra = {name: value for name in more if isinstance(value := entry.get(name), Datum)}
        if len(extra) == len(more):
            options[key] = _model(key, extra)
    return Preset("model", "Model", options, default)


def dense_models(*, default: str = MODEL) -> Preset:
    """Dense models, with what decides their operations besides the shape of their cache."""
    options = {
        key: _model(
            key,
            {
                "parameters": data.value("models", key, "parameters"),
                "query_heads": data.value("models", key, "query_heads"),
                "head_dim": head_dim(key),
            },
        )
        for key in DENSE
    }
    return Preset("model", "Model", options, default)


def _model(key: str, values: Mapping[str, Source]) -> Option:
    return Option(str(data.load("models")[key]["name"]), {**values, **cache_shape(key).lists()})


def gpus(**fields: str) -> Preset:
    """All GPUs that have these values; ``gpus(memory="memory_capacity")`` fills the field ``memory``."""
    options: dict[str, Option] = {}
    for key, entry in data.load("hardware").items():
        values = {field: value for field, name in fields.items() if isinstance(value := entry.get(name), Datum)}
        if len(values) == len(fields):
            options[key] = Option(str(entry["name"]), values)
    return Preset("gpu", "GPU", options, GPU)


def mixtures(*fields: str, cache: bool = False, default: str = "deepseek_v3") -> Preset:
    """The mixtures of experts of :data:`MIXTURES`, with those of their parameters that the calculator has fields for.

    Args:
        fields: names among those of :data:`MIXTURE`.
        cache: whether the layer groups of the cache are filled, too.
        default: the model that is chosen first.
    """
    options: dict[str, Option] = {}
    for key in MIXTURES:
        shape = expert_shapes.expert_shape(key)
        known: dict[str, Source | tuple[Source, ...]] = {
            "embedding": shape.embedding,
            "always": shape.always,
            "moe_layers": shape.moe_layers,
            "experts": shape.experts,
            "active": shape.active,
            "expert": shape.expert,
            **shape.expert.inputs,
        }
        values = {name: known[name] for name in fields}
        options[key] = Option(
            str(data.load("models")[key]["name"]), {**values, **(cache_shape(key).lists() if cache else {})}
        )
    return Preset("model", "Model", options, default)


def growth(model: str) -> Computed:
    """What one token adds to the cache of a model at two bytes per element."""
    two = Assumed(2, "B", "BF16 or FP16 elements")
    return computed(kv_cache.growth_per_token, **cache_shape(model).inputs(two))


def prefix_models() -> Preset:
    """Dense models without windows whose parameters and heads are known, with what a token adds to the cache."""
    options: dict[str, Option] = {}
    for key in ("llama3_1_8b", "llama3_1_70b", "llama3_1_405b"):
        entry = data.load("models")[key]
        values: dict[str, Source | tuple[Source, ...]] = {
            name: data.value("models", key, name) for name in ("parameters", "query_heads")
        }
        values |= {"layers": data.value("models", key, "layers"), "head_dim": head_dim(key), "growth": growth(key)}
        options[key] = Option(str(entry["name"]), values)
    return Preset("model", "Model", options, MODEL)


def scheme(title: str, bits: float, scale_bits: float, group: int) -> Option:
    """A format of weights: bits of a code, and what a group shares."""

    def chosen(value: float, unit: str, what: str) -> Assumed:
        return Assumed(value, unit, f"{title}: {what}")

    return Option(
        title,
        {
            "bits": chosen(bits, "bit", "bits of a code"),
            "scale_bits": chosen(scale_bits, "bit", "bits that a group shares"),
            "group": chosen(group, "1", "elements of a group"),
        },
    )


def schemes(default: str = "int4") -> Preset:
    """Formats of weights, with their scales."""
    return Preset(
        "scheme",
        "Scheme",
        {
            "int4": scheme("INT4, groups of 128", 4, 16, 128),
            "nvfp4": scheme("NVFP4", 4, 8, 16),
            "mxfp4": scheme("MXFP4", 4, 8, 32),
            "q4_k": scheme("Q4_K", 4, 128, 256),
            "fp8": scheme("FP8, blocks of 128 × 128", 8, 32, 16_384),
        },
        default,
    )
