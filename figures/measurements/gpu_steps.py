"""Steps of an 8B-shaped decoder on a GPU: decoding against batch and context, prefill, and verification.

Each step is captured as one graph and replayed; weights are random, and what does not fit into memory is left out.
The first layer alone is timed as well, as a model of one layer, since fixed costs weigh more there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from figures import paths
from figures.formulas import batching
from figures.measurements import gpu, harness
from figures.measurements.gpu import Device
from figures.measurements.gpu_decoder import LLAMA_8B, GpuDecoder
from figures.measurements.gpu_roofs import timed
from figures.measurements.random_decoder import Size

BYTES = 2  # BF16
BATCHES = tuple(2**power for power in range(10))  # 1 to 512
CONTEXTS = tuple(2**power for power in range(10, 18))  # 1k to 128k
PROMPTS = tuple(2**power for power in range(7, 16))  # 128 to 32k
DRAFTS, DRAFT_BATCHES, DRAFT_CONTEXT = (1, 2, 3, 4, 5, 6, 8, 12, 16), (1, 8, 32, 128), 2048
WORKSPACE = 8 * 2**30  # scores, activations and logits
MOST = 5  # steps in a row
SECONDS = 0.2  # that a case lasts at least, up to so many steps
REPETITIONS, WARM_UP = 5, 1
FILE = paths.FIGURES / "batching_report" / "gpu_steps.csv"

Row = dict[str, float]
Case = tuple[int, int, int]
"""Sequences, cached tokens of each, positions of each."""


def cases(size: Size, elements: int) -> list[Case]:
    """All steps whose caches take at most so many elements, each once, from the smallest on."""
    grid = [(batch, context, 1) for batch in BATCHES for context in CONTEXTS]
    prompts = [(1, 0, length) for length in PROMPTS]
    drafts = [(batch, DRAFT_CONTEXT, positions) for batch in DRAFT_BATCHES for positions in DRAFTS]
    each = size.cached_elements
    fitting = (case for case in grid + prompts + drafts if each * case[0] * (case[1] + case[2]) <= elements)
    return list(dict.fromkeys(fitting))


def steps(torch: Any, device: Device, model: GpuDecoder, which: Iterable[Case]) -> list[Row]:
    """A row per step."""
    size, rows = model.size, []
    for batch, context, positions in which:
        tokens = torch.randint(0, size.vocabulary, (batch, positions), device=device)

        def call(tokens: Any = tokens, context: int = context) -> object:
            return model.step(tokens, context)

        with torch.no_grad():
            replay = gpu.captured(torch, device, call)
            once = timed(torch, device, replay, 1)["median_s"]
            found = timed(torch, device, replay, max(1, min(MOST, int(SECONDS / once))))
        operations = batching.step_operations(
            [context] * batch, [positions] * batch, size.parameters, size.layers, size.heads, size.head_dim
        )
        rows.append(
            {"layers": size.layers, "batch": batch, "context": context, "positions": positions}
            | {"weight_bytes": BYTES * size.parameters}
            | {"cache_bytes": BYTES * size.cached_elements * batch * context, "operations": operations}
            | found
        )
        del replay
    return rows


def both(torch: Any, device: Device, size: Size, elements: int, one_layer: Sequence[Case]) -> list[Row]:
    """The whole model in all cases that fit, and one layer without its output layer's size in ``one_layer``."""
    small = replace(size, layers=1, vocabulary=256)
    rows = steps(torch, device, GpuDecoder(torch, device, small, elements // size.layers), one_layer)
    return rows + steps(torch, device, GpuDecoder(torch, device, size, elements), cases(size, elements))


def measure(commit: str) -> None:
    """Measure all cases that fit and write the data file."""
    torch, nvml = gpu.load(), gpu.management()
    weights = BYTES * (LLAMA_8B.parameters + LLAMA_8B.vocabulary * LLAMA_8B.width)
    device = gpu.find(torch, weights + 2 * WORKSPACE)
    torch.manual_seed(2026)
    free, _ = torch.cuda.mem_get_info()
    elements = (free - weights - WORKSPACE) // BYTES
    layer = [(batch, DRAFT_CONTEXT, 1) for batch in BATCHES if batch <= 256]
    rows = both(torch, device, LLAMA_8B, elements, layer)
    harness.write(
        {FILE: rows},
        module=__spec__.name,
        commit=commit,
        libraries=gpu.libraries(torch),
        repetitions=REPETITIONS,
        warm_up=WARM_UP,
        statistic="median, with lower and upper quartile",
        notes=gpu.notes(torch, nvml)
        | {
            "model": "the shape of Llama 3.1 8B with random BF16 weights, output layer for the last position of each "
            "sequence; of one layer, with a vocabulary of 256",
            "columns": "positions computed for each of so many sequences, upon so many cached tokens of each; bytes of "
            "all weights and caches that are read; operations by batching.step_operations",
            "step": "one captured graph, replayed",
        },
        repeated=False,
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
