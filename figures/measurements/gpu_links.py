"""The link between host and GPU: transfers against size, and what computing meanwhile costs both.

Transfers go in both directions, from memory that is pinned and from memory that is not. Then a product and a transfer
run alone and together, the product as long as the transfer, as when weights stream in beside the work of a layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from figures import paths
from figures.measurements import gpu, harness
from figures.measurements.gpu import Device
from figures.measurements.gpu_roofs import timed

SIZES = tuple(2**power for power in range(12, 31))  # bytes, 4 KiB to 1 GiB
MOVED, MOST = 2**30, 200
OVERLAPPED = (2**24, 2**26, 2**28, 2**30)
WIDTH = 4096
MEMORY = 6 * 2**30
REPETITIONS, WARM_UP = 11, 2
TO_DEVICE, TO_HOST = 1, 2
FOLDER = paths.FIGURES / "memory_hierarchy_and_offloading"

Row = dict[str, float]


def transfers(torch: Any, device: Device, sizes: Sequence[int]) -> list[Row]:
    """Time of one transfer, a row per direction, kind of memory and size."""
    rows = []
    for pinned in (0, 1):
        for size in sizes:
            host = torch.ones(size, dtype=torch.uint8, pin_memory=bool(pinned) and device.type == "cuda")
            held = torch.empty(size, dtype=torch.uint8, device=device)
            times = max(1, min(MOST, MOVED // size))
            for direction, (target, source) in {TO_DEVICE: (held, host), TO_HOST: (host, held)}.items():

                def call(target: Any = target, source: Any = source, pinned: int = pinned) -> object:
                    return target.copy_(source, non_blocking=bool(pinned))

                rows.append(
                    {"direction": direction, "pinned": pinned, "bytes": size} | timed(torch, device, call, times)
                )
    return rows


def overlap(torch: Any, device: Device, sizes: Sequence[int], width: int) -> list[Row]:
    """Seconds of a transfer alone, of products of about that time alone, and of both at once, a row per size."""
    left, right = (torch.randn(width, width, device=device, dtype=torch.bfloat16) for _ in range(2))
    out = torch.empty_like(left)
    cuda = device.type == "cuda"
    side = torch.cuda.Stream() if cuda else None

    def compute() -> object:
        return torch.matmul(left, right, out=out)

    rows = []
    for size in sizes:
        host = torch.ones(size, dtype=torch.uint8, pin_memory=cuda)
        held = torch.empty(size, dtype=torch.uint8, device=device)

        def copy(held: Any = held, host: Any = host) -> object:
            return held.copy_(host, non_blocking=True)

        alone = timed(torch, device, copy, 1)["median_s"]
        count = max(1, round(alone / timed(torch, device, compute, 1)["median_s"]))

        def both(copy: Any = copy, count: int = count) -> None:
            if side is not None:
                side.wait_stream(torch.cuda.current_stream())
                with torch.cuda.stream(side):
                    copy()
            else:
                copy()
            for _ in range(count):
                compute()
            if side is not None:
                torch.cuda.current_stream().wait_stream(side)

        computed = timed(torch, device, gpu.several(compute, count), 1)["median_s"]
        rows.append(
            {"bytes": size, "products": count, "copy_s": alone, "compute_s": computed} | timed(torch, device, both, 1)
        )
    return rows


def measure(commit: str) -> None:
    """Measure all cases and write both data files."""
    torch, nvml = gpu.load(), gpu.management()
    device = gpu.find(torch, MEMORY)
    torch.manual_seed(2026)
    harness.write(
        {
            FOLDER / "gpu_transfers.csv": transfers(torch, device, SIZES),
            FOLDER / "gpu_overlap.csv": overlap(torch, device, OVERLAPPED, WIDTH),
        },
        module=__spec__.name,
        commit=commit,
        libraries=gpu.libraries(torch),
        repetitions=REPETITIONS,
        warm_up=WARM_UP,
        statistic="median, with lower and upper quartile; medians alone for copy_s and compute_s",
        notes=gpu.notes(torch, nvml)
        | {
            "transfers": f"direction {TO_DEVICE}: host to device, {TO_HOST}: device to host; each case repeated over "
            f"at least {MOVED // 2**30} GiB or {MOST} times",
            "overlap": f"a transfer from pinned memory beside products of {WIDTH} × {WIDTH} BF16 matrices in another "
            "stream; median_s: until both are done",
        },
        repeated=False,
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
