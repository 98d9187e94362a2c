"""Rotary position embedding beyond the context of the training: which pairs are slowed down, and by how much.

Each method is a choice of the share of its own frequency that a pair keeps: none (interpolation), all, or one that
depends on its turns within the training's context. NTK-aware scaling raises the base instead.
"""

from __future__ import annotations

import math

from figures.formula import formula
from figures.formulas import rope


@formula(
    latex=r"s_\theta = \max\left(1,\ \frac{S}{S_0}\right)",
    symbols={"context": "S", "original": "S_0"},
    sources=("peng2023{§3.3}",),
)
def scale(context: float, original: float) -> float:
    """Factor by which positions must be squeezed so that a context fits into that of the training.

    Args:
        context (token): the context that is wanted, or in dynamic scaling the one reached.
        original (token): the context of the training.

    Returns:
        (1) the scale; 1 up to the context of the training.

    Assumptions:
        The longest distance of the training was its whole context.
    """
    return max(1, context / original)


@formula(
    latex=r"s_\mathrm{dyn} = \max\left(1,\ \frac{s_\mathrm{f}\, S}{S_0} - (s_\mathrm{f} - 1)\right)",
    symbols={"factor": r"s_\mathrm{f}", "context": "S", "original": "S_0"},
    sources=("huggingface2026transformers{src/transformers/modeling_rope_utils.py, _compute_dynamic_ntk_parameters}",),
)
def library_dynamic_scale(factor: float, context: float, original: float) -> float:
    """Scale by which the library Transformers raises the base in its dynamic method.

    Args:
        factor (1): the factor of the configuration.
        context (token): tokens of the sequence so far.
        original (token): the context of the training.

    Returns:
        (1) 1 up to the context of the training; at the factor times that context not the factor but its square
        less it and plus one.

    Assumptions:
        The library's version 5.23; the paper on YaRN takes the context over that of the training.
    """
    return max(1, factor * context / original - (factor - 1))


@formula(
    latex=r"b_\theta' = b_\theta\, s_\theta^{\,d_\mathrm{rot} / (d_\mathrm{rot} - 2)}",
    symbols={"base": r"b_\theta", "scale": r"s_\theta", "dim": r"d_\mathrm{rot}"},
    sources=("peng2023{eqs (14)–(16)}",),
)
def ntk_base(base: float, scale: float, dim: int) -> float:
    """Base with which the last pair of rotated dimensions is slowed down by the scale, and the first not at all.

    Args:
        base (1): base of the training.
        scale (1): the scale.
        dim (1): dimensions of a head that are rotated, more than two.

    Returns:
        (1) the raised base.

    Assumptions:
        Every pair between the first and the last is slowed down by a power of the scale that its index decides.
    """
    return base * math.pow(scale, dim / (dim - 2))


@formula(
    latex=r"s_\theta = \left( \frac{b_\theta'}{b_\theta} \right)^{(d_\mathrm{rot} - 2) / d_\mathrm{rot}}",
    symbols={"base": r"b_\theta", "raised": r"b_\theta'", "dim": r"d_\mathrm{rot}"},
)
def implied_scale(base: float, raised: float, dim: int) -> float:
    """Scale by which a raised base slows down the last pair of rotated dimensions.

    Args:
        base (1): base before.
        raised (1): base after.
        dim (1): dimensions of a head that are rotated.

    Returns:
        (1) the scale of which the raised base is the NTK-aware one.

    Assumptions:
        Nothing but the base changes.
    """
    return math.pow(raised / base, (dim - 2) / dim)


@formula(
    latex=r"\gamma_i = \min\left(1,\ \max\left(0,\ \frac{\nu_i - \nu_\mathrm{lo}}{\nu_\mathrm{hi} - \nu_\mathrm{lo}}"
    r" \right) \right)",
    symbols={"turns": r"\nu_i", "low": r"\nu_\mathrm{lo}", "high": r"\nu_\mathrm{hi}"},
    sources=("peng2023{eqs (17)–(20)}",),
)
def kept_by_turns(turns: float, low: float, high: float) -> float:
    """Share of its own frequency that a pair keeps, by its turns within the training's context.

    Args:
        turns (1): turns of the pair.
        low (1): turns up to which a pair is slowed down by the whole scale.
        high (1): turns from which a pair is left alone.

    Returns:
        (1) from 0 to 1, linear in the turns between the two bounds; a step where they are equal.

    Assumptions:
        The lower bound does not exceed the upper.
    """
    if high <= low:
        return 1 if turns > high else 0
    return min(1, max(0, (turns - low) / (high - low)))


