"""Formats in which a block of elements shares a scale: MXFP4, NVFP4, NF4 and every other pair of element and scale.

The last axis is cut into blocks. A block's scale maps its largest magnitude to the element's largest value, as far
as the scale's own format allows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from figures.lab.quantizers.floats import E4M3, Minifloat, decode_e8m0, encode_e8m0

Array = NDArray[np.float32]
Scales = NDArray[np.float64]


class Element(Protocol):
    """The format of one element: what it rounds to, and its largest value."""

    @property
    def bits(self) -> int:
        """Bits of one element."""

    @property
    def largest(self) -> float:
        """The largest value."""

    def values(self) -> NDArray[np.float64]:
        """All values, from the least to the largest."""

    def nearest(self, tensor: ArrayLike) -> Array:
        """Each number of the tensor rounded to a value, of the tensor's shape."""


class ScaleRule(Enum):
    """Format of a block's scale and how it is rounded; the value is its bits."""

    FP32 = "32"
    FP16 = "16"
    POWER_DOWN = "8, E8M0: the largest magnitude and the largest value get one binary exponent; some elements saturate"
    POWER_UP = "8, E8M0: the least power of two at which nothing saturates"
    E4M3 = "8, E4M3: to nearest, over one FP32 scale per tensor that maps the largest scale to 448"
    FOUR_OR_SIX = "8, E4M3: of two scales, for a largest value of 6 and of 4, that with the less squared error"
    POWER_ROUNDED = "8, E8M0: POWER_DOWN of the largest magnitude rounded to the fraction bits of the elements"

    @property
    def bits(self) -> int:
        """Bits of the scale of a block; the one of the tensor is not counted."""
        return int(self.value.partition(",")[0])


HALF_MAX = float(np.finfo(np.float16).max)
FEWER = 4.0 / 6.0  # of the range of E2M1: its largest value becomes 4
FOUR_OR_SIX_TOP = 256.0  # the largest scale, so that one and a half times as much is below 448 and exact in E4M3


@dataclass(frozen=True, slots=True)
class Block:
    """Elements of a format, ``group`` of them with a scale in another; ``group=0`` is a whole row."""

    element: Element
    group: int
    rule: ScaleRule

    def bits_per_element(self, row: int) -> float:
        """Stored bits of one element of rows of ``row`` elements, with its share of the scale."""
        return self.element.bits + self.rule.bits / (self.group or row)

    def blocks(self, tensor: ArrayLike) -> Array:
        """The tensor with its last axis cut into blocks.

        Raises:
            ValueError: the blocks do not divide the axis.
        """
        array = np.asarray(tensor, np.float32)
        group = self.group or array.shape[-1]
        if array.shape[-1] % group:
            raise ValueError(f"blocks of {group} do not divide an axis of {array.shape[-1]} elements")
        return array.reshape(*array.shape[:-1], -1, group)

    def scales(self, blocks: Array, top: float | None = None) -> Scales:
        """The scale of every block, with an axis of length one in the place of its elements.

        Args:
            blocks: what :meth:`blocks` returns, or a part of it.
            top: largest magnitude of the tensor, where ``blocks`` is a part of it.

        Raises:
            ValueError: FP16 cannot hold a scale.
        """
        peak: Scales = np.abs(blocks).max(axis=-1, keepdims=True).astype(np.float64)
        wanted: Scales = peak / self.element.largest
        if self.rule is ScaleRule.FP32:
            return wanted.astype(np.float32).astype(np.float64)
        if self.rule is ScaleRule.FP16:
            if float(wanted.max()) > HALF_MAX:
                raise ValueError("a block's range does not fit an FP16 scale; scale the tensor first")
            return wanted.astype(np.float16).astype(np.float64)
        if self.rule in (ScaleRule.POWER_DOWN, ScaleRule.POWER_UP, ScaleRule.POWER_ROUNDED):
            return self._powers(peak, wanted)
        limit = FOUR_OR_SIX_TOP if self.rule is ScaleRule.FOUR_OR_SIX else E4M3.largest
        largest = float(peak.max()) if top is None else top
        tensor = float(np.float32(largest / self.element.largest / limit)) or 1.0
        six = E4M3.nearest(wanted / tensor).astype(np.float64) * tensor
        if self.rule is ScaleRule.E4M3:
            return six
        four = E4M3.nearest(wanted / FEWER / tensor).astype(np.float64) * tensor
        errors = [np.square(self.apply(blocks, s) - blocks).sum(axis=-1, keepdims=True) for s in (six, four)]
        return np.where(errors[1] < errors[0], four, six).astype(np.float64)

    def _powers(self, peak: Scales, wanted: Scales) -> Scales:
        if self.rule is not ScaleRule.POWER_UP:
            fraction, exponent = np.frexp(peak)  # peak = fraction × 2^exponent, fraction from ½ to below 1
            if self.rule is ScaleRule.POWER_ROUNDED:
                exponent = exponent + (fraction >= 1 - self._half_step())
            exponent = exponent - np.frexp(self.element.largest)[1]
        else:
            fraction, exponent = np.frexp(wanted)  # wanted = fraction × 2^exponent, fraction from ½ to below 1
            exponent = exponent - (fraction == 0.5)
        return np.where(peak == 0, 0.0, decode_e8m0(encode_e8m0(exponent))).astype(np.float64)

    def _half_step(self) -> float:
        """Half a step of the elements just below one."""
        if not isinstance(self.element, Minifloat):
            raise ValueError("only the elements of a floating-point format have fraction bits")
        return math.ldexp(1, -2 - self.element.mantissa_bits)

    def apply(self, blocks: Array, scales: Scales) -> Array:
        """The blocks as they come back with these scales."""
        divisor = np.where(scales == 0, 1, scales)
        held = self.element.nearest(blocks / divisor)
        result: Array = (held * scales).astype(np.float32)
        return result

    def round_trip(self, tensor: ArrayLike) -> Array:
        """``tensor`` as it comes back from this format."""
        array = np.asarray(tensor, np.float32)
        blocks = self.blocks(array)
        return self.apply(blocks, self.scales(blocks)).reshape(array.shape)
