"""What rounding to few levels costs, as signal over noise, and what clipping, scaling and rotating change about it."""

from __future__ import annotations

import math

from figures.formula import formula

_PIECE = 0.05  # standard deviations: into 120 pieces of this width the tail beyond the clip is cut
_WHOLE = math.sqrt(2 * math.pi)  # area under exp(-x²/2)


@formula(
    latex=r"\mathrm{SQNR} = 10 \log_{10} 2^{2 k}",
    symbols={"bits": "k"},
)
def sqnr_of_bits(bits: float) -> float:
    """Signal over noise that a number of bits buys.

    Args:
        bits (bit): bits of a code.

    Returns:
        (dB) what a uniform quantizer reaches on numbers that are uniform over its whole range; also the most that any
        code of so many bits per number reaches on independent Gaussian numbers, the rate–distortion bound.

    Assumptions:
        Squared error; for the quantizer levels throughout the range, for the bound blocks of any length.
    """
    return 20 * bits * math.log(2) / math.log(10)


@formula(
    latex=r"\mathrm{SQNR} = 10 \log_{10} \left( \frac{18}{\log 2} \cdot 4^{k_\mathrm{m}} \right)",
    symbols={"mantissa_bits": r"k_\mathrm{m}"},
)
def float_sqnr(mantissa_bits: float) -> float:
    """Signal over noise of rounding to a floating-point format.

    Args:
        mantissa_bits (bit): bits of the fraction, the leading one not counted.

    Returns:
        (dB) mean square over mean squared error.

    Assumptions:
        Numbers are spread evenly on a logarithmic scale within a binade; none lies below the least normal number or
        above the largest.
    """
    return 10 * math.log(18 / math.log(2) * math.pow(4, mantissa_bits)) / math.log(10)


@formula(
    latex=r"D_\mathrm{r} = \frac{\Delta^2}{12} \int_{-c_\sigma}^{c_\sigma} \varphi(x)\, \mathrm{d}x,\quad "
    r"\Delta = \frac{2\, c_\sigma}{2^{k}}",
    symbols={"bits": "k", "clip": r"c_\sigma"},
)
def rounding_noise(bits: float, clip: float) -> float:
    """Mean squared error of Gaussian numbers that a uniform quantizer rounds, over their variance.

    Args:
        bits (bit): bits of a code; all its levels are used, the first ones half a step from zero.
        clip (1): half of the range that the steps fill, in standard deviations.

    Returns:
        (1) contribution of the numbers within the range.

    Assumptions:
        The error is uniform over a step: the density hardly changes across one.
    """
    step = 2 * clip / math.pow(2, bits)
    beyond = sum(math.exp(-((clip + (i + 0.5) * _PIECE) ** 2) / 2) for i in range(120)) * _PIECE / _WHOLE
    return step**2 / 12 * (1 - 2 * beyond)


@formula(
    latex=r"D_\mathrm{o} = 2 \int_{c_\sigma}^{\infty} \left( x - c_\sigma + 2^{-k} c_\sigma \right)^2 \varphi(x)\, "
    r"\mathrm{d}x",
    symbols={"bits": "k", "clip": r"c_\sigma"},
)
def overload_noise(bits: float, clip: float) -> float:
    """Mean squared error of Gaussian numbers beyond the range of a uniform quantizer, over their variance.

    Args:
        bits (bit): bits of a code; all its levels are used, the first ones half a step from zero.
        clip (1): half of the range that the steps fill, in standard deviations; what lies beyond takes the outermost
            level, half a step inside.

    Returns:
        (1) contribution of the numbers beyond the range.

    Assumptions:
        Numbers more than six standard deviations beyond the clip are neglected.
    """
    step = 2 * clip / math.pow(2, bits)
    lost = sum(
        ((i + 0.5) * _PIECE + step / 2) ** 2 * math.exp(-((clip + (i + 0.5) * _PIECE) ** 2) / 2) for i in range(120)
    )
    return 2 * lost * _PIECE / _WHOLE


@formula(
    latex=r"\mathrm{SQNR}_y = -10 \log_{10} \left( 10^{-\mathrm{SQNR}_1 / 10} + 10^{-\mathrm{SQNR}_2 / 10} \right)",
    symbols={"first": r"\mathrm{SQNR}_1", "second": r"\mathrm{SQNR}_2"},
)
def product_sqnr(first: float, second: float) -> float:
    """Signal over noise of a matrix product whose operands are both rounded.

    Args:
        first (dB): of the product when only the first operand is rounded.
        second (dB): of the product when only the second one is.

    Returns:
        (dB) of the product when both are.

    Assumptions:
        The errors of both operands are independent; the product of both errors is neglected.
    """
    return -10 * math.log(math.pow(10, -first / 10) + math.pow(10, -second / 10)) / math.log(10)


