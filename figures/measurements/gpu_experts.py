"""The experts of one layer on a GPU: grouped products against tokens and against how unevenly they are routed.

The shape is that of Qwen3-30B-A3B: 128 experts of inner width 768 in a model of width 2,048, of which a token takes
eight. Tokens choose by a power law of a given exponent (0: all experts alike). Torch's grouped product is timed where
it exists, and one product after another, as a graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from figures import paths
from figures.measurements import gpu, harness
from figures.measurements.gpu import Call, Device
from figures.measurements.gpu_roofs import timed

EXPERTS, TAKEN, WIDTH, INNER = 128, 8, 2048, 768
TOKENS = tuple(2**power for power in range(15))  # 1 to 16,384
EXPONENTS = (0.0, 0.5, 1.0)
GROUPED, ONE_BY_ONE = 1, 2
BYTES = 2
MOST = 50
SEED = 2026
MEMORY = 4 * 2**30
REPETITIONS, WARM_UP = 11, 2
FILE = paths.FIGURES / "mixture_of_experts" / "gpu_experts.csv"

Row = dict[str, float]


def routed(tokens: int, exponent: float, experts: int, taken: int) -> NDArray[np.int64]:
    """Tokens of each expert if each of ``tokens`` takes different ones, drawn without replacement by a power law."""
    rng = np.random.default_rng(SEED)
    weights = np.arange(1, experts + 1) ** -exponent
    chosen = np.argsort(rng.exponential(size=(tokens, experts)) / weights, axis=1)[:, :taken]
    return np.bincount(chosen.ravel(), minlength=experts)


def calls(torch: Any, device: Device, counts: NDArray[np.int64], width: int, inner: int) -> dict[int, Call]:
    """The three products of a gated expert for all experts, grouped where torch can, and one by one."""
    experts = len(counts)
    hidden = torch.randn(int(counts.sum()), width, device=device, dtype=torch.bfloat16)
    up = torch.randn(experts, width, 2 * inner, device=device, dtype=torch.bfloat16).mul_(width**-0.5)
    down = torch.randn(experts, inner, width, device=device, dtype=torch.bfloat16).mul_(inner**-0.5)
    ends = torch.tensor(np.cumsum(counts), device=device, dtype=torch.int32)
    edges = [0, *np.cumsum(counts).tolist()]
    out = torch.empty_like(hidden)

    def gated(both: Any) -> Any:
        gate, value = both.chunk(2, dim=-1)
        return torch.nn.functional.silu(gate) * value

    def grouped() -> object:
        return torch._grouped_mm(gated(torch._grouped_mm(hidden, up, offs=ends)), down, offs=ends)

    def one_by_one() -> object:
        for number, count in enumerate(counts):
            if count:
                rows = slice(edges[number], edges[number + 1])
                out[rows] = gated(hidden[rows] @ up[number]) @ down[number]
        return out

    found: dict[int, Call] = {ONE_BY_ONE: gpu.captured(torch, device, one_by_one)}
    if hasattr(torch, "_grouped_mm"):
        found[GROUPED] = grouped
    return found


def rows(
    torch: Any, device: Device, tokens: Sequence[int], experts: int, taken: int, width: int, inner: int
) -> list[Row]:
    """A row per number of tokens, exponent and way."""
    table = []
    for exponent in EXPONENTS:
        for count in tokens:
            counts = routed(count, exponent, experts, taken)
            with torch.no_grad():
                for way, call in calls(torch, device, counts, width, inner).items():
                    table.append(
                        {"way": way, "tokens": count, "exponent": exponent, "touched": int((counts > 0).sum())}
                        | {
                            "most": int(counts.max()),
                            "weight_bytes": BYTES * 3 * width * inner * int((counts > 0).sum()),
                        }
                        | {"operations": 2 * 3 * width * inner * int(counts.sum())}
                        | timed(torch, device, call, MOST if device.type == "cuda" else 1)
                    )
    return table


def measure(commit: str) -> None:
    """Measure all cases and write the data file."""
    torch, nvml = gpu.load(), gpu.management()
    device = gpu.find(torch, MEMORY)
    torch.manual_seed(SEED)
    harness.write(
        {FILE: rows(torch, device, TOKENS, EXPERTS, TAKEN, WIDTH, INNER)},
        module=__spec__.name,
        commit=commit,
        libraries=gpu.libraries(torch),
        repetitions=REPETITIONS,
        warm_up=WARM_UP,
        statistic="median, with lower and upper quartile",
        notes=gpu.notes(torch, nvml)
        | {
            "ways": f"{GROUPED}: torch's grouped product; {ONE_BY_ONE}: a product per expert, as one graph",
            "layer": f"{EXPERTS} experts, {TAKEN} for each token, width {WIDTH}, inner width {INNER}, BF16, random",
            "columns": "touched: experts with a token; most: tokens of the busiest; bytes of weights: those touched",
        },
        repeated=False,
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
