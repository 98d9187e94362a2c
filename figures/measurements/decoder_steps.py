"""Steps of a small decoder on a CPU: decoding, prefill and verification, against batch, context and positions.

The model has the proportions of Llama 3.2 1B at half its width, six layers, and random weights in float32; numpy
runs it on one thread. A step computes so many positions of each sequence of a batch upon so many cached tokens: one
position decodes, several verify a draft, and a prompt upon no cache is a prefill, which is also what a token costs
where nothing is cached. The roofs of the same machine are measured in the same rounds.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from figures import paths
from figures.formulas import batching
from figures.measurements import harness
from figures.measurements.decoder import Array
from figures.measurements.random_decoder import Cache, RandomDecoder, Size

MHA, GQA = 16, 4  # KV heads
SIZES = {heads: Size(6, 1024, 16, heads, 4096, 16384) for heads in (GQA, MHA)}
BYTES = 4  # float32
ROOM = 410_000_000  # elements of all caches of a step at most: 1.6 GB
BATCHES, CONTEXTS = (1, 2, 4, 8, 16, 32, 64), (256, 1024, 4096)
LONG = (256, 1024, 4096, 16384)  # contexts of one sequence, for both kinds of attention
PROMPTS = (16, 32, 64, 128, 256, 512, 1024)
DRAFTS, DRAFT_BATCHES, DRAFT_CONTEXT = (1, 2, 3, 4, 5, 6, 8, 12, 16), (1, 4, 16), 1024  # positions
STREAM, GEMM = 2**26, 1024
REPETITIONS, WARM_UP = 11, 1
SPREAD = 0.5
FILE = paths.FIGURES / "batching_report" / "decoder_steps.csv"
ROOFS = paths.FIGURES / "batching_report" / "decoder_steps_roofs.csv"

Case = tuple[int, int, int, int]
"""KV heads, sequences, cached tokens of each, positions of each."""


def cases() -> list[Case]:
    """All steps, each once."""
    grid = [(GQA, batch, context, 1) for batch in BATCHES for context in CONTEXTS]
    long = [(heads, 1, context, 1) for heads in SIZES for context in LONG]
    prompts = [(GQA, 1, 0, length) for length in PROMPTS]
    drafts = [(GQA, batch, DRAFT_CONTEXT, positions) for batch in DRAFT_BATCHES for positions in DRAFTS]
    return [one for one in dict.fromkeys(grid + long + prompts + drafts) if elements(one) <= ROOM]


def elements(case: Case) -> int:
    """Elements of all caches at the end of the step."""
    kv_heads, batch, context, positions = case
    return SIZES[kv_heads].cached_elements * batch * (context + positions)


def row(case: Case) -> dict[str, float]:
    """What the step is, what it reads at least and what it computes."""
    kv_heads, batch, context, positions = case
    size = SIZES[kv_heads]
    operations = batching.step_operations(
        [context] * batch, [positions] * batch, size.parameters, size.layers, size.heads, size.head_dim
    )
    return {
        "kv_heads": kv_heads,
        "batch": batch,
        "context": context,
        "positions": positions,
        "weight_bytes": BYTES * size.parameters,
        "cache_bytes": BYTES * size.cached_elements * batch * context,
        "operations": operations,
    }


def work(row: Mapping[str, float]) -> float:
    """Operations of a measured step as it is: the column of that name has the output layer for every position."""
    size = SIZES[int(row["kv_heads"])]
    return row["operations"] - 2 * size.vocabulary * size.width * row["batch"] * (row["positions"] - 1)


def call(model: RandomDecoder, case: Case, memory: Array, rng: np.random.Generator) -> Callable[[], Array]:
    """The step of a case, which forgets each time what it has added."""
    _, batch, context, positions = case
    each = elements(case) // batch
    caches = [Cache(model.size, context + positions, memory[number * each :]) for number in range(batch)]
    parts = [(held, rng.integers(0, model.size.vocabulary, positions)) for held in caches]

    def step() -> Array:
        for held in caches:
            held.length = context
        return model.step(parts)

    return step


def measure(commit: str) -> None:
    """Measure all cases and write both data files."""
    weights = BYTES * sum(size.parameters for size in SIZES.values())
    harness.require_memory(weights + BYTES * (ROOM + 2 * STREAM) + 2**30)
    rng = np.random.default_rng(2026)
    models = {heads: RandomDecoder(size, rng) for heads, size in SIZES.items()}
    memory = rng.standard_normal(ROOM, dtype=np.float32)
    source = np.ones(STREAM, np.float32)
    target = np.zeros_like(source)
    left, right = (rng.standard_normal((GEMM, GEMM), dtype=np.float32) for _ in range(2))
    roofs: dict[object, Callable[[], object]] = {
        "read": lambda: np.dot(source, source),
        "copy": lambda: np.copyto(target, source),
        "gemm": lambda: np.matmul(left, right),
    }
    steps = {case: call(models[case[0]], case, memory, rng) for case in cases()}
    processor = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {processor})
    found = harness.repeat(
        {**roofs, **steps},
        repetitions=REPETITIONS,
        warm_up=WARM_UP,
        others=partial(harness.others_time, processor=processor),
    )
    harness.require_quiet(found, SPREAD)
    moved = {"read": STREAM * BYTES, "copy": 2 * STREAM * BYTES, "gemm": 2 * GEMM**3}
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    size = SIZES[GQA]
    harness.write(
        {
            FILE: [row(case) | found[case].columns() for case in steps],
            ROOFS: [{name: amount / found[name].median for name, amount in moved.items()}],
        },
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__} with {blas['name']} {blas['version']}",
        repetitions=REPETITIONS,
        warm_up=WARM_UP,
        statistic="median, with lower and upper quartile",
        notes={
            "model": f"{size.layers} layers of width {size.width}, {size.heads} heads of {size.head_dim}, inner width "
            f"{size.inner}, vocabulary {size.vocabulary}, random float32 weights, output layer for the last position "
            "of each sequence",
            "columns": "positions computed for each of so many sequences, upon so many cached tokens of each; bytes of "
            "all weights and caches that are read; operations by batching.step_operations, with an output layer for "
            "every position",
            "roofs": "B/s (read: dot product; copy: bytes read plus bytes written) and FLOP/s (product of two "
            f"{GEMM} × {GEMM} matrices)",
            "others": "pinned to one processor; guests of the host share its third cache and memory",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