@formula(
    latex=r"\mathrm{SQNR} = -10 \log_{10} (D_\mathrm{r} + D_\mathrm{o})",
    symbols={"rounding": r"D_\mathrm{r}", "overload": r"D_\mathrm{o}"},
)
def sqnr_of_noise(rounding: float, overload: float) -> float:
    """Signal over noise from both parts of the noise.

    Args:
        rounding (1): mean squared error by rounding, over the variance.
        overload (1): mean squared error by saturation, over the variance.

    Returns:
        (dB) variance over mean squared error.

    Assumptions:
        Numbers of mean zero.
    """
    return -10 * math.log(rounding + overload) / math.log(10)


@formula(
    latex=r"\mathrm{SQNR} = -10 \log_{10} \left( D_\mathrm{r}(k, c_\sigma) + D_\mathrm{o}(k, c_\sigma) \right)",
    symbols={"bits": "k", "clip": r"c_\sigma"},
)
def clipped_sqnr(bits: float, clip: float) -> float:
    """Signal over noise of a uniform quantizer on Gaussian numbers.

    Args:
        bits (bit): bits of a code; all its levels are used, the first ones half a step from zero.
        clip (1): half of the range that the steps fill, in standard deviations; what lies beyond takes the outermost
            level.

    Returns:
        (dB) variance over mean squared error.

    Assumptions:
        Within the range the error is uniform over a step: the density hardly changes across one. From three bits on
        that is within a tenth of a decibel near the best clip.
    """
    return sqnr_of_noise(rounding_noise(bits, clip), overload_noise(bits, clip))


@formula(
    latex=r"c_\sigma^{*} = \operatorname{arg\,max}_{c_\sigma} \mathrm{SQNR}(k, c_\sigma)",
    symbols={"bits": "k"},
)
def best_clip(bits: float) -> float:
    """Clip at which a uniform quantizer of Gaussian numbers errs least.

    Args:
        bits (bit): bits of a code.

    Returns:
        (1) half of the range, in standard deviations.

    Assumptions:
        Those of the signal over noise that it maximises, which has one maximum.
    """
    low, high = 0.3, 30.0
    golden = (math.sqrt(5) - 1) / 2
    for _ in range(40):
        left, right = high - golden * (high - low), low + golden * (high - low)
        if clipped_sqnr(bits, left) < clipped_sqnr(bits, right):
            low = left
        else:
            high = right
    return (low + high) / 2


@formula(
    latex=r"\Delta_\mathrm{dB} = 20 \log_{10} q",
    symbols={"ratio": "q"},
)
def headroom_loss(ratio: float) -> float:
    """Signal over noise that numbers lose when others that share their scale are larger.

    Args:
        ratio (1): how many times as large the range is as these numbers need.

    Returns:
        (dB) less than with a scale of their own.

    Assumptions:
        Equal steps, and still several of them within the spread of the small numbers.
    """
    return 20 * math.log(ratio) / math.log(10)


@formula(
    latex=r"\Delta_\mathrm{dB} = \mathrm{SQNR}_1 - \mathrm{SQNR}_2",
    symbols={"first": r"\mathrm{SQNR}_1", "second": r"\mathrm{SQNR}_2"},
)
def difference(first: float, second: float) -> float:
    """How far one signal over noise lies above another.

    Args:
        first (dB): the one in question.
        second (dB): the one that it is compared with.

    Returns:
        (dB) first less second.
    """
    return first - second


@formula(
    latex=r"\epsilon_\mathrm{sat} = 1 - \frac{x_\mathrm{max}}{2^{\,i_\mathrm{max} + 1}}",
    symbols={"largest": r"x_\mathrm{max}", "exponent": r"i_\mathrm{max}"},
    sources=("microsoft2024mx{mx/mx_ops.py, _shared_exponents}",),
)
def saturation(largest: float, exponent: int) -> float:
    """Largest relative error of a block's largest number when its scale is a power of two, rounded down.

    Args:
        largest (1): largest value of the element format.
        exponent (1): its binary exponent.

    Returns:
        (1) share of the number that is cut off.

    Assumptions:
        The scale maps the block's largest magnitude into the binade of the format's largest value.
    """
    return 1 - largest / math.pow(2, exponent + 1)


@formula(
    latex=r"z_\mathrm{max} = \sqrt{2 \log \frac{2\, d}{p_\mathrm{x}}}",
    symbols={"dimension": "d", "probability": r"p_\mathrm{x}"},
)
def rotated_peak(dimension: int, probability: float) -> float:
    """Peak of a randomly rotated vector over its root mean square.

    Args:
        dimension (1): entries of the vector.
        probability (1): how likely the peak may be larger.

    Returns:
        (1) a bound, whatever the vector.

    Assumptions:
        A Hadamard matrix after random signs; Hoeffding's inequality for each entry, added up over all.
    """
    return math.sqrt(2 * math.log(2 * dimension / probability))
