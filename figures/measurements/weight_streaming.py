"""Layers whose weights stream from a drive: one buffer against two, for batches from one to hundreds.

A file holds the weights of a few layers. A pass reads each layer past the cache of the operating system (direct I/O)
and multiplies it by the batch. With one buffer, reading and multiplying take turns; with two, a thread reads the next
layer meanwhile. Reading alone and multiplying alone are measured in the same rounds, so that the prediction from them
meets the same conditions. The thread that reads has a core of its own where there are two. Others get the cores while
the process waits for the drive, so that no repetition is made again: what they cost is in the quartiles.
"""

from __future__ import annotations

import mmap
import os
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from figures import paths
from figures.measurements import harness
from figures.measurements.harness import RefusedError

Array = NDArray[np.float32]

LAYERS, WIDTH = 8, 4096  # square matrices of 64 MiB
BATCHES = (1, 16, 32, 64, 128, 256)
PIECE = 2**24  # bytes of one read
REPETITIONS, WARM_UP = 5, 1
SPREAD = 1.0
FOLDER = paths.FIGURES / "memory_hierarchy_and_offloading"


class Stream:
    """A file of layers and two buffers to read them into."""

    def __init__(self, file: Path, layers: int, width: int) -> None:
        """Open ``file`` for direct reads.

        Raises:
            RefusedError: the file system has none.
        """
        self.layers, self.size = layers, 4 * width * width
        self._buffers = [mmap.mmap(-1, self.size) for _ in range(2)]
        self.weights: list[Array] = [np.frombuffer(one, np.float32).reshape(width, width) for one in self._buffers]
        try:
            self._file = os.open(file, os.O_RDONLY | os.O_DIRECT)
        except (AttributeError, OSError):
            raise RefusedError("this file system has no direct reads; run it on Linux with a drive") from None

    def fetch(self, layer: int) -> Array:
        """Read a layer into the buffer of its parity."""
        view = memoryview(self._buffers[layer % 2])
        done = 0
        while done < self.size:
            done += os.preadv(self._file, [view[done : done + PIECE]], layer * self.size + done)
        return self.weights[layer % 2]

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def write(file: Path, layers: int, width: int) -> None:
    """Write random weights and wait until they are on the drive."""
    rng = np.random.default_rng(2026)
    with file.open("wb") as out:
        for _ in range(layers):
            out.write(rng.standard_normal((width, width), dtype=np.float32).tobytes())
        out.flush()
        os.fsync(out.fileno())


def serial(stream: Stream, inputs: Array) -> Array:
    """One buffer: fetch, then multiply, layer by layer."""
    for layer in range(stream.layers):
        inputs = stream.fetch(layer) @ inputs
    return inputs


def overlapped(stream: Stream, inputs: Array, reader: ThreadPoolExecutor) -> Array:
    """Two buffers: the next layer is fetched while this one is multiplied."""
    coming = reader.submit(stream.fetch, 0)
    for layer in range(stream.layers):
        weights = coming.result()
        if layer + 1 < stream.layers:
            coming = reader.submit(stream.fetch, layer + 1)
        inputs = weights @ inputs
    return inputs


def measure(commit: str) -> None:
    """Measure all cells and write the data file."""
    harness.require_memory(2**30)
    folder = paths.ROOT / "build"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as place, ThreadPoolExecutor(1) as reader:
        file = Path(place) / "layers"
        write(file, LAYERS, WIDTH)
        stream = Stream(file, LAYERS, WIDTH)
        rng = np.random.default_rng(1)
        inputs = {batch: rng.standard_normal((WIDTH, batch), dtype=np.float32) / np.float32(WIDTH) for batch in BATCHES}

        def read() -> None:
            for layer in range(LAYERS):
                stream.fetch(layer)

        def compute(batch: int) -> None:
            for layer in range(LAYERS):
                np.matmul(stream.weights[layer % 2], inputs[batch])

        cases: dict[object, Callable[[], object]] = {"read": read}
        for batch in BATCHES:
            cases["compute", batch] = partial(compute, batch)
            cases["serial", batch] = partial(serial, stream, inputs[batch])
            cases["overlapped", batch] = partial(overlapped, stream, inputs[batch], reader)
        start, busy = time.perf_counter(), harness.others_time()
        found = harness.repeat(cases, repetitions=REPETITIONS, warm_up=WARM_UP, others=lambda: 0.0, look=0.0)
        elsewhere = (harness.others_time() - busy) / (time.perf_counter() - start)
        stream.close()
    harness.require_quiet(found, SPREAD)
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    harness.write(
        {
            FOLDER / "weight_streaming.csv": [
                {
                    "batch": batch,
                    "layers": LAYERS,
                    "weight_bytes": LAYERS * 4 * WIDTH**2,
                    "read_s": found["read"].median,
                }
                | {"compute_s": found["compute", batch].median}
                | {
                    f"{way}_{name}": value
                    for way in ("serial", "overlapped")
                    for name, value in found[way, batch].columns().items()
                }
                for batch in BATCHES
            ]
        },
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__} with {blas['name']} {blas['version']}",
        repetitions=REPETITIONS,
        warm_up=WARM_UP,
        statistic="median, with lower and upper quartile",
        notes={
            "case": f"{LAYERS} square matrices of {WIDTH} float32, read from the machine's drive by direct I/O in "
            f"pieces of {PIECE // 2**20} MiB, times that many columns",
            "columns": "seconds of all layers: read_s reading alone, compute_s multiplying alone, serial with one "
            "buffer, overlapped with two and a thread that reads",
            "others": f"{elsewhere:.2f} processors were busy with other work on average, which shared the drive",
        },
        repeated=False,
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
