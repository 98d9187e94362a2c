"""One decode step of attention against context length, for 32, 8 and 1 key–value heads.

One layer, one sequence, one new token, 32 query heads of 128 elements, random data in float32, numpy
on one thread. Keys and values lie with the context as their last axis: numpy's products read such a
cache about twice as fast as one that is stored token by token. The roofs of the same machine (read
and copy bandwidth, matrix multiplication) are measured in the same rounds, so that a prediction from
them meets the same conditions. Before each timed call the caches are emptied: in a model the other
layers' weights pass between two reads.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from figures import paths
from figures.measurements import harness

Array = NDArray[np.float32]

QUERY_HEADS, HEAD_DIM, ELEMENT_BYTES = 32, 128, 4
KV_HEADS = (32, 8, 1)
CONTEXTS = tuple(2**power for power in range(8, 16))
REPETITIONS, WARM_UP = 31, 2
SPREAD = 0.2
STREAM = 2**26  # elements that a bandwidth case reads: 256 MiB, more than any cache
EVICT = 2**24  # elements read to empty the caches: 64 MiB
GEMM = 1024
FOLDER = paths.FIGURES / "kv_cache_optimization"


def attend(query: Array, keys: Array, values: Array) -> Array:
    """Softmax attention of ``query`` (KV heads, queries per head, dim) over a cache (KV heads, dim, context)."""
    scores = np.matmul(query, keys)
    scores *= np.float32(HEAD_DIM**-0.5)
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    result: Array = np.matmul(scores, values.transpose(0, 2, 1))
    return result


def step(kv_heads: int, context: int, rng: np.random.Generator) -> Callable[[], Array]:
    """A decode step over a fresh random cache."""
    query = rng.standard_normal((kv_heads, QUERY_HEADS // kv_heads, HEAD_DIM), dtype=np.float32)
    keys, values = (rng.standard_normal((kv_heads, HEAD_DIM, context), dtype=np.float32) for _ in range(2))
    return lambda: attend(query, keys, values)


def cache_bytes(kv_heads: int, context: int) -> int:
    """Bytes of keys and values that one step reads."""
    return 2 * kv_heads * context * HEAD_DIM * ELEMENT_BYTES


def measure(commit: str) -> None:
    """Measure all cells and write both data files."""
    cells = [(kv_heads, context) for kv_heads in KV_HEADS for context in CONTEXTS]
    harness.require_memory(sum(cache_bytes(*cell) for cell in cells) + 6 * STREAM * ELEMENT_BYTES)
    rng = np.random.default_rng(2026)
    source, evict = np.ones(STREAM, np.float32), np.ones(EVICT, np.float32)
    target = np.zeros_like(source)
    left, right = (rng.standard_normal((GEMM, GEMM), dtype=np.float32) for _ in range(2))
    roofs: dict[object, Callable[[], object]] = {
        "read": lambda: np.dot(source, source),
        "copy": lambda: np.copyto(target, source),
        "gemm": lambda: np.matmul(left, right),
    }
    cases = roofs | {cell: step(*cell, rng) for cell in cells}
    found = harness.repeat(cases, repetitions=REPETITIONS, warm_up=WARM_UP, before=evict.sum)
    harness.require_quiet(found, SPREAD)
    moved = {"read": STREAM * ELEMENT_BYTES, "copy": 2 * STREAM * ELEMENT_BYTES, "gemm": 2 * GEMM**3}
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    harness.write(
        {
            FOLDER / "decode_attention.csv": [
                {"kv_heads": kv_heads, "context": context, "cache_bytes": cache_bytes(kv_heads, context)}
                | found[kv_heads, context].columns()
                for kv_heads, context in cells
            ],
            FOLDER / "decode_attention_roofs.csv": [
                {
                    f"{name}_{which}": amount / seconds
                    for name, amount in moved.items()
                    for which, seconds in zip(
                        ("median", "q1", "q3"), (found[name].median, found[name].q3, found[name].q1), strict=True
                    )
                }
            ],
        },
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__} with {blas['name']} {blas['version']}",
        repetitions=REPETITIONS,
        warm_up=WARM_UP,
        statistic="median, with lower and upper quartile",
        notes={
            "case": f"one layer, one sequence, one new token, {QUERY_HEADS} query heads of {HEAD_DIM}, random float32",
            "caches": f"emptied before every repetition by reading {EVICT * ELEMENT_BYTES // 2**20} MiB",
            "units": "seconds, bytes; roofs in B/s (read: dot product; copy: bytes read plus bytes written) "
            f"and FLOP/s (product of two {GEMM} × {GEMM} matrices)",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
