"""Rotary angles and their scaling, of the article on context windows."""

from __future__ import annotations

from figures.data import value
from figures.formulas import compare, rope, rope_scaling
from figures.results import Assumed, Computed, Source, computed

million_positions = Assumed(1048576, "token", "a million tokens as makers count them")
first_pair = Assumed(0, "1", "the fastest pair")
example_pair = Assumed(12, "1", "a pair in the middle of the ramp")
scale_8 = Assumed(8, "1", "the scale of the paper's own example")
scale_32 = value("rotary", "gpt_oss", "factor")


def _rotary(model: str, field: str) -> Source:
    return value("rotary", model, field)


def frequency(model: str, pair: Source) -> Computed:
    """Angle of a pair per position."""
    return computed(rope.pair_frequency, base=_rotary(model, "base"), dim=_rotary(model, "dim"), pair=pair)


def length(model: str, pair: Source) -> Computed:
    """Wavelength of a pair."""
    return computed(rope.wavelength, frequency=frequency(model, pair))


def slow_pairs(model: str, context: Source) -> Computed:
    """Pairs that make no whole turn within a context."""
    return computed(rope.unturned_pairs, dim=_rotary(model, "dim"), base=_rotary(model, "base"), context=context)


def turning(model: str, count: Source) -> Computed:
    """Index at which a pair makes so many turns in the context of the training."""
    return computed(
        rope.turning_pair,
        dim=_rotary(model, "dim"),
        base=_rotary(model, "base"),
        context=_rotary(model, "original"),
        count=count,
    )


_last_of_32 = Assumed(31, "1", "the slowest of 32 pairs")
_last_of_64 = Assumed(63, "1", "the slowest of 64 pairs")

# gpt-oss, the running example.
oss_fastest = length("gpt_oss", first_pair)
oss_slowest = length("gpt_oss", _last_of_32)
oss_slow_pairs = slow_pairs("gpt_oss", _rotary("gpt_oss", "original"))
oss_first = turning("gpt_oss", _rotary("gpt_oss", "high"))
oss_last = turning("gpt_oss", _rotary("gpt_oss", "low"))
_no_share = Assumed(0, "1", "position interpolation keeps nothing of a pair's own frequency")
oss_interpolated = computed(
    rope.wavelength,
    frequency=computed(
        rope_scaling.scaled_frequency, frequency=frequency("gpt_oss", first_pair), kept=_no_share, scale=scale_32
    ),
)
oss_ntk_base = computed(
    rope_scaling.ntk_base, base=_rotary("gpt_oss", "base"), scale=scale_32, dim=_rotary("gpt_oss", "dim")
)
oss_attention = computed(rope_scaling.attention_factor, scale=scale_32)
oss_logit = computed(rope_scaling.logit_factor, scale=scale_32)
_example_turns = computed(rope.turns, context=_rotary("gpt_oss", "original"), length=length("gpt_oss", example_pair))
oss_example_turns = _example_turns
oss_kept_turns = computed(
    rope_scaling.kept_by_turns, turns=_example_turns, low=_rotary("gpt_oss", "low"), high=_rotary("gpt_oss", "high")
)
oss_kept_index = computed(rope_scaling.kept_by_index, pair=example_pair, first=oss_first, last=oss_last)


def _example_length(kept: Source) -> Computed:
    scaled = computed(
        rope_scaling.scaled_frequency, frequency=frequency("gpt_oss", example_pair), kept=kept, scale=scale_32
    )
    return computed(rope.wavelength, frequency=scaled)


oss_example_paper = _example_length(oss_kept_turns)
oss_example_code = _example_length(oss_kept_index)
_NO_TOKENS = Assumed(1, "token", "to compare two wavelengths")
oss_example_ratio = computed(
    compare.count_ratio,
    first=computed(rope.turns, context=oss_example_paper, length=_NO_TOKENS),
    second=computed(rope.turns, context=oss_example_code, length=_NO_TOKENS),
)

paper_attention = computed(rope_scaling.attention_factor, scale=scale_8)
paper_logit = computed(rope_scaling.logit_factor, scale=scale_8)
llama3_slow_pairs = slow_pairs("llama3_1", _rotary("llama3_1", "original"))
llama3_slowest = length("llama3_1", _last_of_64)
v3_slow_pairs = slow_pairs("deepseek_v3", _rotary("deepseek_v3", "original"))
v3_logit = computed(rope_scaling.logit_factor, scale=_rotary("deepseek_v3", "factor"))
glm_slow_pairs = slow_pairs("glm_5_2", million_positions)
glm_slow_pairs_before = computed(
    rope.unturned_pairs, dim=_rotary("glm_5", "dim"), base=_rotary("glm_5", "base"), context=million_positions
)
m3_slow_pairs = slow_pairs("minimax_m3", million_positions)
_gemma_base = Assumed(1e6, "1", "base of the global layers of Gemma 4, as cited beside it")
gemma_slowest = computed(
    rope.wavelength,
    frequency=computed(
        rope.pair_frequency, base=_gemma_base, dim=value("models", "gemma4_31b", "global_head_dim"), pair=_last_of_64
    ),
)

_code_llama = Assumed(1e6, "1", "base of Code Llama, as cited beside it")
_ten_thousand = Assumed(10000, "1", "base of RoFormer and Llama 2, as cited beside it")
_dim_128 = Assumed(128, "1", "dimensions of a head of Llama 2")
code_llama_scale = computed(rope_scaling.implied_scale, base=_ten_thousand, raised=_code_llama, dim=_dim_128)
_context_8192 = Assumed(8192, "token", "twice the context of the training")
_context_4096 = Assumed(4096, "token", "the context of the training")
dynamic_factor = Assumed(2, "1", "factor of the configuration")
dynamic_library = computed(
    rope_scaling.library_dynamic_scale, factor=dynamic_factor, context=_context_8192, original=_context_4096
)
dynamic_paper = computed(rope_scaling.scale, context=_context_8192, original=_context_4096)
scout_temperature = computed(
    rope_scaling.position_temperature,
    tokens=_rotary("llama4_scout", "longest"),
    step=value("models", "llama4_scout", "window"),
)

__all__ = [
    "code_llama_scale",
    "dynamic_factor",
    "dynamic_library",
    "dynamic_paper",
    "example_pair",
    "gemma_slowest",
    "glm_slow_pairs",
    "glm_slow_pairs_before",
    "llama3_slow_pairs",
    "llama3_slowest",
    "m3_slow_pairs",
    "oss_attention",
    "oss_example_code",
    "oss_example_paper",
    "oss_example_ratio",
    "oss_example_turns",
    "oss_fastest",
    "oss_first",
    "oss_interpolated",
    "oss_kept_index",
    "oss_kept_turns",
    "oss_last",
    "oss_logit",
    "oss_ntk_base",
    "oss_slow_pairs",
    "oss_slowest",
    "paper_attention",
    "paper_logit",
    "scale_8",
    "scout_temperature",
    "v3_logit",
    "v3_slow_pairs",
]
