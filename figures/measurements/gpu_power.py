"""Power of a GPU by its own sensors: idle, copying, multiplying, prefill and decode, and a load that alternates.

A thread reads power, clock and temperature every few hundredths of a second while a load runs; the energy of a load
is also taken from the GPU's own counter, which does not miss what lies between two readings. Matrix products run on
random, zero, sorted and half-zero operands, because what is multiplied decides how many bits change.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from figures import paths
from figures.measurements import gpu, harness
from figures.measurements.gpu import Call, Device
from figures.measurements.gpu_decoder import LLAMA_8B, GpuDecoder
from figures.measurements.gpu_roofs import product16

PERIOD = 0.02  # seconds between readings
SETTLE, LASTING = 3.0, 8.0  # seconds of a load before and while it counts
IDLE, COPY, RANDOM, ZEROS, SORTED, SPARSE, PREFILL, DECODE = range(1, 9)
WIDTH = 8192
COPIED = 2**30
PROMPT, CONTEXT, BATCHES = 4096, 2048, (1, 8, 32, 128)
PHASE, PHASES = 1.0, 16  # seconds of a phase of the alternating load, and how many
MEMORY = 60 * 2**30
FOLDER = paths.FIGURES / "power_and_thermal_management"

Row = dict[str, float]


class Reading(NamedTuple):
    """What the sensors said at a moment."""

    seconds: float
    watts: float
    megahertz: float
    celsius: float


class Sensors:
    """Power, clock, temperature and the energy counter of the first GPU."""

    def __init__(self, nvml: Any) -> None:
        """Open NVML."""
        nvml.nvmlInit()
        self._nvml, self._handle = nvml, nvml.nvmlDeviceGetHandleByIndex(0)

    def read(self) -> Reading:
        """One reading of all but the counter."""
        nvml, handle = self._nvml, self._handle
        return Reading(
            time.perf_counter(),
            nvml.nvmlDeviceGetPowerUsage(handle) / 1e3,
            nvml.nvmlDeviceGetClockInfo(handle, nvml.NVML_CLOCK_SM),
            nvml.nvmlDeviceGetTemperature(handle, nvml.NVML_TEMPERATURE_GPU),
        )

    def joules(self) -> float:
        """The energy counter."""
        return self._nvml.nvmlDeviceGetTotalEnergyConsumption(self._handle) / 1e3  # type: ignore[no-any-return]


@dataclass
class Recorder:
    """Reads sensors in a thread of its own for as long as its context lasts."""

    read: Callable[[], Reading]
    period: float = PERIOD
    readings: list[Reading] = field(default_factory=list)

    def __enter__(self) -> Recorder:
        """Start reading."""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, and wait for the last reading."""
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(self.period):
            self.readings.append(self.read())


def run_for(seconds: float, call: Call, clock: Callable[[], float]) -> tuple[int, float]:
    """Repeat ``call`` for so long; how often it ran and how long that took."""
    start, count = clock(), 0
    while (now := clock()) - start < seconds:
        call()
        count += 1
    return count, now - start


def load(sensors: Sensors, call: Call, clock: Callable[[], float], settle: float, lasting: float) -> Row:
    """Power of one load, after it has settled.

    Raises:
        RefusedError: the sensors said nothing while it ran.
    """
    run_for(settle, call, clock)
    before = sensors.joules()
    with Recorder(sensors.read) as recorder:
        count, seconds = run_for(lasting, call, clock)
    joules = sensors.joules() - before
    if not recorder.readings:
        raise harness.RefusedError("the power sensor gave no reading: this GPU or its driver does not report power")
    watts = [reading.watts for reading in recorder.readings]
    return {
        "calls": count,
        "seconds": seconds,
        "joules": joules,
        "watts_mean": statistics.fmean(watts),
        "watts_least": min(watts),
        "watts_most": max(watts),
        "megahertz": statistics.median(reading.megahertz for reading in recorder.readings),
        "celsius": recorder.readings[-1].celsius,
    }


