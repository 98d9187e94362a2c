"""The memory hierarchy of this machine: bandwidth and latency against size, products against size and batch.

One core, to which the process is pinned, numpy on one thread. Others may use the other cores meanwhile, and so share
the last cache and the memory; how busy they were is in the header. Bandwidth is that of the four kernels of STREAM and
of a plain read, over arrays of float64 from a few KiB to many times the last cache; bytes are counted as STREAM does,
one for each byte that the kernel names: what a cache reads before it is written is not counted. The triad goes through
the arrays in pieces whose product fits in the second cache, since numpy has no operation for it. Latency is that of a
random chain of dependent loads. Products are in float32: squares against their size, and matrices that lie in the
second cache, the third or memory against the batch. A decode step of a few layers in the shape of a small Llama meets
the prediction from the bandwidth measured in the same rounds.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from figures import paths
from figures.measurements import harness
from figures.measurements.pointer_chase import LINE, MOST, Chain, chaser

Call = Callable[[], object]
Array = NDArray[np.float64]

KERNELS = {"read": 1, "copy": 2, "scale": 2, "add": 3, "triad": 3}  # and arrays that each goes through
SETS = tuple(2**power for power in range(14, 30))  # bytes of all arrays of a kernel, 16 KiB to 512 MiB
PIECE = 8192  # elements of a piece of the triad: its product takes 64 KiB
CHASES = tuple(2**power for power in range(14, 30))  # bytes that a chain lies in
CHAINS = (1, 2, 4, MOST)
CACHED = 2**25  # bytes up to which a chain is followed several times, to be in the caches
HOPS, ROUNDS = 2**18, 3
SQUARES = tuple(2**power for power in range(4, 12))
WIDTHS = (224, 1024, 8192)  # of square matrices of 196 KiB, 4 MiB and 256 MiB
BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
LAYERS, WIDTH, KV_WIDTH, INNER = 4, 2048, 512, 8192  # the layers of Llama 3.2 1B
PASSED = 2**26  # bytes that a case goes through at least, so that it lasts for milliseconds
WORKED = 2**28  # and operations
REPETITIONS, WARM_UP = 11, 1
SPREAD = 1.0  # of the quartiles; caches and memory are shared with other guests of the host
FOLDER = paths.FIGURES / "memory_hierarchy_and_offloading"


def stream(kernel: str, size: int, arrays: tuple[Array, Array, Array]) -> tuple[Call, int]:
    """A call that runs a kernel over the first ``size`` bytes of its arrays together, and how often it does."""
    count = size // KERNELS[kernel] // 8
    a, b, c = (array[:count] for array in arrays)
    piece = np.empty(min(PIECE, count))
    pieces = [
        (a[i : i + PIECE], b[i : i + PIECE], piece[: min(PIECE, count - i)], c[i : i + PIECE])
        for i in range(0, count, PIECE)
    ]

    def triad() -> None:
        for left, right, product, target in pieces:
            np.multiply(right, 3.0, out=product)
            np.add(left, product, out=target)

    call: Call = {
        "read": lambda: np.dot(a, a),
        "copy": lambda: np.positive(a, out=b),
        "scale": lambda: np.multiply(a, 3.0, out=b),
        "add": lambda: np.add(a, b, out=c),
        "triad": triad,
    }[kernel]
    return _several(call, times := max(1, PASSED // size)), times


def product(rows: int, inner: int, columns: int, rng: np.random.Generator) -> tuple[Call, int]:
    """A call that multiplies a matrix by another of ``columns`` columns, and how often it does."""
    left = rng.standard_normal((rows, inner), dtype=np.float32)
    right = rng.standard_normal((inner, columns), dtype=np.float32)
    out = np.empty((rows, columns), np.float32)
    times = max(1, min(WORKED // (2 * rows * inner * columns), PASSED // (4 * rows * inner)))
    return _several(lambda: np.matmul(left, right, out=out), times), times


def _several(call: Call, times: int) -> Call:
    def repeated() -> None:
        for _ in range(times):
            call()

    return repeated


def step(rng: np.random.Generator) -> tuple[Call, int]:
    """The products of a decode step with the weights of all layers, one token, and their bytes."""
    shapes = (
        *((rows, WIDTH) for rows in (WIDTH, KV_WIDTH, KV_WIDTH, WIDTH, INNER, INNER)),
        (WIDTH, INNER),
    )
    weights = [rng.standard_normal(shape, dtype=np.float32) for _ in range(LAYERS) for shape in shapes]
    inputs = {width: rng.standard_normal(width, dtype=np.float32) for width in (WIDTH, INNER)}
    return lambda: [weight @ inputs[weight.shape[1]] for weight in weights], sum(weight.nbytes for weight in weights)


def hops(size: int) -> int:
    """Hops of a chase: all lines a few times where a cache may hold them."""
    return max(HOPS, ROUNDS * size // LINE) if size <= CACHED else HOPS


def measure(commit: str) -> None:
    """Measure all cells and write the data files."""
    harness.require_memory(3 * max(SETS) + sum(CHASES) + 3 * 2**30)
    rng = np.random.default_rng(2026)
    times: dict[object, int] = {}
    cases: dict[object, Call] = {}

    def add(key: object, case: tuple[Call, int]) -> None:
        cases[key], times[key] = case

    arrays = np.ones(max(SETS) // 8), np.ones(max(SETS) // 16), np.ones(max(SETS) // 24)
    for size in SETS:
        for kernel in KERNELS:
            add((kernel, size), stream(kernel, size, arrays))
    chains = {size: Chain(size, rng) for size in CHASES}
    for size in CHASES:
        add(("chase", size, 1), (chaser(chains[size], 1, hops(size)), hops(size)))
    for count in CHAINS[1:]:
        add(("chase", CHASES[-1], count), (chaser(chains[CHASES[-1]], count, HOPS), HOPS))
    for width in SQUARES:
        add(("square", width), product(width, width, width, rng))
    for width in WIDTHS:
        for batch in BATCHES:
            add(("batch", width, batch), product(width, width, batch, rng))
    decode, weights = step(rng)
    add("step", (decode, 1))
    processor = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {processor})
    start, busy, here = time.perf_counter(), harness.others_time(), harness.others_time(processor=processor)
    found = harness.repeat(
        cases,
        repetitions=REPETITIONS,
        warm_up=WARM_UP,
        others=partial(harness.others_time, processor=processor),
        look=0.0,
    )
    elsewhere = harness.others_time() - busy - (harness.others_time(processor=processor) - here)
    elsewhere /= time.perf_counter() - start
    harness.require_quiet(found, SPREAD)

    def row(key: object) -> dict[str, float]:
        return {name: seconds / times[key] for name, seconds in found[key].columns().items()}

    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    harness.write(
        {
            FOLDER / "memory_stream.csv": [
                {"kernel": number, "set_bytes": size, "moved_bytes": size // each // 8 * 8 * each} | row((kernel, size))
                for number, (kernel, each) in enumerate(KERNELS.items(), 1)
                for size in SETS
            ],
            FOLDER / "memory_latency.csv": [
                {"set_bytes": size, "chains": count} | row(("chase", size, count))
                for _, size, count in (key for key in cases if isinstance(key, tuple) and key[0] == "chase")
            ],
            FOLDER / "memory_products.csv": [
                {"rows": width, "columns": width} | row(("square", width)) for width in SQUARES
            ]
            + [
                {"rows": width, "columns": batch} | row(("batch", width, batch))
                for width in WIDTHS
                for batch in BATCHES
            ],
            FOLDER / "memory_step.csv": [{"layers": LAYERS, "weight_bytes": weights} | row("step")],
        },
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__} with {blas['name']} {blas['version']}",
        repetitions=REPETITIONS,
        warm_up=WARM_UP,
        statistic="median, with lower and upper quartile",
        notes={
            "kernel": ", ".join(f"{number} {kernel}" for number, kernel in enumerate(KERNELS, 1)) + "; float64",
            "bytes": "as STREAM counts them: what is read before it is written, because a cache holds whole lines, "
            "is not counted",
            "time": f"of one pass, one hop or one product; a case repeats it over at least {PASSED // 2**20} MiB, "
            f"{HOPS} hops or {WORKED / 1e6:.0f} million operations, so that the caches are warm where it fits them",
            "chains": f"random cycles over lines of {LINE} B, so many followed at a time",
            "products": "float32, square matrix of that many rows times a matrix of that many columns",
            "step": f"one token, float32, the matrices of {LAYERS} layers of width {WIDTH} with keys and values of "
            f"{KV_WIDTH} and an inner width of {INNER}",
            "others": "pinned to one processor, on which nobody else ran during a repetition that counts; "
            f"{elsewhere:.2f} of the others were busy on average; guests of the host share its third cache and memory",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