@formula(
    latex=r"\gamma_i' = 1 - \min\left(1,\ \max\left(0,\ \frac{i_\mathrm{r} - i_\mathrm{hi}}"
    r"{\max(i_\mathrm{lo} - i_\mathrm{hi},\ 0.001)} \right) \right)",
    symbols={"pair": r"i_\mathrm{r}", "first": r"i_\mathrm{hi}", "last": r"i_\mathrm{lo}"},
    sources=("huggingface2026transformers{src/transformers/modeling_rope_utils.py, _compute_yarn_parameters}",),
)
def kept_by_index(pair: float, first: float, last: float) -> float:
    """Share of its own frequency that a pair keeps, by its index: the ramp of the implementations of YaRN.

    Args:
        pair (1): index of the pair, from 0.
        first (1): index up to which a pair is left alone.
        last (1): index from which a pair is slowed down by the whole scale.

    Returns:
        (1) from 1 to 0, linear in the index between the two bounds.

    Assumptions:
        The bounds are the indices of given numbers of turns, in most configurations rounded to whole pairs.
    """
    return 1 - min(1, max(0, (pair - first) / max(last - first, 0.001)))


@formula(
    latex=r"\theta_i' = \theta_i \left( \gamma_i + \frac{1 - \gamma_i}{s_\theta} \right)",
    symbols={"frequency": r"\theta_i", "kept": r"\gamma_i", "scale": r"s_\theta"},
)
def scaled_frequency(frequency: float, kept: float, scale: float) -> float:
    """Angle by which a pair of rotated dimensions turns per position after scaling.

    Args:
        frequency (1/token): radians per position before.
        kept (1): share of it that the pair keeps: 0 is position interpolation, 1 leaves it alone.
        scale (1): the scale.

    Returns:
        (1/token) radians per position.

    Assumptions:
        A mean of the two frequencies, weighted by the share.
    """
    return frequency * (kept + (1 - kept) / scale)


@formula(
    latex=r"a_\mathrm{c} = 0.1 \ln s_\theta + 1",
    symbols={"scale": r"s_\theta"},
    sources=("peng2023{§3.4, eqs (21)–(22)}",),
)
def attention_factor(scale: float) -> float:
    """Factor by which YaRN multiplies queries and keys.

    Args:
        scale (1): the scale, at least 1.

    Returns:
        (1) the factor on the rotated queries and on the rotated keys.

    Assumptions:
        A fit to models of the Llama family by the method's authors.
    """
    return 0.1 * math.log(scale) + 1 if scale > 1 else 1


@formula(latex=r"a_\mathrm{c}^2 = (0.1 \ln s_\theta + 1)^2", symbols={"scale": r"s_\theta"})
def logit_factor(scale: float) -> float:
    """Factor by which YaRN multiplies the scores before the softmax.

    Args:
        scale (1): the scale, at least 1.

    Returns:
        (1) the square of the factor on queries and keys.

    Assumptions:
        All dimensions of a head are rotated, or the factor is applied to the whole score.
    """
    return attention_factor(scale) ** 2


@formula(
    latex=r"a_\mathrm{L} = \sqrt{1 + \frac{\ln s_\theta}{\ln S_0}}",
    symbols={"scale": r"s_\theta", "original": "S_0"},
    sources=("huggingface2026transformers{src/transformers/modeling_rope_utils.py, _compute_longrope_parameters}",),
)
def longrope_factor(scale: float, original: float) -> float:
    """Factor by which the library Transformers multiplies queries and keys with LongRoPE.

    Args:
        scale (1): the scale, at least 1.
        original (token): the context of the training, more than one token.

    Returns:
        (1) the factor, where the configuration does not set one.

    Assumptions:
        The context of the training is a number of tokens there.
    """
    return math.sqrt(1 + math.log(scale) / math.log(original)) if scale > 1 else 1


@formula(
    latex=r"a_\mathrm{pos} = 1 + 0.1 \ln\left( 1 + \left\lfloor \frac{n}{S_\mathrm{fl}} \right\rfloor \right)",
    symbols={"tokens": "n", "step": r"S_\mathrm{fl}"},
    sources=(
        "huggingface2026transformers{src/transformers/models/llama4/modeling_llama4.py, attn_temperature_tuning}",
    ),
)
def position_temperature(tokens: float, step: float) -> float:
    """Factor by which Llama 4 multiplies the query of a layer without position encoding.

    Args:
        tokens (token): tokens up to this position, itself included.
        step (token): tokens after which the factor first rises.

    Returns:
        (1) 1 within the first step, then rising with the logarithm.

    Assumptions:
        The slope of 0.1 is the configuration's default.
    """
    return 1 + 0.1 * math.log(1 + math.floor(tokens / step))


@formula(
    latex=r"\Lambda_i' = \frac{\Lambda_i}{\gamma_i + (1 - \gamma_i) / s_\theta}",
    symbols={"length": r"\Lambda_i", "kept": r"\gamma_i", "scale": r"s_\theta"},
)
def scaled_wavelength(length: float, kept: float, scale: float) -> float:
    """Wavelength of a pair of rotated dimensions after scaling.

    Args:
        length (token): wavelength before.
        kept (1): share of its own frequency that the pair keeps.
        scale (1): the scale.

    Returns:
        (token) positions of a whole turn.

    Assumptions:
        A mean of two frequencies, weighted by the share.
    """
    return rope.wavelength(scaled_frequency(2 * math.pi / length, kept, scale))
