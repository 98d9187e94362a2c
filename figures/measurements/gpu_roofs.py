"""The ceilings of a GPU: copies in its memory against size, and square matrix products in BF16 and FP8.

Bytes are counted read plus written. Operands of products are random: a product of zeros takes less power and can run
at a higher clock. FP8 is E4M3 with one scale for each operand, the result BF16.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from figures import paths
from figures.measurements import gpu, harness
from figures.measurements.gpu import Call, Device

COPIES = tuple(2**power for power in range(16, 33))  # bytes, 64 KiB to 4 GiB
WIDTHS = (256, 512, 1024, 2048, 4096, 8192, 16384)
MOVED, WORKED = 2**32, 2e13  # bytes and operations that a case goes through at least
MOST = 1000  # calls of a case
MEMORY = 12 * 2**30
REPETITIONS, WARM_UP = 11, 2
FOLDER = paths.FIGURES / "memory_hierarchy_and_offloading"

Row = dict[str, float]


def copies(torch: Any, device: Device, sizes: Sequence[int]) -> list[Row]:
    """Time of one copy within the memory of the device, a row per size."""
    rows = []
    for size in sizes:
        source = torch.randint(0, 255, (size,), dtype=torch.uint8, device=device)
        target = torch.empty_like(source)
        times = max(1, min(MOST, MOVED // (2 * size)))
        found = timed(torch, device, lambda: target.copy_(source), times)  # noqa: B023 - called before the next round
        rows.append({"bytes": size} | found)
    return rows


def products(torch: Any, device: Device, widths: Sequence[int], bits: int) -> list[Row]:
    """Time of one product of two square matrices, a row per width, with elements of 16 or 8 bits."""
    rows = []
    for width in widths:
        left, right = (torch.randn(width, width, device=device, dtype=torch.bfloat16) for _ in range(2))
        call = product8(torch, left, right) if bits == 8 else product16(torch, left, right)
        times = max(1, min(MOST, int(WORKED / (2 * width**3)))) if device.type == "cuda" else 1
        rows.append({"bits": bits, "width": width} | timed(torch, device, call, times))
    return rows


def product16(torch: Any, left: Any, right: Any) -> Call:
    """The product in the type of its operands."""
    out = torch.empty_like(left)
    return lambda: torch.matmul(left, right, out=out)


def product8(torch: Any, left: Any, right: Any) -> Call:
    """The product of the operands rounded to E4M3, the second stored by columns as the hardware wants it."""
    one = torch.ones((), device=left.device)
    a, b = left.to(torch.float8_e4m3fn), right.t().contiguous().to(torch.float8_e4m3fn).t()
    return lambda: torch._scaled_mm(a, b, scale_a=one, scale_b=one, out_dtype=torch.bfloat16)


def timed(torch: Any, device: Device, call: Call, times: int) -> Row:
    """Median and quartiles of one of ``times`` calls in a row."""
    found = harness.repeat(
        {"": gpu.several(call, times)},
        repetitions=REPETITIONS,
        warm_up=WARM_UP,
        clock=gpu.clock(torch, device),
        others=lambda: 0.0,
        look=0.0,
    )[""]
    return {name: seconds / times for name, seconds in found.columns().items()}


def measure(commit: str) -> None:
    """Measure all cases and write both data files."""
    torch, nvml = gpu.load(), gpu.management()
    device = gpu.find(torch, MEMORY)
    torch.manual_seed(2026)
    harness.write(
        {
            FOLDER / "gpu_copies.csv": copies(torch, device, COPIES),
            FOLDER / "gpu_products.csv": products(torch, device, WIDTHS, 16) + products(torch, device, WIDTHS, 8),
        },
        module=__spec__.name,
        commit=commit,
        libraries=gpu.libraries(torch),
        repetitions=REPETITIONS,
        warm_up=WARM_UP,
        statistic="median, with lower and upper quartile",
        notes=gpu.notes(torch, nvml)
        | {
            "copies": f"within GPU memory, each case repeated over at least {MOVED // 2**30} GiB or {MOST} times",
            "products": "random operands of that many bits, square; BF16, or E4M3 with one scale each and BF16 result",
        },
        repeated=False,
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