def operands(torch: Any, device: Device, width: int) -> dict[int, Any]:
    """Matrices to be multiplied by themselves: random, zeros, sorted along rows, and with every other element zero."""
    drawn = torch.randn(width, width, device=device, dtype=torch.bfloat16)
    sparse = drawn.clone()
    sparse[:, ::2] = 0
    return {RANDOM: drawn, ZEROS: torch.zeros_like(drawn), SORTED: drawn.sort(dim=-1).values, SPARSE: sparse}


def alternating(
    sensors: Sensors, phases: tuple[Call, Call], clock: Callable[[], float], lasting: float, count: int
) -> list[Row]:
    """Readings while two loads take turns; phase 0 is the first of them."""
    starts = []
    with Recorder(sensors.read) as recorder:
        for number in range(count):
            starts.append((time.perf_counter(), number % 2))
            run_for(lasting, phases[number % 2], clock)
    first = starts[0][0]
    return [
        {
            "seconds": reading.seconds - first,
            "phase": next(phase for start, phase in reversed(starts) if start <= reading.seconds),
            "watts": reading.watts,
            "megahertz": reading.megahertz,
        }
        for reading in recorder.readings
        if reading.seconds >= first
    ]


def measure(commit: str) -> None:
    """Run all loads and write both data files."""
    torch, nvml = gpu.load(), gpu.management()
    device = gpu.find(torch, MEMORY)
    torch.manual_seed(2026)
    sensors, clock = Sensors(nvml), gpu.clock(torch, device)

    def power(kind: int, batch: int, tokens: int, call: Call) -> Row:
        return {"load": kind, "batch": batch, "tokens": tokens} | load(sensors, call, clock, SETTLE, LASTING)

    rows = [power(IDLE, 0, 0, lambda: time.sleep(PERIOD))]
    source = torch.randint(0, 255, (COPIED,), dtype=torch.uint8, device=device)
    target = torch.empty_like(source)
    rows.append(power(COPY, 0, 0, gpu.several(lambda: target.copy_(source), 10)))
    for kind, matrix in operands(torch, device, WIDTH).items():
        rows.append(power(kind, 0, 0, gpu.several(product16(torch, matrix, matrix), 10)))
    elements = LLAMA_8B.cached_elements * max(max(BATCHES) * (CONTEXT + 1), PROMPT)
    model = GpuDecoder(torch, device, LLAMA_8B, elements)
    with torch.no_grad():
        prompt = torch.randint(0, LLAMA_8B.vocabulary, (1, PROMPT), device=device)
        prefill = gpu.captured(torch, device, lambda: model.step(prompt, 0))
        rows.append(power(PREFILL, 1, PROMPT, prefill))
        decode: dict[int, Call] = {}
        for batch in BATCHES:
            tokens = torch.randint(0, LLAMA_8B.vocabulary, (batch, 1), device=device)
            decode[batch] = gpu.captured(torch, device, partial(model.step, tokens, CONTEXT))
            rows.append(power(DECODE, batch, batch, decode[batch]))
    trace = alternating(sensors, (prefill, decode[BATCHES[1]]), clock, PHASE, PHASES)
    harness.write(
        {FOLDER / "gpu_power.csv": rows, FOLDER / "gpu_power_trace.csv": trace},
        module=__spec__.name,
        commit=commit,
        libraries=gpu.libraries(torch),
        repetitions=1,
        warm_up=1,
        statistic=f"mean, least and greatest of readings every {PERIOD * 1e3:.0f} ms over {LASTING:.0f} s; joules from "
        "the GPU's counter",
        notes=gpu.notes(torch, nvml)
        | {
            "loads": f"{IDLE} idle, {COPY} copy of 1 GiB; products of two {WIDTH} × {WIDTH} BF16 matrices: {RANDOM} "
            f"random, {ZEROS} zeros, {SORTED} rows sorted, {SPARSE} every other column zero; {PREFILL} a prompt of "
            f"{PROMPT} tokens; {DECODE} a token of each of batch sequences upon {CONTEXT}",
            "model": "the shape of Llama 3.1 8B with random BF16 weights, captured graphs",
            "columns": "tokens: of one call; warm-up: seconds before a load counts are "
            f"{SETTLE:.0f}; trace: phase 0 prefill, 1 decode with batch {BATCHES[1]}, {PHASE:.0f} s each",
        },
        repeated=False,
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
