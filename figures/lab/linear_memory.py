"""Memories of fixed size: a matrix into which pairs of a key and a value are written, and from which values are read.

Keys are random and of unit length. The written value is read with its key, and counts as recalled if no other written
value is nearer to what was read. What differs is the rule by which a pair enters the matrix.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Rule = Literal["sum", "delta", "gated", "solved"]


@dataclass(frozen=True, slots=True)
class Recall:
    """What is read back: shares of all values, of the newest quarter, and of replaced values; and the error.

    The error is a root mean square over the length of a value.
    """

    recalled: float
    newest: float
    replaced: float
    error: float


def unit_rows(source: np.random.Generator, rows: int, width: int) -> Array:
    """Random vectors of unit length."""
    drawn = source.standard_normal((rows, width))
    scaled: Array = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return scaled


def written(rule: Rule, keys: Array, values: Array, decay: float) -> Array:
    """The matrix after all pairs were written, in order.

    ``sum`` adds outer products; ``delta`` first takes away what the key reads; ``gated`` also multiplies the matrix by
    ``decay`` before each pair; ``solved`` is the matrix of least squared error.
    """
    if rule == "sum":
        return keys.T @ values
    if rule == "solved":
        return np.asarray(np.linalg.lstsq(keys, values, rcond=None)[0], dtype=np.float64)
    state: Array = np.zeros((keys.shape[1], values.shape[1]))
    for key, value in zip(keys, values, strict=True):
        if rule == "gated":
            state *= decay
        state += np.outer(key, value - key @ state)
    return state


def recall(rule: Rule, pairs: int, width: int, decay: float, seed: int) -> Recall:
    """Write ``pairs`` pairs into a square matrix of ``width`` and read all of them back."""
    source = np.random.default_rng(seed)
    keys, values = unit_rows(source, pairs, width), unit_rows(source, pairs, width)
    read = keys @ written(rule, keys, values, decay)
    found = np.argmax(read @ values.T, axis=1) == np.arange(pairs)
    again = max(1, pairs // 4)  # the oldest keys get new values
    newer = unit_rows(source, again, width)
    state = written(rule, np.vstack([keys, keys[:again]]), np.vstack([values, newer]), decay)
    nearest = np.argmax(keys[:again] @ state @ np.vstack([newer, values]).T, axis=1)
    return Recall(
        recalled=float(found.mean()),
        newest=float(found[-again:].mean()),
        replaced=float((nearest == np.arange(again)).mean()),
        error=float(np.sqrt(np.mean(np.sum((read - values) ** 2, axis=1)))),
    )
